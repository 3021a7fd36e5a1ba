import { type Drawing, MOST_DRAWINGS } from "#lib/contracts/drawings.ts";
import { applied, type Change, History, inverse, type Part } from "./history.ts";
import type { ServerDrawings, Standing } from "./server-drawings.ts";
import { formatStored, NOTHING_STORED, parseStored, type Stored } from "./stored.ts";

/** What a browser offers to keep text in. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const storedKey = (symbol: string): string => `tapedeck-drawings|${symbol}`;
const asideKey = (symbol: string): string => `tapedeck-drawings-unread|${symbol}`;

/** What is known of a symbol's drawings. */
export interface Drawings extends Stored {
  canUndo: boolean;
  canRedo: boolean;
  /** How it stands with the server that keeps them for who is signed in; null: this browser keeps them. */
  standing: Standing | null;
  /** How many this browser keeps of its own beside those. */
  inBrowser: number;
}

export const NO_DRAWINGS: Drawings = {
  ...NOTHING_STORED,
  canUndo: false,
  canRedo: false,
  standing: null,
  inBrowser: 0,
};

const LOCKED = "The drawings are locked: unlock them in the menu of drawings.";
const FULL = `${MOST_DRAWINGS} drawings of a symbol are the most; remove one first.`;

/**
 * The drawings of one symbol, shared by all charts of it: those that the server keeps for who is signed in, else this browser's. Whether they are hidden
 * or locked is the browser's. Each change is made on what the storage holds now, for another tab may have
 * written there, and written back at once. Without a storage, or with one that is full, they last as long as the page.
 */
export class DrawingStore {
  readonly symbol: string;
  readonly #storage: TextStorage | null;
  readonly #tell: (words: string) => void;
  #history = new History();
  #server: ServerDrawings | null = null;
  #unfollow: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();
  #text: string | null = null;
  #stored: Stored = NOTHING_STORED;
  #state: Drawings = NO_DRAWINGS;
  #isKept = true;

  /** `tell` says to the person what could not be read or kept. */
  constructor(symbol: string, storage: TextStorage | null, tell: (words: string) => void) {
    this.symbol = symbol;
    this.#storage = storage;
    this.#tell = tell;
    this.reread();
  }

  state = (): Drawings => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get isUsed(): boolean {
    return this.#listeners.size > 0;
  }

  /** The server that keeps them; null: this browser does. */
  get server(): ServerDrawings | null {
    return this.#server;
  }

  /** From now on the server's are shown and changed; null: this browser's. What was done to the others cannot be undone then. */
  keepAt(server: ServerDrawings | null): void {
    if (server === this.#server) return;
    this.#unfollow?.();
    this.#server?.end();
    this.#server = server;
    this.#history = new History();
    this.#unfollow = server?.subscribe(() => this.#show(this.#stored)) ?? null;
    this.#show(this.#stored);
  }

  /** Moves what this browser keeps to the server, as far as there is room; each goes from here only once the server has answered that it is there. How many went. */
  async moveToServer(): Promise<number> {
    const server = this.#server;
    if (!server) return 0;
    if (!server.there()) await server.read();
    if (this.#server !== server || !server.there()) return 0;
    const shown = server.drawings();
    const wanted = this.#stored.drawings.filter((drawing) => !shown.some(({ id }) => id === drawing.id));
    const moved = wanted.slice(0, MOST_DRAWINGS - shown.length);
    if (moved.length < wanted.length) this.#tell(FULL);
    if (moved.length > 0) {
      this.#do({ parts: moved.map((after, index) => ({ before: null, after, at: shown.length + index })) });
    }
    await server.flush();
    this.reread();
    const there = server.there();
    const left = this.#stored.drawings.filter(({ id }) => !there?.has(id));
    const went = this.#stored.drawings.length - left.length;
    if (went > 0) this.#write({ ...this.#stored, drawings: left });
    return went;
  }

  /** Takes what another tab has written. */
  reread(): void {
    const text = this.#read(storedKey(this.symbol));
    if (text === this.#text || !this.#isKept) return;
    this.#text = text;
    const stored = text === null ? NOTHING_STORED : parseStored(text);
    if (stored === null && text !== null) this.#setAside(text);
    this.#show(stored ?? NOTHING_STORED);
  }

  /** What was set aside because it is no document of drawings; null: nothing. */
  aside(): string | null {
    return this.#read(asideKey(this.symbol));
  }

  /** Whether there was room for it. */
  add(drawing: Drawing): boolean {
    this.reread();
    const { drawings } = this.#state;
    if (!this.hasRoom()) return false;
    this.#do({ parts: [{ before: null, after: drawing, at: drawings.length }] });
    return true;
  }

  /** Whether another one has room; where it has none that is said. */
  hasRoom(): boolean {
    if (this.#state.drawings.length < MOST_DRAWINGS) return true;
    this.#tell(FULL);
    return false;
  }

  /** Takes a changed drawing in place of the one with its id; `key`: see Change. Of one that is gone nothing. */
  replace(drawing: Drawing, key?: string): void {
    this.reread();
    if (this.#isLocked()) return;
    const at = this.#state.drawings.findIndex(({ id }) => id === drawing.id);
    const before = this.#state.drawings[at];
    if (before) this.#do({ parts: [{ before, after: drawing, at }], ...(key !== undefined && { key }) });
  }

  /** Removes drawings by their ids: one act. What brings them back; null where nothing was removed. */
  remove(ids: readonly string[]): (() => void) | null {
    this.reread();
    if (this.#isLocked()) return null;
    const parts = this.#state.drawings.flatMap((before, at): Part[] =>
      ids.includes(before.id) ? [{ before, after: null, at }] : [],
    );
    if (parts.length === 0) return null;
    const removed = { parts };
    this.#do(removed);
    return () => {
      this.reread();
      if (!this.#isLocked()) this.#do(inverse(removed));
    };
  }

  #isLocked(): boolean {
    if (this.#stored.locked) this.#tell(LOCKED);
    return this.#stored.locked;
  }

  undo(): void {
    this.reread();
    if (this.#isLocked()) return;
    this.#apply(this.#history.undo());
  }

  redo(): void {
    this.reread();
    if (this.#isLocked()) return;
    this.#apply(this.#history.redo());
  }

  set(look: Partial<Pick<Stored, "hidden" | "locked">>): void {
    this.reread();
    this.#write({ ...this.#stored, ...look });
  }

  #do(change: Change): void {
    this.#history.did(change);
    this.#apply(change);
  }

  #apply(change: Change | null): void {
    if (!change) return;
    if (this.#server) return this.#server.do(change);
    const drawings = applied(this.#stored.drawings, change);
    this.#write({ ...this.#stored, drawings: drawings.slice(0, MOST_DRAWINGS) });
  }

  #show(stored: Stored): void {
    this.#stored = stored;
    const { canUndo, canRedo } = this.#history;
    const own = { canUndo, canRedo, standing: null, inBrowser: 0 };
    const server = this.#server;
    this.#state = server
      ? {
          ...stored,
          ...own,
          drawings: server.drawings(),
          standing: server.standing(),
          inBrowser: stored.drawings.length,
        }
      : { ...stored, ...own };
    for (const listener of this.#listeners) listener();
  }

  #write(stored: Stored): void {
    this.#show(stored);
    if (!this.#storage || !this.#isKept) return;
    const text = formatStored(stored);
    try {
      this.#storage.setItem(storedKey(this.symbol), text);
      this.#text = text;
    } catch {
      this.#isKept = false;
      this.#tell(`This browser has no room for the drawings of ${this.symbol}: they last as long as this page.`);
    }
  }

  #read(key: string): string | null {
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      // Storage may be forbidden.
      return null;
    }
  }

  /** Keeps a text that is no document under another name. Where one is there already both stay, and nothing is written over. */
  #setAside(text: string): void {
    const key = asideKey(this.symbol);
    const before = this.#read(key);
    try {
      if (before !== null && before !== text) throw new Error("taken");
      this.#storage?.setItem(key, text);
      this.#storage?.removeItem(storedKey(this.symbol));
      this.#text = null;
      this.#tell(`Saved drawings of ${this.symbol} could not be read. They are kept aside: see the list of drawings.`);
    } catch {
      this.#isKept = false;
      this.#tell(
        `Saved drawings of ${this.symbol} could not be read and stay as they are: new ones last as long as this page.`,
      );
    }
  }
}
