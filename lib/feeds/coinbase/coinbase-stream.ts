import { SECOND, type Micros } from "../../domain/interval.ts";
import { errorMessage, TapedeckError } from "../../errors.ts";
import type { FeedEvent, StreamOptions } from "../feed.ts";
import { ServerError } from "../source/server-error.ts";
import type { Server } from "../source/reach.ts";
import { SourceSocket, type SocketEvent } from "../source/socket.ts";
import { SourceClock } from "../source/source-clock.ts";
import { type AskStatuses, watchStatuses } from "../source/status-watch.ts";
import { TickBatches } from "../source/tick-batches.ts";
import { CoinbaseProofs } from "./coinbase-proofs.ts";
import { coinbaseTick } from "./coinbase-tick.ts";
import { parseCoinbaseFrame, type CoinbaseMessage } from "./parse-frame.ts";

const CHANNELS = ["matches", "ticker", "heartbeat"];
const REJECTED_BYTES = 500;
const CLOCK_EVERY = SECOND;
/** A trade that heartbeats name and that does not come within this was lost on the way: connecting again brings it. */
const LOST_AFTER: Micros = 5 * SECOND;

export interface CoinbaseStreamOptions extends Omit<StreamOptions, "server"> {
  server: Server;
  silence: Micros;
  /** Which products are matched; the channel `status` tells the same with every product and currency, some 100 kB a second. */
  askStatuses: AskStatuses;
  /** Of the socket and of what is asked; for tests. */
  capacity?: number;
  pingEvery?: number;
  askEvery?: Micros;
}

/** Trades and best bid and ask of several products over one connection. Ends by throwing why, or when the signal aborts. */
export async function* coinbaseStream(options: CoinbaseStreamOptions): AsyncGenerator<FeedEvent> {
  const ending = new AbortController();
  const socket = new SourceSocket({ ...options, signal: AbortSignal.any([options.signal, ending.signal]) });
  const reading = new CoinbaseReading(options, (message) => socket.send(message));
  try {
    await socket.opened();
    reading.subscribe();
    void watchStatuses({
      symbols: reading.symbols,
      ask: options.askStatuses,
      clock: reading.clock,
      tell: (event) => reading.batches.event(event),
      signal: ending.signal,
      ...(options.askEvery !== undefined && { every: options.askEvery }),
    });
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

/** What the frames of one connection mean. */
class CoinbaseReading {
  readonly batches = new TickBatches();
  /** Those that it sends, by product. */
  readonly symbols: Map<string, string>;
  /** What the connection has to be ended for. */
  fault: TapedeckError | null = null;
  readonly #send: (message: object) => void;
  readonly #proofs: CoinbaseProofs;
  readonly clock = new SourceClock();
  #isConnected = false;
  #proved: Micros = 0;
  #clockShown = -Infinity;
  /** When a frame came last; null before the first. */
  #heard: Micros | null = null;
  readonly #silence: Micros;

  constructor({ silence, symbols }: CoinbaseStreamOptions, send: (message: object) => void) {
    this.#send = send;
    this.#silence = silence;
    this.symbols = new Map(symbols.map(({ sourceSymbol, symbol }) => [sourceSymbol, symbol]));
    this.#proofs = new CoinbaseProofs([...this.symbols.keys()]);
  }

  subscribe(): void {
    this.#send({ type: "subscribe", product_ids: [...this.symbols.keys()], channels: CHANNELS });
  }

  read(event: SocketEvent): void {
    if (event.type === "pong") {
      this.#answered(event.sent, event.arrived);
      return;
    }
    this.#heard = event.arrived;
    try {
      this.#message(parseCoinbaseFrame(event.text), event);
    } catch (error) {
      this.#rejected(errorMessage(error), event.text);
    }
  }

  #message(message: CoinbaseMessage, { text, received, arrived }: Extract<SocketEvent, { type: "frame" }>): void {
    if ("time" in message) this.clock.message(message.time, arrived);
    if (message.type === "trade" || message.type === "quote") {
      const symbol = this.symbols.get(message.product);
      if (symbol === undefined) return;
      this.batches.tick(coinbaseTick(message, symbol), received);
      if (message.type === "trade") this.#proofs.trade(message.product, message.id);
    } else if (message.type === "heartbeat") {
      this.#proofs.heartbeat(message.product, message.time, message.lastTrade);
      this.#prove(message.time);
    } else if (message.type === "subscriptions") {
      if (!this.#isConnected && message.products.length > 0) this.batches.event({ type: "connected", time: received });
      this.#isConnected ||= message.products.length > 0;
    } else if (message.type === "error") {
      this.#refused(message.reason, text);
    }
  }

  /** One product that Coinbase does not know keeps it from subscribing to any: the others are asked for without it. */
  #refused(reason: string, text: string): void {
    const words = new Set(reason.split(/[\s:,"']+/));
    const unknown = [...this.symbols.keys()].find((product) => words.has(product));
    if (unknown === undefined || this.symbols.size === 1) {
      this.fault = new TapedeckError("BAD_INPUT", `Coinbase refuses the subscription: ${reason}.`);
      return;
    }
    this.symbols.delete(unknown);
    this.#proofs.drop(unknown);
    this.#rejected(`Coinbase does not send ${unknown}: ${reason}`, text);
    this.subscribe();
  }

  #rejected(reason: string, text: string): void {
    this.batches.event({ type: "rejected", reason, bytes: text.slice(0, REJECTED_BYTES) });
  }

  #prove(now: Micros): void {
    const missing = this.#proofs.missing(now - LOST_AFTER);
    if (missing !== null) {
      this.fault = new TapedeckError("UNAVAILABLE", `Coinbase counts trades of ${missing} that it did not send.`);
    }
    const time = this.#proofs.complete();
    if (time === null || time <= this.#proved) return;
    this.#proved = time;
    this.batches.event({ type: "proof", time });
  }

  #answered(sent: Micros, arrived: Micros): void {
    // It beats every second, whatever is traded: answers to pings alone are no stream.
    if (arrived - (this.#heard ??= arrived) > this.#silence) {
      this.fault = new ServerError("TIMEOUT", "silent", `Coinbase has not beaten for ${this.#silence / SECOND} s.`);
    }
    this.clock.trip(arrived - sent);
    const offset = this.clock.offset();
    if (offset === null || arrived - this.#clockShown < CLOCK_EVERY) return;
    this.#clockShown = arrived;
    this.batches.event({ type: "clock", offset });
  }
}
