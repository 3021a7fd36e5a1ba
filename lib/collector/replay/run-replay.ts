import type { LogProducer } from "../../contracts/log.ts";
import type { BarReader, LatestReader, SourceStore, TickerStore } from "../../contracts/stores.ts";
import type { CalendarName } from "../../domain/calendar/calendar.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { partitionOf } from "../../domain/partition.ts";
import { TapedeckError } from "../../errors.ts";
import { isAborted, sleep, type Clock } from "../clock.ts";
import { Framer } from "../framer.ts";
import type { ReplayArguments } from "./arguments.ts";
import type { ReadRecording } from "./read-recording.ts";
import { surveyRecording, type Survey } from "./survey.ts";
import { tapeChannels } from "./tape-channels.ts";
import { TapeLeases } from "./tape-leases.ts";
import { TapePlayer } from "./tape-player.ts";
import { createTickers, refuseKnown } from "./tape-tickers.ts";
import { progressText, summaryText, type Played } from "./texts.ts";
import { waitUntilStored } from "./wait-stored.ts";

export interface ReplayOptions {
  worker: string;
  read: ReadRecording;
  producer: LogProducer;
  topic: string;
  /** Offsets behind the newest record of each partition of the topic. */
  ends: () => Promise<{ partition: number; end: number }[]>;
  tickers: Pick<TickerStore, "create" | "get" | "replace">;
  sources: Pick<SourceStore, "getChannel" | "putChannel" | "workers">;
  latest: LatestReader;
  bars: Pick<BarReader, "get" | "refresh">;
  clock: Clock;
  /** A line that replaces the one before. */
  progress: (text: string) => void;
  /** A line that stays. */
  say: (text: string) => void;
  signal: AbortSignal;
}

export type ReplayOutcome = "played" | "not stored" | "interrupted";

/** Plays a recording from the first survey to the summary. Rejects with the reason before anything is sent where it is refused. */
export async function runReplay(wanted: ReplayArguments, options: ReplayOptions): Promise<ReplayOutcome> {
  const { clock, latest, progress, read, say, signal, sources, tickers, worker } = options;
  const survey = await surveyRecording(read, signal, progress);
  if (isAborted(signal)) return "interrupted";
  if (survey.ticks === 0) throw new TapedeckError("BAD_INPUT", emptyText(survey));
  await refuseKnown(survey.symbols, { latest, tickers });
  const leases = new TapeLeases({ sources, worker, clock });
  try {
    const channels = await leases.take(tapeChannels(survey));
    await createTickers(survey.symbols, tickers, wanted, clock.now());
    const ends = await options.ends();
    const framer = new Framer({ ...options, partitions: ends.length });
    const player = new TapePlayer({ ...wanted, channels, framer, clock, signal });
    const played = await play(player, survey, framer, leases, options);
    say(summaryText(survey, played));
  } finally {
    await leases.release();
  }
  if (isAborted(signal)) return "interrupted";
  return wanted.wait ? await wait(survey, wanted.calendar, options) : "played";
}

/** Plays, renews the leases and shows the progress, all until the first of them ends. */
async function play(
  player: TapePlayer,
  survey: Survey,
  framer: Framer,
  leases: TapeLeases,
  { clock, progress, read, signal }: ReplayOptions,
): Promise<Played> {
  const began = clock.now();
  const played = (): Played => {
    return { published: player.published, duplicates: player.duplicates, elapsed: clock.now() - began };
  };
  const done = new AbortController();
  const beside = AbortSignal.any([signal, done.signal]);
  const shown = showProgress(() => progress(progressText(played(), survey.ticks)), clock, beside);
  const kept = leases.keep((channel) => ({ ticks: player.counts.get(channel) ?? 0, newest: player.newest }), beside);
  const lost = kept.then(() => new Promise<never>(() => undefined));
  try {
    const broken = framer.failure.then((reason): never => {
      throw new TapedeckError("REJECTED", "The log takes no more", { cause: reason });
    });
    await Promise.race([player.play(read), lost, broken]);
  } finally {
    done.abort();
    await Promise.all([shown, kept.catch(() => undefined)]);
  }
  return played();
}

const SHOW_EVERY: Micros = SECOND / 2;

async function showProgress(show: () => void, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!isAborted(signal)) {
    show();
    await sleep(clock, SHOW_EVERY, signal);
  }
  show();
}

async function wait(survey: Survey, calendar: CalendarName, options: ReplayOptions): Promise<ReplayOutcome> {
  const { progress, say, signal } = options;
  const all = await options.ends();
  const own = new Set(survey.symbols.map(({ symbol }) => partitionOf(symbol, all.length)));
  const ends = all.filter(({ partition }) => own.has(partition));
  const isStored = await waitUntilStored({ ...options, calendar, symbols: survey.symbols, ends, say: progress });
  if (isAborted(signal)) return "interrupted";
  say(isStored ? "the last bars are final and stored" : "gave up waiting: nothing has moved for two minutes");
  return isStored ? "played" : "not stored";
}

function emptyText({ rejected, reasons }: Survey): string {
  const why = [...reasons].map(([reason, { lines }]) => `${reason}: ${lines.join(", ")}`).join("; ");
  return `The recording has no ticks${rejected > 0 ? ` (${rejected} lines rejected: ${why})` : ""}. Is --format right?`;
}
