import type { ServerReport, WorkerDocument } from "#lib/contracts/sources.ts";
import type { ChannelView } from "#lib/contracts/views.ts";
import type { Source } from "#lib/contracts/tickers.ts";
import { MINUTE, type Micros } from "#lib/domain/interval.ts";
import { age } from "./format.ts";

/** Which server of a source serves, and why those before it do not. */
export interface ServersView {
  /** `stream.example:9443, second of 3`; null where none serves. */
  serving: string | null;
  /** One a server that would be used before it, best first; `said` is the reason in the server's words. */
  unused: { words: string; said: string | null }[];
}

const PLACES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

const WORDS: Readonly<Record<NonNullable<ServerReport["trouble"]>, string>> = {
  country: "refused this country",
  refused: "refused us",
  limited: "asked to be asked less",
  unreachable: "could not be reached",
  silent: "said nothing",
  closed: "closed the connection",
  garbled: "sent what cannot be understood",
};

/** In words, of servers in their order of priority; null where the source has none. */
export function serversView(servers: readonly ServerReport[] | undefined, now: Micros): ServersView | null {
  if (!servers || servers.length === 0) return null;
  const place = servers.findIndex(({ serving }) => serving);
  const before = place < 0 ? servers : servers.slice(0, place);
  const count = servers.length > 1 ? `, ${PLACES[place] ?? ""} of ${servers.length}` : "";
  return {
    serving: place < 0 ? null : `${servers[place]?.address ?? ""}${count}`,
    unused: before.flatMap((server) => (server.trouble ? [{ words: unused(server, now), said: server.reason }] : [])),
  };
}

function unused({ address, trouble, retryAt, workingSince }: ServerReport, now: Micros): string {
  const what = `${address} ${trouble ? WORDS[trouble] : ""}`;
  if (workingSince !== null) return `${what}, has worked again for ${age(Math.max(0, now - workingSince))}`;
  return retryAt !== null && retryAt > now
    ? `${what}, tried again in ${age(retryAt - now)}`
    : `${what}, being tried again`;
}

/** Of a source's channels that should deliver, the servers of the one that is worst off: that of the last place, or of none. */
export function streamServers(channels: readonly ChannelView[]): readonly ServerReport[] | undefined {
  return channels
    .filter(({ symbols, servers }) => symbols > 0 && servers !== undefined)
    .toSorted((a, b) => placeOf(b) - placeOf(a))[0]?.servers;
}

function placeOf({ servers = [] }: ChannelView): number {
  const place = servers.findIndex(({ serving }) => serving);
  return place < 0 ? servers.length : place;
}

/** The servers that a source's requests go to, as the process sees them that spent most on them in the last minute. */
export function historyServers(
  workers: readonly Pick<WorkerDocument, "quotas" | "updated">[],
  source: Source,
  now: Micros,
): readonly ServerReport[] | undefined {
  return workers
    .filter(({ updated }) => updated > now - MINUTE)
    .flatMap(({ quotas = [] }) => quotas.filter((quota) => quota.source === source && quota.servers))
    .toSorted((a, b) => Number(isUsed(b.servers)) - Number(isUsed(a.servers)) || b.used - a.used)[0]?.servers;
}

function isUsed(servers: readonly ServerReport[] | undefined): boolean {
  return (servers ?? []).some(({ serving, trouble }) => serving || trouble !== null);
}
