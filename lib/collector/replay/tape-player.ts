import type { CalendarName } from "../../domain/calendar/calendar.ts";
import { guardOf } from "../../domain/guard/band.ts";
import type { ProfileName } from "../../domain/eligibility/eligibility.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { ALLOWED_LATENESS, DAY, SECOND, type Micros } from "../../domain/interval.ts";
import type { RecordedTick, RecordedTrade } from "../../feeds/recording/recording.ts";
import { ChannelWriter, type ChannelTerms } from "../channel-writer.ts";
import { isAborted, sleep, type Clock } from "../clock.ts";
import type { Framer } from "../framer.ts";
import { TradeRun } from "../trade-run.ts";
import type { ReadRecording } from "./read-recording.ts";
import type { TapeChannel } from "./tape-channels.ts";

/** A recording is as late as it is: nothing of it is too far ahead or too old. */
export const TAPE_TERMS: Omit<ChannelTerms, "calendar" | "guard" | "profile"> = {
  tolerance: 36_500 * DAY,
  correctionHorizon: 36_500 * DAY,
};

/** Event time between two proofs. */
const PROOF_EVERY: Micros = SECOND;
/** Pauses shorter than this are left to add up. */
const LEAST_PAUSE: Micros = 5_000;

export interface TapePlayerOptions {
  /** With the number of each channel's new configuration. */
  channels: readonly (TapeChannel & { n: number })[];
  calendar: CalendarName;
  profile: ProfileName;
  /** Infinity for as fast as the log takes it. */
  speed: number;
  framer: Framer;
  clock: Clock;
  signal: AbortSignal;
}

interface Deck {
  channel: TapeChannel;
  writer: ChannelWriter;
  newest: Micros;
  proved: Micros;
}

/** Plays a recording into the log: configurations, ticks at their pace, proofs behind them, and proofs at the end that close the last bars. */
export class TapePlayer {
  readonly #options: TapePlayerOptions;
  readonly #decks = new Map<string, Deck>();
  readonly #runs = new Map<string, TradeRun>();
  /** Ticks by channel. */
  readonly counts = new Map<string, number>();
  published = 0;
  duplicates = 0;
  /** Event time of the newest tick. */
  newest: Micros = 0;

  constructor(options: TapePlayerOptions) {
    this.#options = options;
    for (const channel of options.channels) {
      const { calendar, profile } = options;
      const writer = new ChannelWriter(options.framer, channel.channel, {
        ...TAPE_TERMS,
        calendar,
        profile,
        guard: guardOf(profile),
      });
      const deck = { channel, writer, newest: 0, proved: 0 };
      for (const { symbol } of channel.symbols) this.#decks.set(symbol, deck);
      writer.begin(
        channel.n,
        channel.symbols.map(({ symbol }) => symbol),
      );
      for (const { symbol, first } of channel.symbols) writer.ready(symbol, first);
    }
  }

  /** Resolves when everything is acknowledged, or the signal aborts. */
  async play(read: ReadRecording): Promise<void> {
    const { clock, framer, signal, speed } = this.#options;
    const began = clock.now();
    let start: Micros | null = null;
    for await (const { ticks } of read()) {
      for (const recorded of ticks) {
        // A halt may be told again long after it began.
        const time = recorded.tick.type === "status" ? recorded.receivedTime : recorded.tick.time;
        start ??= time;
        const due = began + (time - start) / speed;
        if (speed !== Infinity && due - clock.now() >= LEAST_PAUSE) await sleep(clock, due - clock.now(), signal);
        if (isAborted(signal)) return;
        this.#play(recorded);
      }
      await framer.room(signal);
    }
    const decks = [...new Set(this.#decks.values())];
    for (const { channel, writer } of decks) writer.prove(closingProof(channel, this.#options.calendar));
    do {
      await framer.drained(signal);
    } while (decks.some(({ writer }) => writer.isProving) && !isAborted(signal));
    await framer.drained(signal);
  }

  #play({ tick, receivedTime }: RecordedTick): void {
    const deck = this.#decks.get(tick.symbol);
    if (!deck) return; // the file has grown since it was surveyed
    if (tick.type === "status") {
      deck.writer.status(tick, receivedTime);
      return;
    }
    if (tick.type === "trade" && this.#isRepeated(tick)) {
      this.duplicates += 1;
      return;
    }
    deck.writer.tick(tick, receivedTime);
    this.published += 1;
    this.counts.set(deck.channel.channel, (this.counts.get(deck.channel.channel) ?? 0) + 1);
    this.newest = Math.max(this.newest, tick.time);
    deck.newest = Math.max(deck.newest, tick.time);
    const proof = deck.newest - deck.channel.disorder - 1;
    if (proof - deck.proved < PROOF_EVERY) return;
    deck.proved = proof;
    deck.writer.prove(proof);
  }

  /** Of trades without ids the engine finds out. */
  #isRepeated({ symbol, id, idSpace, time }: RecordedTrade): boolean {
    return id !== undefined && this.#run(symbol).arrive({ id, idSpace, time }) === "duplicate";
  }

  #run(symbol: string): TradeRun {
    let run = this.#runs.get(symbol);
    if (!run) this.#runs.set(symbol, (run = new TradeRun()));
    return run;
  }
}

/** Nothing more will come: the last day's bar closes by it, and is sealed. */
export function closingProof({ symbols }: TapeChannel, calendar: CalendarName): Micros {
  const last = Math.max(...symbols.map((symbol) => symbol.last));
  return calendarOf(calendar).segmentOf(last).end + ALLOWED_LATENESS["1d"];
}
