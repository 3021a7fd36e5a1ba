import type { TradedSession } from "../calendar/day-sessions.ts";
import type { Micros } from "../interval.ts";
import { combine } from "./bars.ts";
import type { CompositeOperation } from "./name.ts";

/** What of a leg's quote its composite is made from. */
export interface LegQuote {
  last: number | null;
  previousClose: number | null;
  session: TradedSession | null;
  base: number | null;
  bid: number | null;
  ask: number | null;
  dayOpen: number | null;
  dayClose: number | null;
  dayTrades: number | null;
  time: Micros | null;
  tradeTime: Micros | null;
  watermark: Micros | null;
  byContent: boolean;
  halted: { since: Micros; reason: string | null } | null;
}

const older = (a: Micros | null, b: Micros | null): Micros | null => (a === null || b === null ? null : Math.min(a, b));

/** Up to when nothing of a leg is missing: its newest tick, or a later proof that there was none. */
const knownTo = ({ time, watermark }: LegQuote): Micros | null =>
  time === null ? null : Math.max(time, watermark ?? time);

/**
 * The quote of a composite: as old as the older of both. Bid and ask are what both legs' best quotes come to when it is sold and bought:
 * of the right leg the other side. Nothing of it is traded, so it has neither sizes nor a volume; nor a high and low of the day, which
 * those of the legs do not give. Legs in different sessions are held against both previous closes. Its trades of the day are those of both, where both traded; it is halted while either of them is,
 * with since and reason of the left one where both are: all halts of both are those of `symbol.halts`.
 */
export function composeQuote(operation: CompositeOperation, left: LegQuote, right: LegQuote) {
  const previousClose = combine(operation, left.previousClose, right.previousClose);
  const isTogether = left.session === right.session;
  return {
    last: combine(operation, left.last, right.last),
    previousClose,
    session: isTogether ? left.session : null,
    base: isTogether ? combine(operation, left.base, right.base) : previousClose,
    bid: combine(operation, left.bid, right.ask),
    bidSize: null,
    ask: combine(operation, left.ask, right.bid),
    askSize: null,
    dayOpen: combine(operation, left.dayOpen, right.dayOpen),
    dayHigh: null,
    dayLow: null,
    dayClose: combine(operation, left.dayClose, right.dayClose),
    dayVolume: null,
    dayVwap: null,
    dayTrades: left.dayTrades && right.dayTrades ? left.dayTrades + right.dayTrades : null,
    time: older(left.time, right.time),
    tradeTime: older(left.tradeTime, right.tradeTime),
    watermark: older(knownTo(left), knownTo(right)),
    byContent: left.byContent || right.byContent,
    halted: left.halted ?? right.halted,
  };
}
