import { z } from "zod";
import { adjustmentModeSchema } from "../../contracts/adjustments.ts";
import type { BarsPage, BarView } from "../../contracts/views.ts";
import type { AdjustmentMode } from "../../domain/adjustment/steps.ts";
import { DAY, SECOND, type Interval, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { barsPage, MAX_PAGE_BARS } from "../bars/page.ts";
import { symbolOf } from "../composite/instrument.ts";
import { pause } from "../pause.ts";
import { findSymbol } from "./find-symbol.ts";
import { intervalOfResolution, RESOLUTIONS } from "./resolution.ts";

/** Bars of one answer. Overflow: the newest of the range are given, and a client asks for those before. */
export const MAX_HISTORY_BARS = 10_000;
/** How long an answer waits for history that is being fetched from the source, and how often it looks. */
const PATIENCE: Micros = 4 * SECOND;
const LOOK_EVERY: Micros = SECOND / 2;
/** The last time that a date can say, seconds. */
const LAST_SECOND = 8.64e12;

const seconds = z.coerce.number().int().min(-LAST_SECOND).max(LAST_SECOND);

export const udfHistoryInput = z.object({
  symbol: z.string().min(1).max(100),
  resolution: z.string().max(8),
  /** Epoch seconds; the first bar starts here or later, unless `countback` is given, which is stronger. */
  from: seconds,
  /** The last bar starts before. */
  to: seconds,
  countback: z.int().min(0).max(1_000_000).optional(),
  /** No parameter of the protocol; its clients are charts, so without it they get what charts show. */
  adjust: adjustmentModeSchema.default("split"),
});

/** Columns of bars, `t` in epoch seconds, oldest first, without `v` where nothing is traded; or that there are none, and when the next older one is. */
export type UdfHistory =
  | { s: "ok"; t: number[]; o: number[]; h: number[]; l: number[]; c: number[]; v?: number[] }
  | { s: "no_data"; nextTime?: number };

type Needs = Parameters<typeof barsPage>[0];

/** The bars of the chart, of the regular session. NOT_FOUND; UNAVAILABLE while none is there because they are being fetched. */
export async function udfHistory(
  services: Needs,
  { symbol, resolution, from, to, countback, adjust }: z.infer<typeof udfHistoryInput>,
  signal: AbortSignal,
): Promise<UdfHistory> {
  const interval = intervalOfResolution(resolution);
  if (!interval) throw new TapedeckError("BAD_INPUT", `Resolutions are ${RESOLUTIONS.join(", ")}.`);
  const instrument = await findSymbol(services, symbol);
  const end = endOf(interval, to * SECOND);
  const begin = beginOf(interval, from * SECOND);
  if (end <= 0) return { s: "no_data" };
  const wanted = {
    symbol: symbolOf(instrument),
    interval,
    adjust,
    to: end,
    ...(countback ? { countback } : { from: begin }),
  };
  const { bars, pending } = await readPatiently(services, wanted, signal);
  if (bars.length > 0) return columns(interval, bars);
  if (pending) throw new TapedeckError("UNAVAILABLE", "These bars are being fetched from their source; ask again.");
  const before = countback ? undefined : (await newestBefore(services, wanted)).at(-1);
  return { s: "no_data", ...(before ? { nextTime: timeOf(interval, before) } : {}) };
}

interface Wanted {
  symbol: string;
  interval: Interval;
  adjust: AdjustmentMode;
  to: Micros;
  from?: Micros;
  countback?: number;
}

async function readPatiently(services: Needs, wanted: Wanted, signal: AbortSignal) {
  const until = services.now() + PATIENCE;
  for (;;) {
    const read = await readBack(services, wanted);
    if (!read.pending || services.now() >= until || signal.aborted) return read;
    await pause(LOOK_EVERY, signal);
  }
}

/** Pages back from the end until the range or the count is filled. `pending`: some of it is being fetched. */
async function readBack(services: Needs, { symbol, interval, adjust, to, from = 0, countback }: Wanted) {
  const most = Math.min(countback ?? MAX_HISTORY_BARS, MAX_HISTORY_BARS);
  const bars: BarView[] = [];
  let page: BarsPage;
  let end = to;
  do {
    const limit = Math.min(MAX_PAGE_BARS, most - bars.length);
    page = await barsPage(services, { symbol, interval, session: "regular", adjust, to: end, limit });
    bars.unshift(...page.bars);
    end = page.bars[0]?.start ?? end;
  } while (page.bars.length > 0 && page.more && bars.length < most && end > from);
  const enough = end <= from || bars.length >= most;
  const state = page.backfill?.state;
  return {
    bars: bars.filter(({ start }) => start >= from),
    pending: !enough && (state === "wanted" || state === "fetching"),
  };
}

async function newestBefore(services: Needs, { symbol, interval, adjust, from = 0 }: Wanted): Promise<BarView[]> {
  if (from <= 0) return [];
  return (await barsPage(services, { symbol, interval, session: "regular", adjust, to: from, limit: 1 })).bars;
}

function columns(interval: Interval, bars: readonly BarView[]): UdfHistory {
  const volumes = bars.flatMap(({ volume }) => volume ?? []);
  return {
    s: "ok",
    t: bars.map((bar) => timeOf(interval, bar)),
    o: bars.map(({ open }) => open),
    h: bars.map(({ high }) => high),
    l: bars.map(({ low }) => low),
    c: bars.map(({ close }) => close),
    ...(volumes.length === bars.length && { v: volumes }),
  };
}

/** Days of the protocol begin at midnight UTC, whenever their session opens; so do both ends of a range of days. */
function timeOf(interval: Interval, { start }: BarView): number {
  return (interval === "1d" ? Math.floor(start / DAY) * DAY : start) / SECOND;
}

function beginOf(interval: Interval, from: Micros): Micros {
  return Math.max(0, interval === "1d" ? Math.ceil(from / DAY) * DAY : from);
}

function endOf(interval: Interval, to: Micros): Micros {
  const end = interval === "1d" ? Math.ceil(to / DAY) * DAY : to;
  // The protocol's "far in the future" may be later than microseconds can say.
  return Math.min(end, Number.MAX_SAFE_INTEGER - 1);
}
