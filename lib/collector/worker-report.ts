import type { SourceQuota, WorkerDocument } from "../contracts/sources.ts";
import type { ChannelStatus } from "./channel-status.ts";

/** Which process this is. */
export interface WorkerIdentity {
  id: string;
  pid: number;
  host: string;
  /** Of the code. */
  version: string;
}

export type IngestTotals = Pick<ChannelStatus, "ticks" | "duplicates" | "gapsFound" | "gapsFilled" | "rejected">;

/** The document in which an ingest process reports itself. Times in microseconds, memory in bytes. */
export function workerReport(
  { id, pid, host, version }: WorkerIdentity,
  { started, now, rss }: { started: number; now: number; rss: number },
  totals: IngestTotals & { bars: number },
  quotas: SourceQuota[],
): WorkerDocument {
  return {
    kind: "worker",
    id,
    role: "ingest",
    pid,
    host,
    version,
    started,
    updated: now,
    rss,
    partitions: [],
    quotas,
    counters: {
      tapedeck_ingest_ticks_total: totals.ticks,
      tapedeck_ingest_duplicates_total: totals.duplicates,
      tapedeck_ingest_gaps_found_total: totals.gapsFound,
      tapedeck_ingest_gaps_filled_total: totals.gapsFilled,
      tapedeck_ingest_rejected_total: totals.rejected,
      tapedeck_ingest_history_bars_total: totals.bars,
    },
  };
}

/** Sums over channels that are held and those that were. */
export function sumTotals(all: Iterable<IngestTotals>): IngestTotals {
  const sum = { ticks: 0, duplicates: 0, gapsFound: 0, gapsFilled: 0, rejected: 0 };
  for (const each of all) {
    sum.ticks += each.ticks;
    sum.duplicates += each.duplicates;
    sum.gapsFound += each.gapsFound;
    sum.gapsFilled += each.gapsFilled;
    sum.rejected += each.rejected;
  }
  return sum;
}
