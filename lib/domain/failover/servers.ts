import { backoff, type BackoffLimits } from "../backoff.ts";
import { HOUR, MINUTE, SECOND, type Micros } from "../interval.ts";

/**
 * Why a server of a source does not serve. `country`: it refuses addresses of this country. `refused`: it refuses us. `limited`: the source asks for
 * less, wherever it is asked. `silent`: it does not answer, or says nothing more. `garbled`: what it says cannot be understood.
 */
export const TROUBLES = ["country", "refused", "limited", "unreachable", "silent", "closed", "garbled"] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What is known of one server, in the order of priority. Times by one clock that never goes back, microseconds. */
export interface ServerState {
  /** Of its newest failure; null: it is not known to be bad. */
  readonly trouble: Trouble | null;
  readonly failedAt: Micros | null;
  /** Known to be bad until then. */
  readonly retryAt: Micros;
  /** In a row. */
  readonly failures: number;
  /** How often it failed to serve in this outage, that is since any server of the source last served well. */
  readonly tries: number;
  /** Since when it works again, as far as was tried, after its newest failure. */
  readonly workingSince: Micros | null;
  /** How often in a row it failed soon after it had been turned to as one that works. */
  readonly relapses: number;
}

export interface Failure {
  trouble: Trouble;
  time: Micros;
  /** How long it had served, zero where it never began to; null: it was only tried, beside one that serves. */
  served: Micros | null;
  /** In [0, 1). */
  random: number;
}

const UNTRIED: ServerState = {
  trouble: null,
  failedAt: null,
  retryAt: -Infinity,
  failures: 0,
  tries: 0,
  workingSince: null,
  relapses: 0,
};

/** Milliseconds for which a server is left alone, doubling with each failure in a row. */
const USUAL: BackoffLimits = { first: 500, most: 30_000 };
const UNWELCOME: BackoffLimits = { first: 60_000, most: 600_000 };
/** A country does not change soon. */
const ABROAD: BackoffLimits = { first: 600_000, most: 3_600_000 };
const LONGEST_PAUSE: Micros = HOUR;

/** A server that served this long was a good one: its next failure is the first again. */
export const GOOD_SERVICE: Micros = 30 * SECOND;
/** One that closes the connection after this long only wants a new one, as servers do once a day. */
const LONG_SERVICE: Micros = 10 * MINUTE;

/** A better server has to have worked this long before a healthy one is left for it; doubles with each relapse. */
export const STEADY = { first: MINUTE, most: 16 * MINUTE };
/** How often a better server is tried that is not known to be bad any more. */
export const PROBE_EVERY: Micros = 30 * SECOND;
/** Within this time of the best server's working for good it serves again. */
export const RETURN_WITHIN: Micros = LONGEST_PAUSE + STEADY.most + 2 * PROBE_EVERY;

export function untried(count: number): readonly ServerState[] {
  return Array.from({ length: count }, () => UNTRIED);
}

/** How long a server is left alone after so many failures in a row. */
export function pauseAfter(trouble: Trouble, failures: number, random: number): Micros {
  const limits = trouble === "country" ? ABROAD : isUnwelcome(trouble) ? UNWELCOME : USUAL;
  return Math.round(backoff(failures, limits, random) * 1_000);
}

function isUnwelcome(trouble: Trouble): boolean {
  return trouble === "limited" || trouble === "refused";
}

/** What is known when the server at `place` has failed. */
export function afterFailure(servers: readonly ServerState[], place: number, failure: Failure): readonly ServerState[] {
  const { trouble, time, served } = failure;
  const known = (served ?? 0) >= GOOD_SERVICE ? servers.map((server) => ({ ...server, tries: 0 })) : servers;
  const failed = known.map((server, index) => (index === place ? failing(server, failure) : server));
  if (trouble !== "limited") return failed;
  // Asking another server of a source that wants to be asked less is asking no less.
  const until = failed[place]?.retryAt ?? time;
  return failed.map((server) => (server.retryAt >= until ? server : heldUntil(server, time, until)));
}

function heldUntil(server: ServerState, failedAt: Micros, retryAt: Micros): ServerState {
  return { ...server, trouble: "limited", failedAt, retryAt, workingSince: null };
}

function failing(server: ServerState, { trouble, time, served, random }: Failure): ServerState {
  if (trouble === "closed" && (served ?? 0) >= LONG_SERVICE) return UNTRIED;
  const failures = (served ?? 0) >= GOOD_SERVICE ? 1 : server.failures + 1;
  const tries = server.tries + (served === null ? 0 : 1);
  const retryAt = time + pauseAfter(trouble, failures, random);
  const relapses = relapsesAfter(server, served);
  return { trouble, failedAt: time, retryAt, failures, tries, workingSince: null, relapses };
}

/** One that does not begin to serve has relapsed if it had worked when it was tried, and not if it was down all the time. */
function relapsesAfter({ relapses, workingSince }: ServerState, served: Micros | null): number {
  if (served === null || (served === 0 && workingSince === null)) return relapses;
  return served >= LONG_SERVICE ? 0 : relapses + 1;
}

/** What is known when the server at `place` served well and was left for a better one. */
export function afterService(servers: readonly ServerState[], place: number): readonly ServerState[] {
  return servers.map((server, index) =>
    index === place ? { ...server, trouble: null, failures: 0, tries: 0 } : server,
  );
}

/** What is known when the server at `place` was tried, and works. */
export function afterProbe(servers: readonly ServerState[], place: number, time: Micros): readonly ServerState[] {
  return servers.map((server, index) =>
    index === place ? { ...server, failures: 0, workingSince: server.workingSince ?? time } : server,
  );
}

/**
 * Which server to connect to, and when. `serving`: the one that serves and is to be left for no reason of its own, so that only a better one that is
 * proven takes its place; null where there is none. Nobody waits while a server may be tried.
 */
export function nextServer(
  servers: readonly ServerState[],
  now: Micros,
  serving: number | null,
): { place: number; at: Micros } {
  if (serving !== null) return { place: firstProven(servers, now, serving) ?? serving, at: now };
  const first = firstChoice(servers, now);
  if (first !== null) return { place: first, at: now };
  const at = Math.min(...servers.map(({ retryAt }) => retryAt));
  return { place: servers.findIndex(({ retryAt }) => retryAt === at), at };
}

/**
 * The server to turn to now, where none serves, of those not `passed` over; null where each of them is known to be bad. None is tried again in an
 * outage before the others were; then one that failed comes after those that did not, unless it has proved itself since; then the fewest failures in
 * a row decide, and then the priority.
 */
export function firstChoice(
  servers: readonly ServerState[],
  now: Micros,
  passed: ReadonlySet<number> = new Set(),
): number | null {
  const [best] = servers
    .map((server, place) => ({ ...server, place, doubt: server.trouble === null || isSteady(server, now) ? 0 : 1 }))
    .filter(({ place, retryAt }) => retryAt <= now && !passed.has(place))
    .toSorted((a, b) => a.tries - b.tries || a.doubt - b.doubt || a.failures - b.failures || a.place - b.place);
  return best?.place ?? null;
}

/** The servers before the serving one that are worth a try now, best first. */
export function worthAProbe(servers: readonly ServerState[], now: Micros, serving: number): number[] {
  return servers.flatMap(({ retryAt }, place) => (place < serving && retryAt <= now ? [place] : []));
}

/** Whether a better server than the serving one has worked for long enough that the serving one is left for it. */
export function isProven(servers: readonly ServerState[], now: Micros, serving: number): boolean {
  return firstProven(servers, now, serving) !== null;
}

function firstProven(servers: readonly ServerState[], now: Micros, serving: number): number | null {
  const place = servers.findIndex((server) => isSteady(server, now));
  return place >= 0 && place < serving ? place : null;
}

function isSteady({ workingSince, relapses }: ServerState, now: Micros): boolean {
  return workingSince !== null && now - workingSince >= steadyFor(relapses);
}

function steadyFor(relapses: number): Micros {
  return Math.min(STEADY.most, STEADY.first * 2 ** Math.min(relapses, 30));
}
