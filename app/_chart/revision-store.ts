import type { BarView } from "#lib/contracts/views.ts";
import { isRevised, plusRevision, reasonOf, type Revision } from "./_prepare/revisions.ts";

/** A rewritten bar is marked for this long, milliseconds. */
const MARKED = 4_000;

/** The bars of one chart that were rewritten while it was watched. Bounded: see `REVISIONS_KEPT`. */
export class RevisionStore {
  #seen: readonly Revision[] = [];
  #marked: readonly Revision[] = [];
  #next = 1;
  readonly #listeners = new Set<() => void>();

  seen = (): readonly Revision[] => this.#seen;
  /** Those that have just come. */
  marked = (): readonly Revision[] => this.#marked;

  /** A bar that was held is now another, or gone. */
  change(before: BarView, after: BarView | null): void {
    if (after !== null && !isRevised(before, after)) return;
    const revision: Revision = {
      start: before.start,
      revision: after?.revision ?? before.revision + 1,
      why: after === null ? "its only print taken out" : reasonOf(before, after),
      before,
      after,
      id: this.#next++,
    };
    this.#seen = plusRevision(this.#seen, revision);
    this.#marked = plusRevision(this.#marked, revision);
    this.#notify();
    setTimeout(() => {
      this.#marked = this.#marked.filter((one) => one !== revision);
      this.#notify();
    }, MARKED);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
