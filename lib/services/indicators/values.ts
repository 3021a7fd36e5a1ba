import { z } from "zod";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import { intervalSchema, microsSchema, sessionSchema } from "../../contracts/ticks.ts";
import { adjustmentModeSchema } from "../../contracts/adjustments.ts";
import type { BarView, IndicatorValues } from "../../contracts/views.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { kindOf } from "../../domain/indicators/kinds.ts";
import { leadOf } from "../../domain/indicators/lead.ts";
import { IndicatorRun } from "../../domain/indicators/run.ts";
import { formatSpec, MOST_INDICATORS, parseSpec } from "../../domain/indicators/spec.ts";
import { INTERVAL_LENGTH, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { barsPage, MAX_PAGE_BARS } from "../bars/page.ts";
import { calendarNameOf, findInstrument } from "../composite/instrument.ts";

/** The most bars of one answer. */
export const MOST_VALUES = 5_000;
/** Reads of one request, each of a page of bars: the range, and what lies before it. */
const MOST_PAGES = 8;

const specSchema = z.string().transform((text, context) => {
  const spec = parseSpec(text);
  if (spec) return spec;
  context.addIssue({ code: "custom", message: `${text} is no indicator: as sma:20, bb:20:2, macd:12:26:9` });
  return z.NEVER;
});

export const indicatorValuesInput = z
  .object({
    symbol: chartSymbolSchema,
    interval: intervalSchema,
    /** As of a page of bars. */
    session: sessionSchema.optional(),
    adjust: adjustmentModeSchema.default("raw"),
    /** Start of the first bar, inclusive; of the last, exclusive. */
    from: microsSchema,
    to: microsSchema,
    indicators: z.array(specSchema).min(1).max(MOST_INDICATORS),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] });

type Input = z.output<typeof indicatorValuesInput>;
type Needs = Parameters<typeof barsPage>[0];

/**
 * What the chart draws of indicators over a range, by the same code from the same bars. BAD_INPUT for a range of more than MOST_VALUES
 * bars, NOT_FOUND.
 */
export async function indicatorValues(services: Needs, input: Input): Promise<IndicatorValues> {
  const { symbol, interval, from, indicators } = input;
  const calendar = calendarOf(calendarNameOf(await findInstrument(services, symbol)));
  const context = { calendar, interval };
  const { bars, settled } = await readBars(services, input, (start) => leadOf(indicators, context, start));
  const shown = bars.findIndex(({ start }) => start >= from);
  const first = shown < 0 ? bars.length : shown;
  const range = bars.slice(first);
  const newest = range.at(-1);
  return {
    symbol,
    interval,
    adjust: input.adjust,
    starts: range.map(({ start }) => start),
    forming: newest && !newest.final ? newest.start : null,
    settled,
    indicators: indicators.map((spec) => {
      const rows = new IndicatorRun(spec, context).take(bars).slice(first);
      const { name, lines } = kindOf(spec.kind);
      return {
        indicator: formatSpec(spec),
        name,
        lines: lines.map((line, place) => ({ name: line.name, values: rows.map((values) => values[place] ?? null) })),
      };
    }),
  };
}

/** The bars of the range and those that its values depend on, oldest first. */
async function readBars(
  services: Needs,
  { symbol, interval, session, adjust, from, to }: Omit<Input, "indicators">,
  leadAt: (start: Micros) => ReturnType<typeof leadOf>,
): Promise<{ bars: BarView[]; settled: boolean }> {
  const query = { symbol, interval, adjust, limit: MAX_PAGE_BARS, ...(session !== undefined && { session }) };
  let bars: BarView[] = [];
  let end = to;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await barsPage(services, { ...query, to: end });
    bars = page.bars.concat(bars);
    const first = bars.findIndex(({ start }) => start >= from);
    const inRange = first < 0 ? 0 : bars.length - first;
    if (inRange > MOST_VALUES) {
      throw new TapedeckError("BAD_INPUT", `The range has more than ${MOST_VALUES} bars; ask for it in parts.`);
    }
    const oldest = page.bars[0]?.start ?? end - MAX_PAGE_BARS * INTERVAL_LENGTH[interval];
    const lead = leadAt(bars[first]?.start ?? from);
    const before = first < 0 ? bars.length : first;
    if (oldest <= from && before >= lead.bars && oldest <= lead.from) return { bars, settled: true };
    if (!page.more || oldest <= 0) break;
    end = oldest;
  }
  return { bars, settled: false };
}
