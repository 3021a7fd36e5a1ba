import type { LiveTopics } from "#lib/contracts/views.ts";
import { parseComposite } from "#lib/domain/composite/name.ts";

type Bars = LiveTopics["bars"][number];

/** All that is in any of them, each once; null of none. */
export function unionOf(wanted: Iterable<LiveTopics>): LiveTopics | null {
  const all = [...wanted];
  if (all.length === 0) return null;
  const named = sorted(all.flatMap(({ quotes, composites = [] }) => (quotes === "all" ? composites : quotes)));
  const quotes = all.some((topics) => topics.quotes === "all") ? "all" : named;
  const composites = quotes === "all" ? named.filter(parseComposite) : [];
  const bars = new Map(all.flatMap((topics) => topics.bars).map((bar): [string, Bars] => [barKey(bar), bar]));
  return {
    quotes,
    ...(composites.length > 0 && { composites }),
    bars: [...bars.keys()].toSorted().flatMap((key) => bars.get(key) ?? []),
    prints: sorted(all.flatMap((topics) => topics.prints)),
  };
}

const sorted = (symbols: readonly string[]): string[] => [...new Set(symbols)].toSorted();
const barKey = ({ symbol, interval }: Bars): string => `${symbol} ${interval}`;

/**
 * What the parts of a page want of its one stream. They come and go in the same moment (a page after another, panels of a desk), so what
 * they want together is told once all of them have spoken, and only when it is another than before.
 */
export class WantedTopics {
  readonly #wanted = new Set<LiveTopics>();
  readonly #show: (topics: LiveTopics | null) => void;
  #told = "null";
  #due = false;

  constructor(show: (topics: LiveTopics | null) => void) {
    this.#show = show;
  }

  /** Until the function that it gives is called. */
  add(topics: LiveTopics): () => void {
    this.#wanted.add(topics);
    this.#changed();
    return () => {
      this.#wanted.delete(topics);
      this.#changed();
    };
  }

  #changed(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      const union = unionOf(this.#wanted);
      const told = JSON.stringify(union);
      if (told === this.#told) return;
      this.#told = told;
      this.#show(union);
    });
  }
}
