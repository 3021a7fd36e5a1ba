import { z } from "zod";
import { channelSchema, microsSchema, symbolSchema } from "./ticks.ts";
import { sourceSchema } from "./tickers.ts";
import { TROUBLES } from "../domain/failover/servers.ts";

/**
 * `idle`: nobody holds the channel, or it has no symbols. `connecting`: not yet, or again. `filling`: connected, the gap is being fetched.
 * `live`: connected and complete. `stale`: connected, but silent for longer than the source ever is. `failed`: not connected, see `reason`.
 */
export const CHANNEL_STATES = ["idle", "connecting", "filling", "live", "stale", "failed"] as const;

/** What is known of one server of a source. */
export const serverReportSchema = z.object({
  /** Host, and port where it is not the usual one. */
  address: z.string(),
  /** It was turned to, has answered, and has not failed since. */
  serving: z.boolean(),
  /** Why it failed last, and in words; null: it is not known to be bad. */
  trouble: z.enum(TROUBLES).nullable(),
  reason: z.string().nullable(),
  failedAt: microsSchema.nullable(),
  /** When it is tried again; null: it never failed. */
  retryAt: microsSchema.nullable(),
  /** Since when it works again, tried beside the one that serves. */
  workingSince: microsSchema.nullable(),
});
export type ServerReport = z.infer<typeof serverReportSchema>;

/** The document `channel|‹channel›` of the index `sources`: the lease of a channel and what its holder reports, renewed every second. */
export const channelDocumentSchema = z.object({
  kind: z.literal("channel"),
  channel: channelSchema,
  source: sourceSchema,
  /** Who holds the lease, until when; null after it was given back. */
  holder: z.string().nullable(),
  leaseUntil: microsSchema,
  /** The number of the newest `config` line that a holder was allowed to write. */
  config: z.int().nonnegative(),
  state: z.enum(CHANNEL_STATES),
  /** Why it is not live, in words that say what to do; null when all is well. */
  reason: z.string().nullable(),
  since: microsSchema,
  symbols: z.int().nonnegative(),
  /** Ticks a second over the last ten. */
  rate: z.number().nonnegative(),
  /** Receipt time minus event time of the newest tick, corrected by the clock offset; null before the first. */
  lag: z.number().nullable(),
  /** Source clock minus ours, microseconds. */
  clockOffset: z.number(),
  lastTickTime: microsSchema.nullable(),
  lastError: z.object({ time: microsSchema, message: z.string() }).nullable(),
  attempts: z.int().nonnegative(),
  nextAttempt: microsSchema.nullable(),
  /** Totals of this holder. */
  ticks: z.int().nonnegative(),
  duplicates: z.int().nonnegative(),
  gapsFound: z.int().nonnegative(),
  gapsFilled: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  /** Of a source that has any, in their order of priority. */
  servers: z.array(serverReportSchema).exactOptional(),
  updated: microsSchema,
});

export type ChannelDocument = z.infer<typeof channelDocumentSchema>;
export type ChannelState = (typeof CHANNEL_STATES)[number];

export const WORKER_ROLES = ["ingest", "aggregate", "alerts", "web"] as const;

/** What one aggregate worker says of one partition of `ticks`. */
export const partitionReportSchema = z.object({
  partition: z.int().nonnegative(),
  /** The next offset to read, and the end of the log. */
  position: z.int().nonnegative(),
  end: z.int().nonnegative(),
  checkpoint: z.int().nonnegative(),
  checkpointTime: microsSchema.nullable(),
  watermark: microsSchema.nullable(),
  openWindows: z.int().nonnegative(),
  symbols: z.int().nonnegative(),
});

/** What one process spends of the requests that a source allows. */
export const sourceQuotaSchema = z.object({
  source: sourceSchema,
  /** Weight of the last minute, and what the source allows one address in one. */
  used: z.number().nonnegative(),
  allowed: z.number().positive(),
  /** Until when the source wants no requests of this process; null: it takes them. */
  heldUntil: microsSchema.nullable(),
  /** Those that answer requests, in their order of priority. */
  servers: z.array(serverReportSchema).exactOptional(),
});
export type SourceQuota = z.infer<typeof sourceQuotaSchema>;

/** The document `worker|‹id›` of the index `sources`, written every two seconds. */
export const workerDocumentSchema = z.object({
  kind: z.literal("worker"),
  id: z.string().min(1).max(64),
  role: z.enum(WORKER_ROLES),
  pid: z.int(),
  host: z.string(),
  version: z.string(),
  started: microsSchema,
  updated: microsSchema,
  rss: z.number(),
  partitions: z.array(partitionReportSchema),
  /** Monotonic counters by their Prometheus name. */
  counters: z.record(z.string(), z.number()),
  /** Of those that ask sources. */
  quotas: z.array(sourceQuotaSchema).exactOptional(),
});

export type WorkerDocument = z.infer<typeof workerDocumentSchema>;
export type PartitionReport = z.infer<typeof partitionReportSchema>;

export const BACKFILL_STATES = ["wanted", "fetching", "done", "failed"] as const;

/**
 * The document `backfill|‹symbol›|‹interval›|‹from›` of the index `sources`: a range of history that was asked for.
 * The API writes it as `wanted`; the collector that holds the symbol's channel takes it, fetches and reports.
 */
export const backfillDocumentSchema = z.object({
  kind: z.literal("backfill"),
  symbol: symbolSchema,
  interval: z.enum(["1m", "5m", "1h", "1d"]),
  from: microsSchema,
  to: microsSchema,
  state: z.enum(BACKFILL_STATES),
  /** Bars written so far, and the share of the range covered, 0 to 1. */
  bars: z.int().nonnegative(),
  progress: z.number().min(0).max(1),
  reason: z.string().nullable(),
  requested: microsSchema,
  updated: microsSchema,
});

export type BackfillDocument = z.infer<typeof backfillDocumentSchema>;
export type BackfillInterval = BackfillDocument["interval"];

/** A request for history of which nobody has taken notice yet. */
export function newBackfill(
  symbol: string,
  interval: BackfillInterval,
  { from, to }: { from: number; to: number },
  now: number,
): BackfillDocument {
  const progress = { state: "wanted", bars: 0, progress: 0, reason: null } as const;
  return { kind: "backfill", symbol, interval, from, to, ...progress, requested: now, updated: now };
}

export function backfillId(symbol: string, interval: string, from: number): string {
  return `backfill|${symbol}|${interval}|${from}`;
}
