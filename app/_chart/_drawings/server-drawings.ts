import type { Drawing } from "#lib/contracts/drawings.ts";
import type { Versioned } from "#lib/contracts/kept.ts";
import { applied, type Change } from "./history.ts";
import { formatWishes, granted, parseWishes, stillWished, wished, type Wishes } from "./wishes.ts";

/** How the server is asked for the drawings of one symbol. */
export interface DrawingsServer {
  read(): Promise<Versioned<Drawing>>;
  /** Rejects where something has changed since the version. */
  save(kept: Versioned<Drawing>): Promise<Versioned<Drawing>>;
  /** What an error means: somebody was faster; the session is over; what is sent is refused; or it may do later. */
  meaning(error: unknown): "conflict" | "signed out" | "refused" | "later";
}

/** Where what the server has not taken yet waits for it when the page goes. */
export interface Waiting {
  read(): string | null;
  /** null: nothing waits. */
  write(text: string | null): void;
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
  #base: Versioned<Drawing> | null = null;
  #wishes: Wishes;
  #shown: readonly Drawing[] = [];
  #sending: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #standing: Standing = "saved";
  #saves = 0;

  constructor(options: ServerDrawingsOptions) {
    this.#options = options;
    this.owner = options.owner;
    this.#wishes = parseWishes(options.waiting.read());
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
    const parts = change.parts.filter((part) => applied(this.#shown, { parts: [part] }) !== this.#shown);
    this.#wishes = wished(this.#wishes, { parts });
    // While the server does not answer it is asked at its own pace.
    if (this.#standing !== "later") {
      this.#standing = "unsent";
      this.#sendIn(SEND_AFTER);
    }
    this.#show();
  }

  /** Reads anew what the server has, and sends what waits. Never rejects. */
  async read(): Promise<void> {
    const before = this.#saves;
    try {
      const found = await this.#options.server.read();
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
    await (this.#sending ??= this.#send().finally(() => (this.#sending = null)));
    return this.#wishes.size === 0;
  }

  /** Nobody is signed in any more: what the server has not taken waits in the browser. */
  end(): void {
    this.#clearTimer();
    this.#keepWaiting();
  }

  /** The page goes: what the server has not taken waits in the browser, and is sent now if there is still time. */
  leave(): void {
    if (this.#wishes.size === 0) return;
    this.#keepWaiting();
    void this.flush();
  }

  async #send(): Promise<void> {
    this.#clearTimer();
    const { server } = this.#options;
    for (let conflicts = 0; this.#wishes.size > 0;) {
      try {
        if (!this.#base || conflicts > 0) this.#base = await server.read();
        await this.#sendOn(this.#base);
        conflicts = 0;
      } catch (error) {
        conflicts += 1;
        if (server.meaning(error) === "conflict" && conflicts < TRIES) continue;
        this.#failed(error);
        return;
      }
    }
    this.#failures = 0;
    this.#standing = "saved";
    this.#options.waiting.write(null);
    this.#show();
  }

  async #sendOn({ kept, version }: Versioned<Drawing>): Promise<void> {
    const taken = this.#wishes;
    this.#base = await this.#options.server.save({ kept: granted(kept, taken), version });
    this.#saves += 1;
    this.#wishes = stillWished(this.#wishes, taken);
    const there = new Set(this.#base.kept.map(({ id }) => id));
    if ([...taken].some(([id, { after, isNew }]) => after && isNew && !there.has(id))) this.#options.full();
  }

  #failed(error: unknown): void {
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

  #keepWaiting(): void {
    if (this.#wishes.size > 0) this.#options.waiting.write(formatWishes(this.#wishes));
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
