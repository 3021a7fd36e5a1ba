import { SECOND, type Micros } from "../domain/interval.ts";
import type { Feed } from "../feeds/feed.ts";
import type { ChannelStatus } from "./channel-status.ts";
import type { ChannelSymbols } from "./channel-symbols.ts";
import { momentOf, type Clock } from "./clock.ts";

/** A trade of history this old was sent long ago by any stream that works. */
const SENT_WITHIN: Micros = 5 * SECOND;

interface QuietStream {
  feed: Feed;
  symbols: ChannelSymbols;
  status: ChannelStatus;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * Whether a stream that answers pings and sends no tick has been left behind: history has a trade of the symbol that traded last which the stream never
 * sent. A market in which nothing is traded has none; neither has a history that does not answer, which proves nothing.
 */
export async function isLeftBehind({ feed, symbols, status, clock, signal }: QuietStream): Promise<boolean> {
  const [newest] = symbols.all().toSorted((a, b) => (b.run.last?.time ?? 0) - (a.run.last?.time ?? 0));
  const last = newest?.run.last;
  if (!newest || !last) return false;
  const to = Math.floor(status.clockOffset.at(momentOf(clock))) - SENT_WITHIN;
  const request = { ticker: newest.ticker, afterId: last.id, from: last.time, to, signal };
  try {
    for await (const batch of feed.trades(request)) {
      if (batch.some((tick) => tick.type === "trade" && !newest.run.has(tick))) return true;
    }
  } catch {
    // The stream says by itself when it breaks.
  }
  return false;
}
