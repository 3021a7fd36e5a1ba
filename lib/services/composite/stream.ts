import type { BarReader } from "../../contracts/stores.ts";
import type { BarUpdate, GoneBar, LiveFrame, LiveTopics, QuoteView } from "../../contracts/views.ts";
import { composeBar, isComposable } from "../../domain/composite/bars.ts";
import { type Composite, parseComposite } from "../../domain/composite/name.ts";
import { composeQuote } from "../../domain/composite/quote.ts";
import type { Interval, Micros } from "../../domain/interval.ts";
import type { LiveEvent, LiveHub } from "../../live/hub.ts";
import type { Services } from "../services.ts";
import { LegBars } from "./leg-bars.ts";

interface Needs {
  hub: Pick<LiveHub, "bars" | "quote" | "subscribe">;
  bars: Pick<BarReader, "readChart">;
  directory: Pick<Services["directory"], "list" | "peek">;
}

interface Options {
  lastEventId?: string | undefined;
  signal: AbortSignal;
}

type Update = BarUpdate | GoneBar;
type Series = Composite & { interval: Interval };

/**
 * A stream of the hub in which composites are topics like symbols: it follows their legs, and with each change of either tells what both come
 * to. The hub holds the newest of each leg; nothing else is kept from frame to frame but a stored bar of a leg that has not ticked yet.
 */
export function subscribeComposed(needs: Needs, topics: LiveTopics, options: Options): AsyncIterable<LiveEvent> {
  const named = topics.quotes === "all" ? (topics.composites ?? []) : topics.quotes;
  const quoted = named.flatMap((symbol) => parseComposite(symbol) ?? []);
  const drawn = topics.bars.flatMap(({ symbol, interval }): Series[] => {
    const composite = parseComposite(symbol);
    return composite ? [{ ...composite, interval }] : [];
  });
  if (quoted.length === 0 && drawn.length === 0) return needs.hub.subscribe(topics, options);
  return composedFrames(needs, { topics, quoted, drawn }, options);
}

interface Wanted {
  topics: LiveTopics;
  quoted: readonly Composite[];
  drawn: readonly Series[];
}

async function* composedFrames(needs: Needs, wanted: Wanted, options: Options): AsyncGenerator<LiveEvent> {
  const { topics, quoted, drawn } = wanted;
  const followed: LiveTopics = {
    quotes: topics.quotes === "all" ? "all" : listed([...topics.quotes, ...quoted.flatMap(legsOf)]),
    bars: followedBars(topics, drawn),
    prints: topics.prints,
  };
  const quotes = topics.quotes === "all" ? null : new Set(topics.quotes);
  const bars = new Set(topics.bars.map(keyOf));
  const legs = new LegBars(needs);
  await learnTickers(needs, drawn);
  for await (const { id, frame } of needs.hub.subscribe(followed, options)) {
    const told = drawn.filter((series) => hasBars(needs, series));
    const composed = await Promise.all(told.map((series) => barsOf(legs, series, frame)));
    yield {
      id,
      frame: {
        ...frame,
        quotes: [
          ...frame.quotes.filter(({ symbol }) => quotes?.has(symbol) ?? true),
          ...quoted.flatMap((composite) => quoteOf(needs.hub, composite, frame) ?? []),
        ],
        bars: [...frame.bars.filter((update) => bars.has(keyOf(update))), ...composed.flat()],
      },
    };
  }
}

const legsOf = ({ left, right }: Composite): string[] => [left, right];
const keyOf = ({ symbol, interval }: { symbol: string; interval: Interval }): string => `${symbol}|${interval}`;
const listed = (symbols: readonly string[]): string[] =>
  [...new Set(symbols)].filter((symbol) => !parseComposite(symbol));

/** Where the tickers cannot be read, what the hub has itself is told all the same. */
async function learnTickers({ directory }: Needs, drawn: readonly Series[]): Promise<void> {
  if (drawn.flatMap(legsOf).some((symbol) => !directory.peek(symbol))) await directory.list().catch(() => []);
}

/** Of two calendars there are none of hours and days, here as in pages; nor of legs that are not known. */
function hasBars({ directory }: Needs, { left, right, interval }: Series): boolean {
  const [a, b] = [directory.peek(left)?.ticker, directory.peek(right)?.ticker];
  return a !== undefined && b !== undefined && isComposable(a.calendar, b.calendar, interval);
}

function followedBars(topics: LiveTopics, drawn: readonly Series[]): LiveTopics["bars"] {
  const legs = drawn.flatMap((series) => legsOf(series).map((symbol) => ({ symbol, interval: series.interval })));
  const plain = topics.bars.filter(({ symbol }) => !parseComposite(symbol));
  return [...new Map([...plain, ...legs].map((topic) => [keyOf(topic), topic])).values()];
}

/** The composite's quote where a frame tells of either leg; null where it does not, or the other is not known. */
function quoteOf(hub: Needs["hub"], { symbol, operation, left, right }: Composite, frame: LiveFrame): QuoteView | null {
  if (!frame.quotes.some((quote) => quote.symbol === left || quote.symbol === right)) return null;
  const [a, b] = [hub.quote(left), hub.quote(right)];
  return a && b ? { symbol, ...composeQuote(operation, a, b) } : null;
}

/** What the changes of a frame make of a composite's bars, oldest first. */
async function barsOf(legs: LegBars, series: Series, frame: LiveFrame): Promise<Update[]> {
  const { left, right, interval } = series;
  const changed = frame.bars.filter(
    (update) => update.interval === interval && (update.symbol === left || update.symbol === right),
  );
  const updates: Update[] = [];
  for (const [start, news] of [...Map.groupBy(changed, (update) => update.start)].toSorted(([a], [b]) => a - b)) {
    const update = await updateOf(legs, series, start, news);
    if (update) updates.push(update);
  }
  return updates;
}

async function updateOf(legs: LegBars, series: Series, start: Micros, news: readonly Update[]): Promise<Update | null> {
  const { symbol, interval, operation, left, right } = series;
  const gone: GoneBar = { symbol, interval, start, gone: true };
  if (news.some((update) => "gone" in update)) return gone;
  const isLate = news.some((update) => "firing" in update && update.firing === "late");
  const [a, b] = await Promise.all([
    legs.at({ symbol: left, interval, start }, isLate),
    legs.at({ symbol: right, interval, start }, isLate),
  ]);
  if (!a || !b) return null;
  const bar = composeBar(operation, a, b);
  return bar ? { symbol, interval, firing: isLate ? "late" : bar.final ? "final" : "early", ...bar } : gone;
}
