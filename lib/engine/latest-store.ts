import type { EngineStore, WriteItem } from "../contracts/engine-store.ts";
import { storedVersion } from "../contracts/engine-store.ts";
import { drainLatestDocuments } from "./latest.ts";
import type { State } from "./state.ts";

/**
 * Stores the newest of each symbol in the index `latest`, one write at a time: while one is under way, changes gather in their slots,
 * one a symbol. An output only: it is never read back, and no checkpoint waits for it.
 */
export class LatestStore {
  readonly #store: EngineStore;
  readonly #signal: AbortSignal;
  #isWriting = false;
  #failure: unknown = null;

  constructor(store: EngineStore, signal: AbortSignal) {
    this.#store = store;
    this.#signal = signal;
  }

  /** Begins a write of what has changed, unless one is under way. Throws what made an earlier one fail. */
  write(state: State): void {
    if (this.#failure !== null) throw this.#failure;
    if (this.#isWriting || state.unstored.length === 0) return;
    const version = storedVersion(state.identity.epoch, state.position);
    const items = drainLatestDocuments(state).map(({ symbol, body }): WriteItem => ({
      target: { kind: "latest" },
      id: symbol,
      version,
      body,
    }));
    this.#isWriting = true;
    this.#store
      .write(items, this.#signal)
      .catch((error: unknown) => {
        if (!this.#signal.aborted) this.#failure = error;
      })
      .finally(() => {
        this.#isWriting = false;
      });
  }
}
