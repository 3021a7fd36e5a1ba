import { INTERVALS, isInterval, type Interval, type Micros } from "#lib/domain/interval.ts";
import type { AdjustmentMode } from "#lib/domain/adjustment/steps.ts";
import { isAdjustment } from "./adjustments.ts";
import { isChartType, type ChartType } from "./chart-types.ts";
import { type ChosenIndicator, formatIndicators, parseIndicators, USUAL_INDICATORS } from "./chosen-indicators.ts";
import { formatCompared, parseCompared } from "./compared.ts";
import { isoSecond } from "./clock.ts";
import { formatPriceRange, isScaleKind, parsePriceRange, type PriceRange, type ScaleKind } from "./price-scales.ts";
import { parseZone } from "./zone.ts";

/** Trades drawn from a range: the same ones for the same seed. */
export interface SampleLink {
  from: Micros;
  to: Micros;
  seed: number;
}

/** How time is drawn. */
export interface TimeView {
  /** Pre- and post-market too. */
  extended: boolean;
  /** Closed time, halts and gaps take their true width. */
  linear: boolean;
}

/** What a link keeps of a chart. */
export interface ChartState {
  interval: Interval;
  type: ChartType;
  scale: ScaleKind;
  /** What is done to prices and volumes. */
  adjust: AdjustmentMode;
  /** Prices at the edges of the plot, where somebody set them; null: those of the bars in sight. */
  prices: PriceRange | null;
  /** Bars in sight; null: as many as fit at the usual size. */
  bars: number | null;
  /** Start of the rightmost bar, microseconds; null: the newest, wherever that is. */
  to: number | null;
  indicators: readonly ChosenIndicator[];
  /** Symbols that this one is compared with. */
  compared: readonly string[];
  time: TimeView;
}

/** What the address of a symbol's page keeps. */
export interface ChartLink extends ChartState {
  /** The sample of trades that lies open. */
  sample: SampleLink | null;
  /** Start of the bar whose lineage lies open at first, microseconds. */
  bar: number | null;
  /** The zone of its times: a choice or a name; null: as the person has chosen. */
  zone: string | null;
}

const DEFAULT_INTERVAL: Interval = "5m";
const MOST_BARS = 20_000;
/** Seeds lie below 2^31. */
const MOST_SEED = 2 ** 31 - 1;

type Parameters = Readonly<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? "";

/** A chart as nobody has changed it. */
export const USUAL_CHART: ChartState = {
  interval: DEFAULT_INTERVAL,
  type: "candles",
  scale: "linear",
  adjust: "split",
  prices: null,
  bars: null,
  to: null,
  indicators: USUAL_INDICATORS,
  compared: [],
  time: { extended: true, linear: false },
};

/** Anything that is not understood is as if it were not there. */
export function parseChartLink(parameters: Parameters): ChartLink {
  const bar = Date.parse(one(parameters["bar"]));
  return {
    ...parseChartState(parameters),
    sample: parseSample(one(parameters["sample"])),
    bar: Number.isFinite(bar) ? bar * 1_000 : null,
    zone: parseZone(one(parameters["tz"])),
  };
}

/** As above, of the chart alone. */
export function parseChartState(parameters: Parameters): ChartState {
  const interval = one(parameters["interval"]);
  const bars = Number.parseInt(one(parameters["bars"]), 10);
  const to = Date.parse(one(parameters["to"]));
  const type = one(parameters["type"]);
  const scale = one(parameters["scale"]);
  const adjust = one(parameters["adjust"]);
  return {
    interval: isInterval(interval) ? interval : USUAL_CHART.interval,
    type: isChartType(type) ? type : USUAL_CHART.type,
    scale: isScaleKind(scale) ? scale : USUAL_CHART.scale,
    adjust: isAdjustment(adjust) ? adjust : USUAL_CHART.adjust,
    prices: parsePriceRange(one(parameters["prices"])),
    bars: bars > 0 && bars <= MOST_BARS ? bars : null,
    to: Number.isFinite(to) ? to * 1_000 : null,
    indicators: parseIndicators(one(parameters["ind"])),
    compared: parseCompared(one(parameters["compare"])),
    time: { extended: one(parameters["extended"]) !== "off", linear: one(parameters["time"]) === "linear" },
  };
}

/** `‹from›,‹to›,‹seed›`. */
function parseSample(text: string): SampleLink | null {
  const [from = "", to = "", seed = ""] = text.split(",");
  const link = { from: Date.parse(from) * 1_000, to: Date.parse(to) * 1_000, seed: Number(seed) };
  return link.from < link.to && /^\d{1,10}$/.test(seed) && link.seed <= MOST_SEED ? link : null;
}

/** The address's query, with `?`; empty where everything is as usual. */
export function formatChartLink(link: ChartLink): string {
  const { sample, bar, zone } = link;
  const parameters = chartParameters(link);
  if (sample) parameters.set("sample", `${isoSecond(sample.from)},${isoSecond(sample.to)},${sample.seed}`);
  if (bar !== null) parameters.set("bar", isoSecond(bar));
  if (zone !== null) parameters.set("tz", zone);
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}

/** What of a chart is not as usual. */
export function chartParameters({
  interval,
  type,
  scale,
  adjust,
  prices,
  bars,
  to,
  time,
  ...chart
}: ChartState): URLSearchParams {
  const parameters = new URLSearchParams();
  if (interval !== USUAL_CHART.interval) parameters.set("interval", interval);
  if (type !== USUAL_CHART.type) parameters.set("type", type);
  if (scale !== USUAL_CHART.scale) parameters.set("scale", scale);
  if (adjust !== USUAL_CHART.adjust) parameters.set("adjust", adjust);
  if (prices) parameters.set("prices", formatPriceRange(prices));
  if (bars !== null) parameters.set("bars", String(bars));
  if (to !== null) parameters.set("to", isoSecond(to));
  const indicators = formatIndicators(chart.indicators);
  if (indicators !== "") parameters.set("ind", indicators);
  if (chart.compared.length > 0) parameters.set("compare", formatCompared(chart.compared));
  if (time.linear) parameters.set("time", "linear");
  if (!time.extended) parameters.set("extended", "off");
  return parameters;
}

/** Any seed. */
export function newSeed(): number {
  return Math.floor(Math.random() * (MOST_SEED + 1));
}

/** `1` to `5`. */
export function intervalOfKey(key: string): Interval | null {
  return /^[1-5]$/.test(key) ? (INTERVALS[Number(key) - 1] ?? null) : null;
}
