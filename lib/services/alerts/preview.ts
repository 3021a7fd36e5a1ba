import { z } from "zod";
import { ruleContentSchema } from "../../contracts/alerts.ts";
import type { BarReader, WatchedBar } from "../../contracts/stores.ts";
import type { AlertPreview } from "../../contracts/alert-views.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { Adjuster, times } from "../../domain/adjustment/adjuster.ts";
import { stepsOf } from "../../domain/adjustment/steps.ts";
import { RuleReplay } from "../../domain/alerts/replay.ts";
import { type AlertBar, type AlertInterval, followedInterval } from "../../domain/alerts/rule.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { DAY, type Micros } from "../../domain/interval.ts";
import type { Services } from "../services.ts";

export const alertPreviewInput = ruleContentSchema
  .pick({
    symbol: true,
    condition: true,
    frequency: true,
    interval: true,
    session: true,
  })
  .extend({ days: z.int().min(1).max(7).default(7) });

/** Firings that are told one by one. */
const TOLD = 20;

type Needs = Pick<Services, "now" | "watched"> & {
  bars: Pick<BarReader, "watched">;
  directory: { get: (symbol: string) => Promise<{ ticker: Pick<Ticker, "actions" | "calendar"> }> };
};

/**
 * How often a rule would have fired over the last days, by the same steps as live, from stored bars. What happened within a bar is not stored:
 * a bar fires once at most, and of its open, high, low and close it counts whether the level lies between. All who try rules on the same bars
 * within a minute share one read of them. NOT_FOUND.
 */
export async function alertPreview(
  { bars, directory, watched, now }: Needs,
  { days, ...content }: z.infer<typeof alertPreviewInput>,
): Promise<AlertPreview> {
  const { symbol } = content;
  const { ticker } = await directory.get(symbol);
  const rule = { ...content, expires: null };
  const interval = followedInterval(rule);
  const time = now();
  const from = time - days * DAY;
  const looked = await watched.get(`${symbol}|${interval}|${days}`, () => read(bars, { symbol, interval, from }));
  const replay = new RuleReplay(rule, TOLD);
  const steps = stepsOf(ticker.actions, "split", { calendar: calendarOf(ticker.calendar), now: time, closes: [] });
  const adjuster = new Adjuster(steps);
  for (const bar of looked) replay.add(lookAt(inPresentShares(bar, adjuster), interval, time));
  const { count, newest, bars: number } = replay.result();
  const told = newest.map((firing) => ({ time: firing.time, price: firing.price, start: firing.start }));
  return {
    count,
    newest: told,
    interval,
    bars: number,
    from: looked[0]?.start ?? null,
    to: looked.at(-1)?.start ?? null,
  };
}

async function read(
  bars: Needs["bars"],
  query: { symbol: string; interval: AlertInterval; from: Micros },
): Promise<WatchedBar[]> {
  const found: WatchedBar[] = [];
  for await (const page of bars.watched(query)) for (const bar of page) found.push(bar);
  return found;
}

/** Levels are meant in the shares of today: what was traded before a split is turned into those. */
function inPresentShares(bar: WatchedBar, adjuster: Adjuster): WatchedBar {
  const { price, volume } = adjuster.factorsAt(bar.start);
  return {
    ...bar,
    high: times(bar.high, price),
    low: times(bar.low, price),
    close: times(bar.close, price),
    volume: times(bar.volume, volume),
  };
}

/** A stored bar as rules see it: as fresh as it can be, and looked at once, so that places in the log tell nothing apart. */
function lookAt({ end, ...bar }: WatchedBar, interval: AlertInterval, now: Micros): AlertBar {
  return { ...bar, interval, time: bar.final ? end : Math.min(end, now), age: 0, epoch: 1, offset: 0, line: 0 };
}
