import { watchListSchema, type VersionedLists, type WatchLists } from "#lib/contracts/lists.ts";
import { errorMessage } from "#lib/errors.ts";
import type { ListChange } from "./lists.ts";

/** Where somebody's lists are kept. `change` rejects, and nothing has changed, where it cannot be done. */
export interface ListKeeper {
  /** null while they are not known. */
  current(): WatchLists | null;
  subscribe(listener: () => void): () => void;
  change(change: ListChange): Promise<void>;
}

/** The part of a browser's storage that is used. */
export type TextStore = Pick<Storage, "getItem" | "setItem">;

export const LISTS_KEY = "tapedeck-lists";

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

/** Lists of this browser. Another tab's change is taken over by `reread`; where nothing can be stored they last as long as the page. */
export class BrowserLists implements ListKeeper {
  readonly #store: () => TextStore;
  readonly #listeners = new Listeners();
  #lists: WatchLists | null = null;

  /** `store` may throw: storage can be forbidden. */
  constructor(store: () => TextStore) {
    this.#store = store;
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly current = (): WatchLists => (this.#lists ??= this.#read());

  async change(change: ListChange): Promise<void> {
    // Another tab may have written since.
    const next = change(this.#read());
    this.#lists = next;
    try {
      this.#store().setItem(LISTS_KEY, JSON.stringify(next));
    } catch {
      // As said above.
    }
    this.#listeners.tell();
  }

  reread(): void {
    this.#lists = this.#read();
    this.#listeners.tell();
  }

  #read(): WatchLists {
    try {
      return parseLists(this.#store().getItem(LISTS_KEY));
    } catch {
      return this.#lists ?? [];
    }
  }
}

/** Stored lists; one that is not understood is left out, and the others stay. */
export function parseLists(text: string | null): WatchLists {
  const stored: unknown = text === null ? [] : JSON.parse(text);
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => {
    const parsed = watchListSchema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

/** How the server is asked. `save` rejects with the code CONFLICT where the lists have changed since the version. */
export interface ListServer {
  read(): Promise<VersionedLists>;
  save(lists: VersionedLists): Promise<VersionedLists>;
  isConflict(error: unknown): boolean;
}

interface Pending {
  change: ListChange;
  done: () => void;
  failed: (error: unknown) => void;
}

/** Conflicts in a row after which a change is given up. */
const TRIES = 5;

/**
 * Lists on the server. A change shows at once and is sent after those before it, one at a time; where somebody else was faster it is
 * made again on theirs. One that fails is taken back alone.
 */
export class ServerLists implements ListKeeper {
  readonly #server: ListServer;
  readonly #listeners = new Listeners();
  #stored: VersionedLists | null = null;
  #shown: WatchLists | null = null;
  #pending: Pending[] = [];
  #sending = false;
  #error: unknown = null;

  constructor(server: ListServer) {
    this.#server = server;
  }

  readonly subscribe = this.#listeners.subscribe;
  readonly current = (): WatchLists | null => this.#shown;
  /** Why they could not be read; null where they were. */
  readonly error = (): unknown => this.#error;

  /** Reads them anew. Never rejects: `error` says what failed. */
  async read(): Promise<void> {
    try {
      const found = await this.#server.read();
      // While something is sent its answer is the newer one.
      if (!this.#sending) this.#stored = found;
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
    this.#show();
  }

  change(change: ListChange): Promise<void> {
    if (this.#shown === null) return Promise.reject(new Error("The lists are not read yet"));
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

  async #sendOne(change: ListChange): Promise<void> {
    for (let tries = 1; ; tries++) {
      this.#stored ??= await this.#server.read();
      const { lists, version } = this.#stored;
      try {
        this.#stored = await this.#server.save({ lists: change(lists), version });
        return;
      } catch (error) {
        if (!this.#server.isConflict(error) || tries === TRIES) throw error;
        this.#stored = null;
      }
    }
  }

  /** What is stored with what is under way. */
  #show(): void {
    if (this.#stored)
      this.#shown = this.#pending.reduce((lists, { change }) => attempt(change, lists), this.#stored.lists);
    this.#listeners.tell();
  }
}

/** A change that cannot be made on what somebody else left changes nothing here: its own sending says so. */
function attempt(change: ListChange, lists: WatchLists): WatchLists {
  try {
    return change(lists);
  } catch {
    return lists;
  }
}
