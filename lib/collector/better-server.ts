import { PROBE_EVERY } from "../domain/failover/servers.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { TapedeckError } from "../errors.ts";
import type { Feed } from "../feeds/feed.ts";
import type { ServerOrder } from "../feeds/source/server-order.ts";
import type { ChannelStatus } from "./channel-status.ts";
import type { ChannelSymbols } from "./channel-symbols.ts";
import { isAborted, sleep, type Clock } from "./clock.ts";
import type { SymbolProgress } from "./symbol-progress.ts";

/** A server that is tried has to stream within this. */
const PROBE_LENGTH: Micros = 15 * SECOND;
/** The symbols that traded last are asked of it. */
const PROBED = 5;

export interface SeekOptions {
  feed: Feed;
  order: ServerOrder;
  symbols: ChannelSymbols;
  status: ChannelStatus;
  clock: Clock;
  signal: AbortSignal;
}

/** Tries the servers before the one that serves, beside it. True once it is to be left for a better one; false when the signal aborts. */
export async function seekBetter(options: SeekOptions): Promise<boolean> {
  const { order, status, clock, signal } = options;
  while (!signal.aborted) {
    await sleep(clock, PROBE_EVERY, signal);
    for (const place of order.worthAProbe(clock.steady())) {
      if (isAborted(signal)) return false;
      await tryServer(options, place);
    }
    // A gap that is being filled is filled first.
    if (!isAborted(signal) && status.state === "live" && order.isProven(clock.steady())) return true;
  }
  return false;
}

async function tryServer({ feed, order, symbols, clock, signal }: SeekOptions, place: number): Promise<void> {
  const probed = symbols
    .all()
    .toSorted((a, b) => (b.run.last?.time ?? 0) - (a.run.last?.time ?? 0))
    .slice(0, PROBED);
  const before = probed.map(newest);
  const ending = new AbortController();
  const end = clock.after(PROBE_LENGTH, () => ending.abort());
  try {
    const isStreaming = await streams(feed, {
      symbols: probed.map(({ ticker }) => ticker),
      server: place,
      signal: AbortSignal.any([signal, ending.signal]),
    });
    if (isAborted(signal)) return;
    // Where nothing was traded meanwhile, it is enough that it says that it is complete.
    const isQuiet = probed.every((symbol, index) => newest(symbol) === before[index]);
    if (isStreaming === "ticks" || (isStreaming === "proof" && isQuiet)) order.worked(place, clock.steady());
    else throw new TapedeckError("TIMEOUT", `It did not stream within ${PROBE_LENGTH / SECOND} s.`);
  } catch (error) {
    if (!isAborted(signal)) {
      order.failed(place, error, { time: clock.steady(), served: null, random: clock.random() });
    }
  } finally {
    end();
    ending.abort();
  }
}

function newest({ run }: SymbolProgress): number | undefined {
  return run.last?.id;
}

/** Whether a server has sent a tick once it was connected; the signal's end without one tells what it has sent. */
async function streams(feed: Feed, options: Parameters<Feed["stream"]>[0]): Promise<"ticks" | "proof" | null> {
  let isConnected = false;
  let isProving = false;
  let isTicking = false;
  for await (const { type } of feed.stream(options)) {
    isConnected ||= type === "connected";
    isProving ||= type === "proof";
    isTicking ||= type === "ticks";
    if (isConnected && isTicking) return "ticks";
  }
  return isConnected && isProving ? "proof" : null;
}
