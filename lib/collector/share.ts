import type { ChannelDocument, WorkerDocument } from "../contracts/sources.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { murmur2 } from "../domain/partition.ts";

/** A lease is taken over this long after its last renewal. */
export const LEASE_LENGTH: Micros = 5 * SECOND;
/** A worker that has not reported for this long gets no share. */
const WORKER_SILENCE: Micros = 5 * SECOND;

export interface ShareInput {
  worker: string;
  /** Names of all channels that there should be. */
  planned: readonly string[];
  /** Names of those that this worker holds. */
  held: readonly string[];
  documents: readonly Pick<ChannelDocument, "channel" | "holder" | "leaseUntil">[];
  workers: readonly Pick<WorkerDocument, "id" | "role" | "updated">[];
  now: Micros;
}

export interface Share {
  /** Free channels to try for, in this order. */
  take: string[];
  /** Held ones to give back, because others have less to do. */
  release: string[];
}

/**
 * Each of the living ingest workers holds at most ceil(channels / workers). Workers prefer different channels, by a hash, so that those which start
 * together do not all try for the same ones.
 */
export function decideShare({ worker, planned, held, documents, workers, now }: ShareInput): Share {
  const alive = workers.filter(({ role, updated }) => role === "ingest" && now - updated <= WORKER_SILENCE);
  const count = new Set([worker, ...alive.map(({ id }) => id)]).size;
  const share = Math.ceil(planned.length / count);
  const taken = new Set(
    documents.filter(({ holder, leaseUntil }) => holder !== null && holder !== worker && leaseUntil > now).map(name),
  );
  const preference = new Map(planned.map((channel) => [channel, preferenceOf(worker, channel)]));
  const byPreference = (a: string, b: string): number => (preference.get(a) ?? 0) - (preference.get(b) ?? 0);
  const wanted = held.filter((channel) => preference.has(channel)).toSorted(byPreference);
  const free = planned.filter((channel) => !taken.has(channel) && !held.includes(channel)).toSorted(byPreference);
  return { take: free.slice(0, Math.max(0, share - wanted.length)), release: wanted.slice(share) };
}

const name = ({ channel }: { channel: string }): string => channel;
const encoder = new TextEncoder();

function preferenceOf(worker: string, channel: string): number {
  return murmur2(encoder.encode(`${channel}|${worker}`));
}
