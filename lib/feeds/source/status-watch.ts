import { setTimeout as sleep } from "node:timers/promises";
import { MOST_REASON } from "../../contracts/ticks.ts";
import { MINUTE, SECOND, type Micros } from "../../domain/interval.ts";
import { errorMessage } from "../../errors.ts";
import type { FeedEvent, FeedStatus } from "../feed.ts";
import { type SourceClock, steadyNow } from "./source-clock.ts";

/** What a source says of one of its symbols at present. */
export type SourceStatus = Pick<FeedStatus, "state" | "reason">;

/** Of each source symbol that the answer has; those it leaves out keep what was told of them. */
export type AskStatuses = (signal: AbortSignal) => Promise<ReadonlyMap<string, SourceStatus>>;

/** How often a source is asked which of its symbols it halts: one request a channel. */
const ASK_EVERY: Micros = MINUTE;
/** How often every symbol is told of again, so that a word that was lost on its way is made good. */
const TELL_AGAIN: Micros = 10 * MINUTE;
/** How soon it is looked again whether the source's clock is known. */
const CLOCK_WAIT: Micros = SECOND / 4;
/** And for so long it may be far behind: the first message that has a time may be that of a symbol's last trade, long ago. */
const CLOCK_SETTLES: Micros = 2 * SECOND;
/** So many answers in a row that do not come are reported, and then as seldom as everything is told again. */
const MOST_UNANSWERED = 3;

export interface StatusWatchOptions {
  /** Source symbols, and the symbols that we know them by. */
  symbols: ReadonlyMap<string, string>;
  ask: AskStatuses;
  /** The source's clock: nothing is told before it is known, for two clocks would put what is told in a wrong order. */
  clock: SourceClock;
  tell: (event: Extract<FeedEvent, { type: "status" | "failed" }>) => void;
  signal: AbortSignal;
  every?: Micros;
  tellAgain?: Micros;
}

/**
 * Asks a source as soon as its clock is known, and then every minute, whether its symbols trade; tells of every one at the first answer, then of
 * those that changed, and every ten minutes of all. Their times are those of the answers by the source's clock: sources do not say since when.
 * Ends when the signal aborts, and never rejects: a source that does not answer is asked again, and what is wrong is told now and then.
 */
export async function watchStatuses(options: StatusWatchOptions): Promise<void> {
  const { ask, clock, tell, signal, every = ASK_EVERY, tellAgain = TELL_AGAIN } = options;
  const told = new Map<string, { text: string; at: Micros }>();
  let unanswered = 0;
  let reportedAt = -Infinity;
  while (!signal.aborted && clock.atLeast(steadyNow()) === null) await wait(Math.min(every, CLOCK_WAIT), signal);
  await wait(Math.min(every, CLOCK_SETTLES), signal);
  while (!hasAborted(signal)) {
    try {
      const statuses = await ask(signal);
      unanswered = 0;
      if (!hasAborted(signal)) tellOf(statuses, told, { ...options, tellAgain });
    } catch (error) {
      unanswered += 1;
      if (!hasAborted(signal) && unanswered >= MOST_UNANSWERED && steadyNow() - reportedAt >= tellAgain) {
        reportedAt = steadyNow();
        tell({ type: "failed", reason: `Which symbols are halted is not known: ${errorMessage(error)}` });
      }
    }
    await wait(every, signal);
  }
}

/** Tells of those that changed, and of those of which nothing was told for long. */
function tellOf(
  statuses: ReadonlyMap<string, SourceStatus>,
  told: Map<string, { text: string; at: Micros }>,
  { symbols, clock, tell, tellAgain }: StatusWatchOptions & { tellAgain: Micros },
): void {
  const at = steadyNow();
  const time = clock.atLeast(at);
  if (time === null) return;
  const receivedTime = Date.now() * 1_000;
  for (const [sourceSymbol, { state, reason }] of statuses) {
    const symbol = symbols.get(sourceSymbol);
    const text = `${state} ${reason}`;
    const last = symbol === undefined ? undefined : told.get(symbol);
    if (symbol === undefined || (last?.text === text && at - last.at < tellAgain)) continue;
    told.set(symbol, { text, at });
    tell({ type: "status", receivedTime, status: { symbol, time, state, reason } });
  }
}

async function wait(length: Micros, signal: AbortSignal): Promise<void> {
  await sleep(length / 1_000, undefined, { signal }).catch(() => undefined);
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
