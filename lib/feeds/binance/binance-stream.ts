import { setTimeout as sleep } from "node:timers/promises";
import { MINUTE, SECOND, type Micros } from "../../domain/interval.ts";
import { errorMessage, TapedeckError } from "../../errors.ts";
import type { FeedEvent, StreamOptions } from "../feed.ts";
import type { Server } from "../source/reach.ts";
import { SourceSocket, type SocketEvent } from "../source/socket.ts";
import { SourceClock, steadyNow } from "../source/source-clock.ts";
import { type AskStatuses, watchStatuses } from "../source/status-watch.ts";
import { TickBatches } from "../source/tick-batches.ts";
import { parseBinanceFrame } from "./parse-frame.ts";

/** Binance takes 5 messages a second; pings count. Milliseconds, and streams in one message. */
const BETWEEN_MESSAGES = 350;
const STREAMS_A_MESSAGE = 200;
/** A trade is sent at most so long after the time that it bears. */
export const BINANCE_PUBLISHING: Micros = SECOND / 5;
const REJECTED_BYTES = 500;
const CLOCK_EVERY = SECOND;
/** Where no trade shows Binance's clock, its server is asked for it this often. */
const ASK_CLOCK_EVERY: Micros = MINUTE / 2;

export interface BinanceStreamOptions extends Omit<StreamOptions, "server"> {
  server: Server;
  silence: Micros;
  /** Binance's clock by its HTTP interface. */
  serverTime: (signal: AbortSignal) => Promise<Micros>;
  /** Which of its pairs, in capitals, are traded. */
  askStatuses: (pairs: readonly string[], signal: AbortSignal) => ReturnType<AskStatuses>;
  /** Of the socket and of what is asked; for tests. */
  capacity?: number;
  pingEvery?: number;
  askEvery?: Micros;
}

/** Trades and best bid and ask of several pairs over one connection. Ends by throwing why, or when the signal aborts. */
export async function* binanceStream(options: BinanceStreamOptions): AsyncGenerator<FeedEvent> {
  const ending = new AbortController();
  const socket = new SourceSocket({ ...options, signal: AbortSignal.any([options.signal, ending.signal]) });
  const reading = new BinanceReading(options);
  try {
    await socket.opened();
    void subscribe(socket, reading.streams, ending.signal);
    void watchStatuses({
      symbols: reading.symbols,
      ask: (signal) => options.askStatuses([...reading.symbols.keys()], signal),
      clock: reading.clock,
      tell: (event) => reading.batches.event(event),
      signal: ending.signal,
      ...(options.askEvery !== undefined && { every: options.askEvery }),
    });
    void askClock(reading.clock, options, ending.signal);
    for await (const events of socket.events()) {
      for (const event of events) reading.read(event);
      yield* reading.batches.take();
      if (reading.fault) throw reading.fault;
    }
  } finally {
    ending.abort();
    socket.close();
  }
}

/** The number of a message is that of the streams that it asks for: 1, 2, and so on. */
async function subscribe(socket: SourceSocket, streams: readonly string[], signal: AbortSignal): Promise<void> {
  for (let at = 0; at < streams.length && !signal.aborted; at += STREAMS_A_MESSAGE) {
    if (at > 0) await sleep(BETWEEN_MESSAGES, undefined, { signal }).catch(() => undefined);
    const params = streams.slice(at, at + STREAMS_A_MESSAGE);
    socket.send({ method: "SUBSCRIBE", params, id: at / STREAMS_A_MESSAGE + 1 });
  }
}

async function askClock(clock: SourceClock, { serverTime }: BinanceStreamOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      clock.message(await serverTime(signal), steadyNow());
    } catch {
      // Trades show the clock too.
    }
    await sleep(ASK_CLOCK_EVERY / 1_000, undefined, { signal }).catch(() => undefined);
  }
}

/** What the frames of one connection mean. */
class BinanceReading {
  readonly streams: readonly string[];
  readonly symbols: ReadonlyMap<string, string>;
  readonly clock = new SourceClock();
  readonly batches = new TickBatches();
  /** What the connection has to be ended for. */
  fault: TapedeckError | null = null;
  readonly #unanswered: Set<number>;
  #proved: Micros = 0;
  #clockShown = -Infinity;

  constructor({ symbols }: BinanceStreamOptions) {
    const pairs = symbols.map(({ sourceSymbol }) => sourceSymbol.toLowerCase());
    this.streams = pairs.flatMap((pair) => [`${pair}@trade`, `${pair}@bookTicker`]);
    this.symbols = new Map(symbols.map(({ sourceSymbol, symbol }) => [sourceSymbol.toUpperCase(), symbol]));
    const messages = Math.ceil(this.streams.length / STREAMS_A_MESSAGE);
    this.#unanswered = new Set(Array.from({ length: messages }, (_, index) => index + 1));
  }

  read(event: SocketEvent): void {
    if (event.type === "pong") {
      this.#answered(event);
      return;
    }
    try {
      this.#frame(event);
    } catch (error) {
      this.batches.event({
        type: "rejected",
        reason: errorMessage(error),
        bytes: event.text.slice(0, REJECTED_BYTES),
      });
    }
  }

  #frame({ text, received, arrived }: Extract<SocketEvent, { type: "frame" }>): void {
    const message = parseBinanceFrame(text);
    if (message.type === "trade" || (message.type === "other" && message.sent !== null)) {
      this.clock.message(message.sent ?? 0, arrived);
    }
    if (message.type === "reply") this.#reply(message.id, message.error, received);
    if (message.type === "shutdown") {
      this.fault = new TapedeckError("UNAVAILABLE", "Binance restarts its server and asked us to connect again.");
    }
    if (message.type !== "trade" && message.type !== "quote") return;
    const symbol = this.symbols.get(message.pair);
    if (symbol === undefined) return;
    if (message.type === "trade") {
      const { type, time, price, size, id, side } = message;
      this.batches.tick({ type, symbol, time, price, size, id, side }, received);
    } else {
      const { type, bid, bidSize, ask, askSize } = message;
      const time = this.#quoteTime(received, arrived);
      this.batches.tick({ type, symbol, time, bid, bidSize, ask, askSize }, received);
    }
  }

  /** Best bid and ask come without a time: theirs is Binance's clock when they arrived, and never one that was proved to be complete. */
  #quoteTime(received: Micros, arrived: Micros): Micros {
    return Math.max(this.clock.atLeast(arrived) ?? received, this.#proved + 1);
  }

  #reply(id: number, error: string | null, time: Micros): void {
    if (error !== null) {
      this.fault = new TapedeckError("BAD_INPUT", `Binance refuses the subscription: ${error}.`);
      return;
    }
    if (this.#unanswered.delete(id) && this.#unanswered.size === 0) this.batches.event({ type: "connected", time });
  }

  /** Everything that Binance had sent when it read the ping has been read: it is complete up to then, less what it takes to publish a trade. */
  #answered({ sent, arrived }: Extract<SocketEvent, { type: "pong" }>): void {
    this.clock.trip(arrived - sent);
    const offset = this.clock.offset();
    if (offset !== null && arrived - this.#clockShown >= CLOCK_EVERY) {
      this.#clockShown = arrived;
      this.batches.event({ type: "clock", offset });
    }
    const least = this.clock.atLeast(sent);
    if (least === null || this.#unanswered.size > 0) return;
    const time = least - BINANCE_PUBLISHING;
    if (time <= this.#proved) return;
    this.#proved = time;
    this.batches.event({ type: "proof", time });
  }
}
