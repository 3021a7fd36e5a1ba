import type { BarReader, ChartBar } from "../../contracts/stores.ts";
import type { Coverage } from "../../contracts/distribution-views.ts";
import { type Interval, INTERVAL_LENGTH, type Micros } from "../../domain/interval.ts";
import { inParallel } from "../market/in-parallel.ts";

/** A range is looked at in at most so many bars of a symbol, where they are not days. */
const MOST_BARS = 500;
const ASKED: readonly Interval[] = ["1m", "5m", "1h"];
/** Of a window there can be a built and a given bar. */
const MOST_READ = 10_000;
const WIDTH = 4;

/** In which bars a range is looked at: the shortest that are few. */
export function coverageInterval(from: Micros, to: Micros): Interval {
  return ASKED.find((interval) => (to - from) / INTERVAL_LENGTH[interval] <= MOST_BARS) ?? "1d";
}

/** How many bars of a range have their trades in the sketches, and how many are history of which only the bars were fetched. */
export async function readCoverage(
  bars: Pick<BarReader, "readChart">,
  { symbols, from, to }: { symbols: readonly string[]; from: Micros; to: Micros },
): Promise<Coverage> {
  const coverage: Coverage = { interval: coverageInterval(from, to), bars: 0, whole: 0, part: 0 };
  const { interval } = coverage;
  await inParallel(symbols, WIDTH, async (symbol) => {
    count(coverage, await bars.readChart({ symbol, interval, from, to, limit: MOST_READ, order: "ascending" }));
  });
  return coverage;
}

function count(coverage: Coverage, stored: readonly ChartBar[]): void {
  for (const window of Map.groupBy(stored, ({ start }) => start).values()) {
    const built = window.find((bar) => !bar.given);
    const isGiven = window.some((bar) => bar.given);
    coverage.bars += 1;
    if (!built) continue;
    if (isGiven && !built.complete) coverage.part += 1;
    else coverage.whole += 1;
  }
}
