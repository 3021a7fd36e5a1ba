import { WebSocket } from "ws";
import type { Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { BUFFER_TICKS } from "../feed.ts";
import { ServerError } from "./server-error.ts";
import { networkError, refusal, type Server } from "./reach.ts";
import { steadyNow } from "./source-clock.ts";

export type SocketEvent =
  /** `received` by our wall clock, `arrived` by our steady clock. */
  | { type: "frame"; text: string; received: Micros; arrived: Micros }
  /** The answer to the ping that was sent at `sent` of our steady clock: the server had read it after all frames before this event were written. */
  | { type: "pong"; sent: Micros; arrived: Micros };

export interface SocketOptions {
  server: Server;
  signal: AbortSignal;
  /** Microseconds without any frame or answer after which the connection counts as dead. */
  silence: Micros;
  /** Milliseconds between pings. */
  pingEvery?: number;
  /** Events that wait at most, but for what one read of the socket still brings; then the socket is paused until half of them are taken. */
  capacity?: number;
}

const PING_EVERY = 1_000;
const HANDSHAKE_LIMIT = 10_000;
const TAKEN_AT_ONCE = 500;
const MAX_FRAME = 1_048_576;
/** Pings whose answers are waited for; older ones are forgotten. */
const MAX_PINGS = 120;

/** A WebSocket of a source as a bounded queue of what it says, in its order. */
export class SourceSocket {
  readonly #options: SocketOptions;
  readonly #capacity: number;
  readonly #socket: WebSocket;
  readonly #pings: Micros[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #queue: SocketEvent[] = [];
  #wake: () => void = () => undefined;
  #heard = steadyNow();
  #error: TapedeckError | null = null;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? BUFFER_TICKS;
    const { server, signal } = options;
    const socket = new WebSocket(server.url, {
      handshakeTimeout: HANDSHAKE_LIMIT,
      maxPayload: MAX_FRAME,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.#frame(data));
    socket.on("pong", (data: Buffer) => this.#pong(data));
    socket.on("open", () => this.#wake());
    socket.on("unexpected-response", (_request, { statusCode = 0 }) => this.#fail(refusal(server, statusCode, "")));
    socket.on("error", (error) => this.#fail(networkError(server, error)));
    socket.on("close", (code, reason) => this.#fail(closed(server, code, reason.toString("utf8"))));
    signal.addEventListener("abort", this.#abort, { once: true });
    if (signal.aborted) this.#abort();
    this.#timer = setInterval(() => this.#beat(), options.pingEvery ?? PING_EVERY);
  }

  /** Frames and answers as they come, a few hundred at a time. Ends when the signal aborts; throws what ended the connection, after the last event before it. */
  async *events(): AsyncGenerator<SocketEvent[]> {
    try {
      for (;;) {
        if (this.#options.signal.aborted) return;
        const events = this.#queue.splice(0, TAKEN_AT_ONCE);
        if (events.length > 0) {
          if (this.#queue.length < this.#capacity / 2 && this.#socket.isPaused) this.#resume();
          yield events;
        } else if (this.#error) {
          throw this.#error;
        } else {
          await this.#somethingHappens();
        }
      }
    } finally {
      this.close();
    }
  }

  /** Resolves when the connection stands. Throws why it does not; resolves too when the signal aborts. */
  async opened(): Promise<void> {
    while (this.#socket.readyState === WebSocket.CONNECTING && !this.#error && !this.#options.signal.aborted) {
      await this.#somethingHappens();
    }
    if (!this.#error || this.#options.signal.aborted) return;
    this.close();
    throw this.#error;
  }

  send(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#options.signal.removeEventListener("abort", this.#abort);
    this.#queue.length = 0;
    this.#socket.terminate();
  }

  readonly #abort = (): void => {
    this.#fail(new TapedeckError("UNAVAILABLE", `The connection to ${this.#options.server.name} was ended.`));
  };

  #somethingHappens(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  #frame(data: Buffer): void {
    const arrived = steadyNow();
    this.#heard = arrived;
    this.#add({ type: "frame", text: data.toString("utf8"), received: Date.now() * 1_000, arrived });
  }

  #pong(data: Buffer): void {
    const arrived = steadyNow();
    this.#heard = arrived;
    const sent = Number(data.toString("utf8"));
    const index = this.#pings.indexOf(sent);
    if (index < 0) return;
    this.#pings.splice(0, index + 1);
    this.#add({ type: "pong", sent, arrived });
  }

  #add(event: SocketEvent): void {
    this.#queue.push(event);
    if (this.#queue.length >= this.#capacity && !this.#socket.isPaused) this.#socket.pause();
    this.#wake();
  }

  #resume(): void {
    this.#heard = steadyNow();
    this.#socket.resume();
  }

  #beat(): void {
    if (this.#socket.readyState !== WebSocket.OPEN || this.#socket.isPaused) return;
    const { server, silence } = this.#options;
    const now = steadyNow();
    if (now - this.#heard > silence) {
      this.#fail(new ServerError("TIMEOUT", "silent", `${server.name} has said nothing for ${silence / 1e6} s.`));
      return;
    }
    this.#pings.push(now);
    if (this.#pings.length > MAX_PINGS) this.#pings.shift();
    this.#socket.ping(String(now));
  }

  #fail(error: TapedeckError): void {
    this.#error ??= error;
    clearInterval(this.#timer);
    this.#socket.terminate();
    this.#wake();
  }
}

function closed({ name }: Server, code: number, reason: string): TapedeckError {
  const words = reason === "" ? `code ${code}` : `code ${code}, ${reason}`;
  return new ServerError("UNAVAILABLE", "closed", `${name} closed the connection (${words}).`);
}
