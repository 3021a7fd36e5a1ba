import type { BarView } from "../../contracts/views.ts";
import { joinBars } from "../../domain/composite/bars.ts";
import type { CompositeOperation } from "../../domain/composite/name.ts";

type Pages = AsyncIterable<BarView[]>;

/** Bars of a composite of any length, from those of its legs, oldest first: a page of each is held at a time. */
export async function* joinedPages(
  operation: CompositeOperation,
  lefts: Pages,
  rights: Pages,
): AsyncGenerator<BarView[]> {
  const [left, right] = [lefts[Symbol.asyncIterator](), rights[Symbol.asyncIterator]()];
  try {
    let [l, r]: [BarView[], BarView[]] = [[], []];
    for (;;) {
      l = await filled(l, left);
      r = await filled(r, right);
      const known = Math.min(l.at(-1)?.start ?? -1, r.at(-1)?.start ?? -1);
      if (known < 0) return;
      yield joinBars(operation, l, r);
      l = l.filter(({ start }) => start > known);
      r = r.filter(({ start }) => start > known);
    }
  } finally {
    await Promise.all([left.return?.(), right.return?.()]);
  }
}

/** Of a composite that has no bars of an interval. */
export async function* noPages(): AsyncGenerator<BarView[]> {
  yield [];
}

/** What is held, or where that is nothing the next page that has anything; empty at the end. */
async function filled(held: BarView[], pages: AsyncIterator<BarView[]>): Promise<BarView[]> {
  let bars = held;
  while (bars.length === 0) {
    const next = await pages.next();
    if (next.done) return [];
    bars = next.value;
  }
  return bars;
}
