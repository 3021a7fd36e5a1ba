import type { BackfillDocument, ChannelDocument } from "../../contracts/sources.ts";
import type { Ticker, VersionedTicker } from "../../contracts/tickers.ts";
import type { TickerRow } from "../../contracts/views.ts";
import type { Micros } from "../../domain/interval.ts";
import type { LiveHub } from "../../live/hub.ts";
import { backfillStatus } from "../bars/history-plan.ts";
import type { Services } from "../services.ts";

/** What the admin's use cases need of the services. */
export type TickerNeeds = Pick<Services, "directory" | "feeds" | "now" | "sources" | "tickers"> & {
  hub: Pick<LiveHub, "latest">;
};

/** What the rows of the admin's list are made from, read once for all of them. */
export interface RowMaterial {
  channels: readonly ChannelDocument[];
  /** Requests that are not done. */
  backfills: readonly BackfillDocument[];
  now: Micros;
}

export async function readRowMaterial(
  { sources, now }: Pick<Services, "sources" | "now">,
  symbol?: string,
): Promise<RowMaterial> {
  const [channels, backfills] = await Promise.all([
    sources.channels(),
    sources.backfills({ states: ["wanted", "fetching", "failed"], ...(symbol === undefined ? {} : { symbol }) }),
  ]);
  return { channels, backfills, now: now() };
}

/** One row of the admin's list. */
export function tickerRow(
  { ticker, version }: VersionedTicker,
  { channels, backfills, now }: RowMaterial,
  hub: Pick<LiveHub, "latest">,
): TickerRow {
  const line = hub.latest(ticker.symbol);
  const own = backfills.filter(({ symbol }) => symbol === ticker.symbol);
  return {
    ticker,
    version,
    ...tickerStatus(ticker, channelOf(ticker, channels, line?.channel ?? null), line !== null, now),
    lastTickTime: line?.time ?? null,
    backfill: backfillStatus(own, { from: 0, to: Number.MAX_SAFE_INTEGER }),
  };
}

/** The channel on which the ticker's ticks come; before the first tick the source's channel that is worst off, for it may be its. */
function channelOf(
  ticker: Ticker,
  channels: readonly ChannelDocument[],
  channel: string | null,
): ChannelDocument | undefined {
  const ofSource = channels.filter(({ source }) => source === ticker.source);
  return (
    ofSource.find((document) => document.channel === channel) ??
    ofSource.find(({ state }) => state !== "live") ??
    ofSource[0]
  );
}

function tickerStatus(
  ticker: Ticker,
  channel: ChannelDocument | undefined,
  hasTicks: boolean,
  now: Micros,
): Pick<TickerRow, "status" | "reason"> {
  if (ticker.state !== "enabled") return { status: ticker.state, reason: null };
  if (ticker.source === "recording") return { status: "recorded", reason: null };
  if (!channel) return { status: "idle", reason: "No ingest process has taken its source yet." };
  if (channel.leaseUntil < now) return { status: "idle", reason: "No ingest process holds its channel now." };
  if (channel.state === "live" && !hasTicks) return { status: "connecting", reason: "No tick has come yet." };
  return { status: channel.state, reason: channel.reason };
}
