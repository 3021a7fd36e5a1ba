import type { Drawing } from "#lib/contracts/drawings.ts";
import type { Versioned } from "#lib/contracts/kept.ts";
import { applied, type Change } from "./history.ts";
import { type Waiting, WaitingWishes } from "./waiting.ts";
import { granted, stillWished, wished, type Wishes } from "./wishes.ts";

/** How the server is asked for the drawings of one symbol. */
export interface DrawingsServer {
  read(): Promise<Versioned<Drawing>>;
  /** Rejects where something has changed since the version. */
  save(kept: Versioned<Drawing>): Promise<Versioned<Drawing>>;
  /** What an error means: somebody was faster; the session is over; what is sent is refused; or it may do later. */
  meaning(error: unknown): "conflict" | "signed out" | "refused" | "later";
}

/** `saved`: the server has everything. `unsent`: something is under way. `later`: it does not answer, and is asked again. `refused`: it does not take it. */
export type Standing = "saved" | "unsent" | "later" | "refused";

export interface ServerDrawingsOptions {
  owner: string;
  server: DrawingsServer;
  waiting: Waiting;
  /** The session is over, or another's. */
  signedOut: () => void;
  /** With those of other devices there was no room for all. */
  full: () => void;
}

/** Milliseconds after the last change until it is sent; and between attempts while the server does not answer, doubling. */
export const SEND_AFTER = 800;
const RETRY = { first: 2_000, most: 60_000 };
/** Conflicts in a row after which it is tried again later. */
const TRIES = 5;

/**
 * The drawings of one symbol as the server keeps them for who is signed in. A change shows at once, and is sent a moment after the last one; where
 * another device was faster it is made again on what that left. While the server does not answer, changes wait, in this browser beyond the page's life.
 */
export class ServerDrawings {
  readonly owner: string;
  readonly #options: ServerDrawingsOptions;
  readonly #listeners = new Set<() => void>();
  readonly #waiting: WaitingWishes;
  #base: Versioned<Drawing> | null = null;
  #wishes: Wishes;
  #shown: readonly Drawing[] = [];
  #sending: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #standing: Standing = "saved";
  #saves = 0;
  #ended = false;

  constructor(options: ServerDrawingsOptions) {
    this.#options = options;
    this.owner = options.owner;
    this.#waiting = new WaitingWishes(options.waiting);
    this.#wishes = this.#waiting.takeOver();
    this.#show();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  drawings = (): readonly Drawing[] => this.#shown;

  standing = (): Standing => this.#standing;

  /** Makes a change, but for parts whose drawing is no longer what the change found. */
  do(change: Change): void {
    if (this.#isOver()) return;
    const parts = change.parts.filter((part) => applied(this.#shown, { parts: [part] }) !== this.#shown);
    const wishes = wished(this.#wishes, { parts });
    // While the server does not answer it is asked at its own pace, and what is wished waits at once.
    if (this.#standing === "later") this.#wishes = this.#waiting.keep(wishes);
    else {
      this.#wishes = this.#waiting.follow(wishes);
      this.#standing = "unsent";
      this.#sendIn(SEND_AFTER);
    }
    this.#show();
  }

  /** Reads anew what the server has, and sends what waits. Never rejects. */
  async read(): Promise<void> {
    if (this.#isOver()) return;
    const before = this.#saves;
    try {
      this.#wishes = this.#waiting.left(this.#wishes);
      const found = await this.#options.server.read();
      if (this.#isOver()) return;
      // What a saving answered meanwhile, or is about to, is newer.
      if (!this.#sending && this.#saves === before) this.#base = found;
      this.#failures = 0;
      if (this.#wishes.size === 0) this.#standing = "saved";
      this.#show();
    } catch (error) {
      this.#failed(error);
    }
    if (this.#base && this.#wishes.size > 0 && this.#timer === null) await this.flush();
  }

  /** Sends what is unsent now. Never rejects; whether the server has everything. */
  async flush(): Promise<boolean> {
    if (this.#isOver()) return false;
    await (this.#sending ??= this.#send().finally(() => (this.#sending = null)));
    return this.#wishes.size === 0;
  }

  /** Which drawings the server has, by their ids, as it answered last; null: it has not answered yet. */
  there(): ReadonlySet<string> | null {
    return this.#base && new Set(this.#base.kept.map(({ id }) => id));
  }

  /** The person is no longer signed in: what the server has not taken waits in the browser. From now on nothing is sent, and nothing called. */
  end(): void {
    if (this.#isOver()) return;
    this.#ended = true;
    this.#clearTimer();
    this.#keepWaiting();
  }

  /** The page goes: what the server has not taken waits in the browser, and is sent now if there is still time. */
  leave(): void {
    if (this.#isOver() || this.#wishes.size === 0) return;
    this.#keepWaiting();
    void this.flush();
  }

  async #send(): Promise<void> {
    this.#clearTimer();
    const { server } = this.#options;
    let isBehind = false;
    for (let conflicts = 0; ;) {
      const before = this.#wishes.size;
      this.#wishes = this.#waiting.left(this.#wishes);
      // What another tab has sent is there by now.
      isBehind ||= this.#wishes.size < before;
      if (!isBehind && this.#wishes.size === 0) break;
      try {
        if (!this.#base || isBehind) this.#base = await server.read();
        if (this.#isOver()) return;
        isBehind = false;
        if (this.#wishes.size > 0) await this.#sendOn(this.#base);
        if (this.#isOver()) return;
        conflicts = 0;
      } catch (error) {
        if (this.#isOver()) return;
        conflicts += 1;
        isBehind = server.meaning(error) === "conflict" && conflicts < TRIES;
        if (isBehind) continue;
        this.#failed(error);
        return;
      }
    }
    this.#failures = 0;
    this.#standing = "saved";
    this.#show();
  }

  async #sendOn({ kept, version }: Versioned<Drawing>): Promise<void> {
    const taken = this.#wishes;
    this.#base = await this.#options.server.save({ kept: granted(kept, taken), version });
    this.#saves += 1;
    this.#wishes = this.#waiting.follow(stillWished(this.#wishes, taken));
    if (this.#isOver()) return;
    const there = this.there();
    if ([...taken].some(([id, { after, isNew }]) => after && isNew && !there?.has(id))) this.#options.full();
  }

  #failed(error: unknown): void {
    if (this.#isOver()) return;
    const meaning = this.#options.server.meaning(error);
    this.#failures += 1;
    this.#keepWaiting();
    if (meaning === "signed out") {
      this.#options.signedOut();
      return;
    }
    this.#standing = meaning === "refused" ? "refused" : "later";
    if (meaning !== "refused") this.#sendIn(Math.min(RETRY.most, RETRY.first * 2 ** (this.#failures - 1)));
    this.#show();
  }

  /** Asked anew after each answer: it may have ended meanwhile. */
  #isOver(): boolean {
    return this.#ended;
  }

  #keepWaiting(): void {
    if (this.#wishes.size > 0) this.#wishes = this.#waiting.keep(this.#wishes);
  }

  #sendIn(length: number): void {
    this.#clearTimer();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void (this.#wishes.size > 0 ? this.flush() : this.read());
    }, length);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #show(): void {
    this.#shown = granted(this.#base?.kept ?? [], this.#wishes);
    for (const listener of this.#listeners) listener();
  }
}
