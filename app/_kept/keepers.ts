import type { z } from "zod";
import type { Versioned } from "#lib/contracts/kept.ts";
import { errorMessage, TapedeckError } from "#lib/errors.ts";

/** From what is kept to what shall be; throws, saying why, where it cannot be done. */
export type KeptChange<T> = (kept: readonly T[]) => readonly T[];

/** Where somebody keeps something. `change` rejects, and nothing has changed, where it cannot be done. */
export interface Keeper<T> {
  /** null while it is not known. */
  current(): readonly T[] | null;
  subscribe(listener: () => void): () => void;
  change(change: KeptChange<T>): Promise<void>;
}

/** The part of a browser's storage that is used. */
export type TextStore = Pick<Storage, "getItem" | "setItem">;

class Listeners {
  readonly #all = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  };

  tell(): void {
    for (const listener of this.#all) listener();
  }
}

interface BrowserKeeperOptions<T> {
  /** In the browser's storage. */
  key: string;
  schema: z.ZodType<T>;
  /** May throw: storage can be forbidden. */
  store: () => TextStore;
}

/** What this browser keeps. Another tab's change is taken over by `reread`; where nothing can be stored it lasts as long as the page. */
export class BrowserKeeper<T> implements Keeper<T> {
  readonly key: string;
  readonly #schema: z.ZodType<T>;
  readonly #store: () => TextStore;
  readonly #listeners = new Listeners();
  #kept: readonly T[] | null = null;
  #isStored = true;

  constructor({ key, schema, store }: BrowserKeeperOptions<T>) {
    this.key = key;
    this.#schema = schema;
    this.#store = store;
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly current = (): readonly T[] => (this.#kept ??= this.#read());

  async change(change: KeptChange<T>): Promise<void> {
    // Another tab may have written since.
    const next = change(this.#read());
    const wrong = next.map((one) => this.#schema.safeParse(one)).find(({ success }) => !success);
    if (wrong) throw new TapedeckError("BAD_INPUT", "This could not be read again", { cause: wrong.error });
    this.#kept = next;
    try {
      this.#store().setItem(this.key, JSON.stringify(next));
    } catch {
      this.#isStored = false;
    }
    this.#listeners.tell();
  }

  reread(): void {
    this.#kept = this.#read();
    this.#listeners.tell();
  }

  #read(): readonly T[] {
    // What could not be stored is newer than what is.
    if (!this.#isStored) return this.#kept ?? [];
    try {
      return parseKept(this.#store().getItem(this.key), this.#schema);
    } catch {
      return this.#kept ?? [];
    }
  }
}

/** What is stored; one that is not understood is left out, and the others stay. */
export function parseKept<T>(text: string | null, schema: z.ZodType<T>): readonly T[] {
  const stored: unknown = text === null ? [] : JSON.parse(text);
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => {
    const parsed = schema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

/** How the server is asked. `save` rejects with the code CONFLICT where something has changed since the version. */
export interface KeeperServer<T> {
  read(): Promise<Versioned<T>>;
  save(kept: Versioned<T>): Promise<Versioned<T>>;
  isConflict(error: unknown): boolean;
}

interface Pending<T> {
  change: KeptChange<T>;
  done: () => void;
  failed: (error: unknown) => void;
}

/** Conflicts in a row after which a change is given up. */
const TRIES = 5;

/**
 * What the server keeps. A change shows at once and is sent after those before it, one at a time; where somebody else was faster it is
 * made again on theirs. One that fails is taken back alone.
 */
export class ServerKeeper<T> implements Keeper<T> {
  readonly #server: KeeperServer<T>;
  readonly #listeners = new Listeners();
  #stored: Versioned<T> | null = null;
  #shown: readonly T[] | null = null;
  #pending: Pending<T>[] = [];
  #sending = false;
  /** Answers to savings so far. */
  #saves = 0;
  #error: unknown = null;

  constructor(server: KeeperServer<T>) {
    this.#server = server;
  }

  readonly subscribe = this.#listeners.subscribe;
  readonly current = (): readonly T[] | null => this.#shown;
  /** Why it could not be read; null where it was. */
  readonly error = (): unknown => this.#error;

  /** Reads it anew. Never rejects: `error` says what failed. */
  async read(): Promise<void> {
    const before = this.#saves;
    try {
      const found = await this.#server.read();
      // What a saving answered meanwhile, or is about to answer, is newer.
      if (!this.#sending && this.#saves === before) this.#stored = found;
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
    this.#show();
  }

  change(change: KeptChange<T>): Promise<void> {
    if (this.#shown === null) return Promise.reject(new Error("What is kept is not read yet"));
    try {
      this.#shown = change(this.#shown);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(errorMessage(error)));
    }
    this.#listeners.tell();
    return new Promise<void>((done, failed) => {
      this.#pending.push({ change, done, failed });
      if (!this.#sending) void this.#send();
    });
  }

  async #send(): Promise<void> {
    this.#sending = true;
    for (let next = this.#pending[0]; next; next = this.#pending[0]) {
      try {
        await this.#sendOne(next.change);
        next.done();
      } catch (error) {
        next.failed(error);
      }
      this.#pending.shift();
      this.#show();
    }
    this.#sending = false;
  }

  async #sendOne(change: KeptChange<T>): Promise<void> {
    for (let tries = 1; ; tries++) {
      this.#stored ??= await this.#server.read();
      const { kept, version } = this.#stored;
      try {
        this.#stored = await this.#server.save({ kept: change(kept), version });
        this.#saves += 1;
        return;
      } catch (error) {
        if (!this.#server.isConflict(error) || tries === TRIES) throw error;
        this.#stored = await this.#server.read();
      }
    }
  }

  /** What is stored with what is under way. */
  #show(): void {
    if (this.#stored)
      this.#shown = this.#pending.reduce((kept, { change }) => attempt(change, kept), this.#stored.kept);
    this.#listeners.tell();
  }
}

/** A change that cannot be made on what somebody else left changes nothing here: its own sending says so. */
function attempt<T>(change: KeptChange<T>, kept: readonly T[]): readonly T[] {
  try {
    return change(kept);
  } catch {
    return kept;
  }
}
