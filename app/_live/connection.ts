import type { LiveFrame, LiveTopics } from "#lib/contracts/views.ts";
import { retryDelay } from "../_lib/retry.ts";

export interface ConnectionStatus {
  /** `idle`: the page needs nothing live. `lost`: between two attempts. */
  state: "idle" | "connecting" | "open" | "lost";
  /** Whether the server itself reads the log; what it sends is ageing while it does not. */
  upstream: boolean;
  /** When the next attempt begins, milliseconds on this machine's clock; null while one is under way. */
  nextAttempt: number | null;
  /** Attempts since the connection was last open. */
  attempt: number;
  /** Rises with each connection that opened: whoever holds data reads again what it may have missed. */
  opened: number;
}

export interface StreamHandlers {
  onFrame: (id: string, frame: LiveFrame) => void;
  onOpen: () => void;
  /** The stream ended, for whatever reason. */
  onLost: () => void;
}

/** Opens the page's stream; what it returns closes it. */
export type OpenStream = (
  input: { topics: LiveTopics; lastEventId: string | null },
  handlers: StreamHandlers,
) => () => void;

const IDLE: ConnectionStatus = { state: "idle", upstream: true, nextAttempt: null, attempt: 0, opened: 0 };

/**
 * The page's only subscription: one stream at a time, reopened with backoff, resumed by the last id. Frames go straight to
 * `deliver`; nothing is queued.
 */
export class Connection {
  readonly #open: OpenStream;
  readonly #deliver: (frame: LiveFrame) => void;
  readonly #listeners = new Set<() => void>();
  #status = IDLE;
  #topics: LiveTopics | null = null;
  #lastEventId: string | null = null;
  #close: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(open: OpenStream, deliver: (frame: LiveFrame) => void) {
    this.#open = open;
    this.#deliver = deliver;
  }

  status = (): ConnectionStatus => this.#status;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What the page shows from now on; null closes the stream. */
  show(topics: LiveTopics | null): void {
    this.#drop();
    this.#topics = topics;
    this.#lastEventId = null;
    if (topics === null) this.#set({ ...IDLE, opened: this.#status.opened });
    else this.#connect();
  }

  /** Seconds until the next attempt, 0 while one is under way. */
  secondsLeft(): number {
    const { nextAttempt } = this.#status;
    return nextAttempt === null ? 0 : Math.max(0, Math.ceil((nextAttempt - Date.now()) / 1_000));
  }

  /** Does not wait for the next attempt. */
  tryNow = (): void => {
    if (this.#status.state === "lost") this.#connect();
  };

  #connect(): void {
    const topics = this.#topics;
    if (topics === null) return;
    this.#drop();
    this.#set({ ...this.#status, state: "connecting", nextAttempt: null, attempt: this.#status.attempt + 1 });
    let mine = true;
    const current = (action: () => void) => () => {
      if (mine) action();
    };
    const close = this.#open(
      { topics, lastEventId: this.#lastEventId },
      {
        onFrame: (id, frame) => {
          if (mine) this.#receive(id, frame);
        },
        onOpen: current(() => this.#opened()),
        onLost: current(() => this.#lost()),
      },
    );
    this.#close = () => {
      mine = false;
      close();
    };
  }

  #opened(): void {
    if (this.#status.state === "open") return;
    this.#set({ ...this.#status, state: "open", attempt: 0, nextAttempt: null, opened: this.#status.opened + 1 });
  }

  #receive(id: string, frame: LiveFrame): void {
    this.#lastEventId = id;
    this.#opened();
    if (frame.connected !== this.#status.upstream) this.#set({ ...this.#status, upstream: frame.connected });
    this.#deliver(frame);
  }

  #lost(): void {
    this.#drop();
    const wait = retryDelay(Math.max(1, this.#status.attempt), Math.random());
    this.#set({ ...this.#status, state: "lost", nextAttempt: Date.now() + wait });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#close?.();
    this.#close = null;
  }

  #set(status: ConnectionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }
}
