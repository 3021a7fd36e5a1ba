import type { ChannelDocument, PartitionReport, WorkerDocument } from "../../contracts/sources.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";

export type HealthStatus = "ok" | "degraded" | "down";

export interface WorkerHealth {
  id: string;
  role: WorkerDocument["role"];
  alive: boolean;
  /** Seconds since its last report. */
  age: number;
  /** Frames behind the end of the log, over its partitions. */
  lag: number;
  partitions: {
    partition: number;
    position: number;
    end: number;
    lag: number;
    /** Seconds since its last checkpoint; null before the first. */
    checkpointAge: number | null;
    watermark: Micros | null;
  }[];
}

export interface HealthView {
  status: HealthStatus;
  /** Why it is not ok, in words that say what to do; empty when it is. */
  reasons: string[];
  elasticsearch: boolean;
  /** Whether the web server reads the live log. */
  live: boolean;
  workers: WorkerHealth[];
  /** `server`: the address of the one that serves and its place in the order, 1 the best; null where none does, or the source has none. */
  channels: (Pick<ChannelDocument, "channel" | "state" | "reason" | "rate" | "lag"> & {
    server: { address: string; place: number } | null;
  })[];
  serverTime: Micros;
}

export interface HealthInput {
  elasticsearch: boolean;
  live: boolean;
  /** null where Elasticsearch did not give them. */
  workers: readonly WorkerDocument[] | null;
  channels: readonly ChannelDocument[] | null;
  partitions: number;
  now: Micros;
}

/** Workers report every two seconds. */
const WORKER_SILENCE: Micros = 10 * SECOND;
/** Checkpoints come every two seconds while anything is read, of alerts without rules every twenty. */
const CHECKPOINT_LATE: Micros = 30 * SECOND;

/** `down`: something that everything needs does not work. `degraded`: a part of the market is not live. Progress decides, not presence. */
export function decideHealth(input: HealthInput): HealthView {
  const { elasticsearch, live, now } = input;
  const workers = (input.workers ?? []).map((worker) => workerHealth(worker, now));
  const channels = input.channels ?? [];
  const down = [
    ...(elasticsearch ? [] : ["Elasticsearch does not answer."]),
    ...(live ? [] : ["The live log is not read: the Kafka brokers do not answer."]),
    ...(input.workers ? missingRoles(workers) : []),
  ];
  const degraded = [
    ...(input.workers ? missingAlerts(workers) : []),
    ...(["aggregate", "alerts"] as const).flatMap((role) => lateWorkers(workers, role, input.partitions)),
    ...channels.flatMap((channel) => channelTrouble(channel, now) ?? []),
  ];
  return {
    status: down.length > 0 ? "down" : degraded.length > 0 ? "degraded" : "ok",
    reasons: [...down, ...degraded],
    elasticsearch,
    live,
    workers,
    channels: channels.map(({ channel, state, reason, rate, lag, servers }) => {
      return { channel, state, reason, rate, lag, server: servingOf(servers) };
    }),
    serverTime: now,
  };
}

function servingOf(servers: ChannelDocument["servers"] = []): HealthView["channels"][number]["server"] {
  const index = servers.findIndex(({ serving }) => serving);
  const server = servers[index];
  return server ? { address: server.address, place: index + 1 } : null;
}

function workerHealth({ id, role, updated, partitions }: WorkerDocument, now: Micros): WorkerHealth {
  const reports = partitions.map((report) => partitionHealth(report, now));
  return {
    id,
    role,
    alive: now - updated <= WORKER_SILENCE,
    age: (now - updated) / SECOND,
    lag: reports.reduce((sum, { lag }) => sum + lag, 0),
    partitions: reports,
  };
}

function partitionHealth(report: PartitionReport, now: Micros): WorkerHealth["partitions"][number] {
  const { partition, position, end, checkpointTime, watermark } = report;
  const checkpointAge = checkpointTime === null ? null : (now - checkpointTime) / SECOND;
  return { partition, position, end, lag: Math.max(0, end - position), checkpointAge, watermark };
}

function missingRoles(workers: readonly WorkerHealth[]): string[] {
  return (["ingest", "aggregate"] as const)
    .filter((role) => !workers.some((worker) => worker.role === role && worker.alive))
    .map((role) => `No ${role} process reports.`);
}

function missingAlerts(workers: readonly WorkerHealth[]): string[] {
  const isThere = workers.some(({ role, alive }) => role === "alerts" && alive);
  return isThere ? [] : ["No alerts process reports: no alert fires."];
}

/** How trouble with the partitions of a role is said. */
const WORDS = {
  aggregate: { nobody: "Nobody aggregates partition", still: (partition: number) => `Partition ${partition} stands` },
  alerts: {
    nobody: "Nobody judges the alerts of partition",
    still: (partition: number) => `Alerts of partition ${partition} stand`,
  },
};

function lateWorkers(workers: readonly WorkerHealth[], role: keyof typeof WORDS, partitions: number): string[] {
  const { nobody, still } = WORDS[role];
  const owned = workers.filter((worker) => worker.alive && worker.role === role).flatMap((worker) => worker.partitions);
  const held = new Set(owned.map(({ partition }) => partition));
  const orphans = Array.from({ length: partitions }, (_, partition) => partition).filter((each) => !held.has(each));
  const late = owned.filter(({ lag, checkpointAge }) => lag > 0 && (checkpointAge ?? 0) > CHECKPOINT_LATE / SECOND);
  return [
    ...(owned.length > 0 && orphans.length > 0 ? [`${nobody} ${orphans.join(", ")}.`] : []),
    ...late.map(({ partition, lag, checkpointAge }) => {
      return `${still(partition)} still: ${lag} frames behind, last checkpoint ${Math.round(checkpointAge ?? 0)} s ago.`;
    }),
  ];
}

function channelTrouble({ channel, state, reason, leaseUntil, symbols }: ChannelDocument, now: Micros): string | null {
  if (symbols === 0) return null;
  if (leaseUntil < now) return `Nobody collects ${channel}.`;
  if (state === "live" || state === "filling") return null;
  const words = `${channel} is ${state}${reason === null ? "" : `: ${reason}`}`;
  return /[.?!]$/.test(words) ? words : `${words}.`;
}
