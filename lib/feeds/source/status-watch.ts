import { setTimeout as sleep } from "node:timers/promises";
import { MOST_REASON } from "../../contracts/ticks.ts";
import { MINUTE, type Micros } from "../../domain/interval.ts";
import type { FeedEvent, FeedStatus } from "../feed.ts";
import { type SourceClock, steadyNow } from "./source-clock.ts";

/** What a source says of one of its symbols at present. */
export type SourceStatus = Pick<FeedStatus, "state" | "reason">;

/** Of each source symbol that the answer has; those it leaves out keep what was told of them. */
export type AskStatuses = (signal: AbortSignal) => Promise<ReadonlyMap<string, SourceStatus>>;

/** How often a source is asked which of its symbols it halts: one request a channel. */
const ASK_EVERY: Micros = MINUTE;

export interface StatusWatchOptions {
  /** Source symbols, and the symbols that we know them by. */
  symbols: ReadonlyMap<string, string>;
  ask: AskStatuses;
  /** The source's clock; ours where it is not known yet. */
  clock: SourceClock;
  tell: (event: Extract<FeedEvent, { type: "status" }>) => void;
  signal: AbortSignal;
  every?: Micros;
}

/**
 * Asks a source at once, and then every minute, whether its symbols trade; tells of every one at the first answer, then of those that changed.
 * Their times are those of the answers: sources do not say since when. Ends when the signal aborts, and never rejects: a source
 * that does not answer is asked again, and its connection says what is wrong.
 */
export async function watchStatuses(options: StatusWatchOptions): Promise<void> {
  const { symbols, ask, clock, tell, signal, every = ASK_EVERY } = options;
  const told = new Map<string, string>();
  while (!signal.aborted) {
    const statuses = await ask(signal).catch((): Awaited<ReturnType<AskStatuses>> => new Map());
    const receivedTime = Date.now() * 1_000;
    const time = clock.atLeast(steadyNow()) ?? receivedTime;
    for (const [sourceSymbol, { state, reason }] of statuses) {
      const symbol = symbols.get(sourceSymbol);
      const text = `${state} ${reason}`;
      if (symbol === undefined || told.get(symbol) === text || hasAborted(signal)) continue;
      told.set(symbol, text);
      tell({ type: "status", receivedTime, status: { symbol, time, state, reason } });
    }
    await sleep(every / 1_000, undefined, { signal }).catch(() => undefined);
  }
}

/** The words of a source as a reason: on one line, printable, and not too long; null where nothing is left of them. */
export function reasonOf(words: string): string | null {
  const plain = words
    .replaceAll(/[^ -~]+/g, " ")
    .trim()
    .slice(0, MOST_REASON);
  return plain === "" ? null : plain;
}

/** The compiler does not see that it changes meanwhile. */
function hasAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}
