import { z } from "zod";
import { ruleContentSchema } from "../../contracts/alerts.ts";
import type { StoredBar } from "../../contracts/stores.ts";
import type { AlertPreview } from "../../contracts/views.ts";
import { RuleReplay } from "../../domain/alerts/replay.ts";
import { type AlertBar, followedInterval } from "../../domain/alerts/rule.ts";
import { DAY, INTERVAL_LENGTH } from "../../domain/interval.ts";
import type { Services } from "../services.ts";

export const alertPreviewInput = ruleContentSchema
  .pick({
    symbol: true,
    condition: true,
    frequency: true,
    interval: true,
    session: true,
  })
  .extend({ days: z.int().min(1).max(31).default(7) });

/** Firings that are told one by one. */
const TOLD = 20;

/**
 * How often a rule would have fired over the last days, by the same steps as live, from stored bars. What happened within a bar is not stored:
 * a bar fires once at most, and of its open, high, low and close it counts whether the level lies between.
 */
export async function alertPreview(
  { bars, now }: Pick<Services, "bars" | "now">,
  { days, ...content }: z.infer<typeof alertPreviewInput>,
): Promise<AlertPreview> {
  const rule = { ...content, expires: null };
  const interval = followedInterval(rule);
  const replay = new RuleReplay(rule, TOLD);
  let from: number | null = null;
  let to: number | null = null;
  for await (const bar of onePerWindow(bars.scan({ symbol: rule.symbol, interval, from: now() - days * DAY }))) {
    replay.add(storedAlertBar(bar));
    from ??= bar.start;
    to = bar.start;
  }
  const { count, newest, bars: looked } = replay.result();
  const told = newest.map(({ time, price, start }) => ({ time, price, start }));
  return { count, newest: told, interval, bars: looked, from, to };
}

/** Of a window that was built and given, which stand next to each other, the built bar where it is complete, else the given one. */
async function* onePerWindow(pages: AsyncIterable<StoredBar[]>): AsyncGenerator<StoredBar> {
  let held = null as StoredBar | null;
  for await (const page of pages) {
    for (const bar of page) {
      if (held && held.start !== bar.start) yield held;
      held = held?.start === bar.start && isBetter(held, bar) ? held : bar;
    }
  }
  if (held) yield held;
}

function isBetter(one: StoredBar, other: StoredBar): boolean {
  if (one.given) return other.given || !other.complete;
  return one.complete || !other.given;
}

/** A stored bar as rules see it: as fresh as it can be. */
function storedAlertBar(bar: StoredBar): AlertBar {
  const { interval, start, high, low, close, volume } = bar;
  const shared = { interval, start, high, low, close, volume, trades: bar.trades ?? 0, age: 0 };
  if (bar.given) {
    const { epoch, offset, line } = bar;
    const end = start + INTERVAL_LENGTH[interval];
    return { ...shared, session: "regular", final: true, time: end, epoch, offset, line };
  }
  const { session, final, end, epoch, lineage } = bar;
  return {
    ...shared,
    session,
    final,
    time: final ? end : lineage.lastTime,
    epoch,
    offset: lineage.lastOffset,
    line: lineage.lastLine,
  };
}
