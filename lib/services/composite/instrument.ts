import type { Ticker } from "../../contracts/tickers.ts";
import type { InstrumentView, QuoteView } from "../../contracts/views.ts";
import type { CalendarName } from "../../domain/calendar/calendar.ts";
import { combine, isComposable, tickOf } from "../../domain/composite/bars.ts";
import { type Composite, parseComposite, shortName } from "../../domain/composite/name.ts";
import type { Interval } from "../../domain/interval.ts";
import { instrumentView } from "../instruments/instrument-view.ts";
import type { Services } from "../services.ts";

/** What a chart can be of. */
export type Instrument =
  | { composite: null; ticker: Ticker }
  | { composite: Composite; legs: readonly [Ticker, Ticker] };

/** A ticker, or a composite with those of its legs. NOT_FOUND, naming the leg that there is not. */
export async function findInstrument(
  { directory }: { directory: Pick<Services["directory"], "get"> },
  symbol: string,
): Promise<Instrument> {
  const composite = parseComposite(symbol);
  if (!composite) return { composite, ticker: (await directory.get(symbol)).ticker };
  const { ticker: left } = await directory.get(composite.left);
  const { ticker: right } = await directory.get(composite.right);
  return { composite, legs: [left, right] };
}

export function symbolOf(instrument: Instrument): string {
  return instrument.composite ? instrument.composite.symbol : instrument.ticker.symbol;
}

/** The tickers whose trades it is made of. */
export function tickersOf(instrument: Instrument): readonly Ticker[] {
  return instrument.composite ? instrument.legs : [instrument.ticker];
}

/** What its sessions are: of two the one that is open for less time, for there are only bars while both are. */
export function calendarNameOf(instrument: Instrument): CalendarName {
  const [first, second] = tickersOf(instrument).map(({ calendar }) => calendar);
  return (first === "utc" ? second : first) ?? first ?? "utc";
}

/** Whether there are bars of an interval: of a composite where the windows of both legs begin together. */
export function hasBars(instrument: Instrument, interval: Interval): boolean {
  if (!instrument.composite) return true;
  const [left, right] = instrument.legs;
  return isComposable(left.calendar, right.calendar, interval);
}

export function isSimulated(instrument: Instrument): boolean {
  return tickersOf(instrument).some(({ source }) => source === "simulator");
}

/** Ratios of one currency have none; what is of two names both. */
function currencyOf({ operation }: Composite, [left, right]: readonly [Ticker, Ticker]): string {
  if (left.currency === right.currency) return operation === "/" ? "" : left.currency;
  return `${left.currency}${operation}${right.currency}`;
}

type Quoted = (symbol: string) => Pick<QuoteView, "last"> | null;

/** What of it does not move with the market. */
export function viewOf(instrument: Instrument, feeds: Services["feeds"], quote: Quoted): InstrumentView {
  if (!instrument.composite) return instrumentView(instrument.ticker, feeds.get(instrument.ticker.source));
  const { composite, legs } = instrument;
  const [left, right] = [
    instrumentView(legs[0], feeds.get(legs[0].source)),
    instrumentView(legs[1], feeds.get(legs[1].source)),
  ];
  const { symbol, operation } = composite;
  const last = combine(operation, quote(composite.left)?.last ?? null, quote(composite.right)?.last ?? null);
  return {
    symbol,
    ...shortName(symbol),
    name: `${left.name} ${operation === "/" ? "/" : "−"} ${right.name}`,
    sector: null,
    source: left.source,
    calendar: calendarNameOf(instrument),
    currency: currencyOf(composite, legs),
    tickSize: tickOf(operation, [left.tickSize, right.tickSize], last),
    marketValue: null,
    simulated: left.simulated || right.simulated,
    recorded: left.recorded || right.recorded,
    enabled: left.enabled && right.enabled,
    silence: Math.max(left.silence, right.silence),
    delay: Math.max(left.delay, right.delay),
    legs: [left, right],
  };
}
