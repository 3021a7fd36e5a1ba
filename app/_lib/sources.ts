import type { ChannelView } from "#lib/contracts/views.ts";
import type { SourceQuota, WorkerDocument } from "#lib/contracts/sources.ts";
import type { Source } from "#lib/contracts/tickers.ts";
import { MINUTE, type Micros } from "#lib/domain/interval.ts";

export const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  simulator: "Simulator",
  coinbase: "Coinbase",
  binance: "Binance",
  recording: "Recordings",
};

/** What all channels of one source say together. */
export interface SourceSummary {
  source: Source;
  name: string;
  channels: readonly ChannelView[];
  /** Channels that are connected and complete, of those that have symbols. */
  live: number;
  total: number;
  state: ChannelView["state"];
  /** Why, when it is not live. */
  reason: string | null;
  symbols: number;
  rate: number;
  lag: number | null;
  clockOffset: number | null;
  lastError: ChannelView["lastError"];
  attempts: number;
  nextAttempt: number | null;
  lastTickTime: number | null;
}

/** The worse a state, the further back. */
const ORDER: readonly ChannelView["state"][] = ["live", "filling", "idle", "connecting", "stale", "failed"];

const most = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** A channel whose lease ran out is collected by nobody, whatever its last report says. */
export function channelState(channel: ChannelView): ChannelView["state"] {
  return channel.orphaned && channel.symbols > 0 && channel.state !== "idle" ? "failed" : channel.state;
}

function summarise(source: Source, channels: readonly ChannelView[]): SourceSummary {
  const working = channels.filter((channel) => channel.symbols > 0);
  const counted = working.length > 0 ? working : channels;
  const worst = counted.toSorted((a, b) => ORDER.indexOf(channelState(b)) - ORDER.indexOf(channelState(a)))[0];
  const errors = channels.map((channel) => channel.lastError).filter((error) => error !== null);
  return {
    source,
    name: SOURCE_NAMES[source],
    channels,
    live: working.filter((channel) => channelState(channel) === "live").length,
    total: working.length,
    state: worst ? channelState(worst) : "idle",
    reason: worst?.orphaned === true ? "No ingest process holds this channel." : (worst?.reason ?? null),
    symbols: channels.reduce((sum, channel) => sum + channel.symbols, 0),
    rate: channels.reduce((sum, channel) => sum + channel.rate, 0),
    lag: most(channels.map((channel) => channel.lag)),
    clockOffset: counted[0]?.clockOffset ?? null,
    lastError: errors.toSorted((a, b) => b.time - a.time)[0] ?? null,
    attempts: Math.max(0, ...channels.map((channel) => channel.attempts)),
    nextAttempt: most(channels.map((channel) => channel.nextAttempt)),
    lastTickTime: most(channels.map((channel) => channel.lastTickTime)),
  };
}

/** One summary a source, those that have channels, in the order of their names. Recordings are no feed. */
export function summariseSources(channels: readonly ChannelView[]): SourceSummary[] {
  return [...Map.groupBy(channels, (channel) => channel.source)]
    .filter(([source]) => source !== "recording")
    .map(([source, group]) => summarise(source, group))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export interface FeedHealth {
  well: number;
  total: number;
  /** `Coinbase failed: …`, one a source that is not well. */
  troubles: string[];
}

/** How many sources that should deliver do. */
export function feedHealth(summaries: readonly SourceSummary[]): FeedHealth {
  const wanted = summaries.filter((summary) => summary.total > 0);
  const ill = wanted.filter((summary) => summary.state !== "live" && summary.state !== "filling");
  return {
    well: wanted.length - ill.length,
    total: wanted.length,
    troubles: ill.map((summary) => `${summary.name} ${summary.state}${summary.reason ? `: ${summary.reason}` : ""}`),
  };
}

/** What all processes together spend of a source's requests; null where none of them counts any. A process that is silent for a minute spends none. */
export function quotaOf(
  workers: readonly Pick<WorkerDocument, "quotas" | "updated">[],
  source: Source,
  now: Micros,
): Omit<SourceQuota, "source"> | null {
  const reported = workers
    .filter(({ updated }) => updated > now - MINUTE)
    .flatMap(({ quotas = [] }) => quotas.filter((quota) => quota.source === source));
  const [first] = reported;
  if (!first) return null;
  const held = most(reported.map(({ heldUntil }) => heldUntil));
  return {
    used: reported.reduce((sum, { used }) => sum + used, 0),
    allowed: first.allowed,
    heldUntil: held !== null && held > now ? held : null,
  };
}
