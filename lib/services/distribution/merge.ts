import type { BarReader, SketchQuery, StoredSketch } from "../../contracts/stores.ts";
import type { Measure } from "../../contracts/distribution-views.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { DAY, type Micros } from "../../domain/interval.ts";
import { ExponentialHistogram } from "../../domain/sketches/exponential-histogram.ts";
import { HyperLogLog } from "../../domain/sketches/hyper-log-log.ts";
import { VolumeProfile } from "../../domain/sketches/volume-profile.ts";
import { readPart } from "../../domain/sketches/window-sketches.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";
import { coverRange, type Run } from "./cover-range.ts";

export type MergeNeeds = Pick<Services, "bars" | "directory" | "now" | "returns">;

export interface RangeInput {
  symbols: readonly string[];
  from: Micros;
  to: Micros;
  measure: Measure;
}

/** A range as few documents tell it. */
export interface Merged {
  histogram: ExponentialHistogram;
  profile: VolumeProfile;
  /** Venues of the hours and days, with sizes alone: minutes do not count them. */
  venues: HyperLogLog;
  documents: number;
  /** The windows that cover it, of the last symbol. */
  runs: readonly Run[];
  /** What the documents cover. */
  from: Micros;
  to: Micros;
  /** The window whose trades begin first in the log, null where there is none; and the offset of the last trade of any. */
  first: { interval: Run["interval"]; start: Micros; offset: number } | null;
  lastOffset: number;
}

/** Days of all symbols together: the first time that returns are asked for, each of their minutes is read. */
const MOST_DAYS = 400;

/**
 * Merges the sketches of the fewest windows that cover a range, of each symbol; returns come from the bars of its minutes. NOT_FOUND
 * for an unknown symbol, BAD_INPUT for too long a range of returns.
 */
export async function mergeRange({ bars, directory, now, returns }: MergeNeeds, input: RangeInput): Promise<Merged> {
  const { symbols, from, to, measure } = input;
  const merged: Merged = {
    histogram: new ExponentialHistogram(),
    profile: new VolumeProfile(),
    venues: new HyperLogLog(),
    documents: 0,
    runs: [],
    from,
    to,
    first: null,
    lastOffset: -1,
  };
  if (measure === "return" && (to - from) * symbols.length > MOST_DAYS * DAY) {
    throw new TapedeckError(
      "BAD_INPUT",
      `Returns are counted over ${MOST_DAYS} days of all symbols at most: choose a shorter range.`,
    );
  }
  for (const symbol of symbols) {
    const { ticker } = await directory.get(symbol);
    const runs = coverRange(calendarOf(ticker.calendar), from, to, now());
    merged.runs = runs;
    merged.from = Math.min(merged.from, runs[0]?.from ?? from);
    merged.to = Math.max(merged.to, runs.at(-1)?.to ?? to);
    if (measure === "return") {
      const [first, end] = [runs[0]?.from ?? from, runs.at(-1)?.to ?? to];
      merged.documents += await returns.addTo(merged.histogram, symbol, first, end);
    } else await Promise.all(runs.map((run) => addRun(bars, symbol, run, measure, merged)));
  }
  return merged;
}

async function addRun(
  bars: BarReader,
  symbol: string,
  run: Run,
  measure: Exclude<Measure, "return">,
  merged: Merged,
): Promise<void> {
  const query: SketchQuery = { symbol, ...run, part: measure === "price" ? "profile" : "sketch" };
  for await (const windows of bars.sketches(query)) {
    merged.documents += windows.length;
    for (const window of windows) addWindow(window, run.interval, measure, merged);
  }
}

function addWindow(
  { encoded, start, firstOffset, lastOffset }: StoredSketch,
  interval: Run["interval"],
  measure: Exclude<Measure, "return">,
  merged: Merged,
): void {
  if (!merged.first || firstOffset < merged.first.offset) merged.first = { interval, start, offset: firstOffset };
  merged.lastOffset = Math.max(merged.lastOffset, lastOffset);
  const bytes = Buffer.from(encoded, "base64");
  if (measure === "price") {
    merged.profile.mergeEncoded(bytes);
    return;
  }
  const part = readPart(bytes, measure);
  if (part) merged.histogram.mergeEncoded(part);
  const venues = measure === "size" ? readPart(bytes, "venues") : null;
  if (venues) merged.venues.merge(HyperLogLog.decode(venues));
}
