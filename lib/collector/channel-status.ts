import type { ChannelState } from "../contracts/sources.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import type { ChannelReport } from "./channel-lease.ts";
import { ClockOffset } from "./clock-offset.ts";
import { RateMeter } from "./rate-meter.ts";

/** What is known of a channel's connection, for its document. */
export class ChannelStatus {
  readonly clockOffset = new ClockOffset();
  ticks = 0;
  duplicates = 0;
  gapsFound = 0;
  gapsFilled = 0;
  rejected = 0;
  attempts = 0;
  nextAttempt: Micros | null = null;
  symbols = 0;
  readonly #rate = new RateMeter();
  #state: ChannelState = "idle";
  #reason: string | null = null;
  #since: Micros;
  #lastError: { time: Micros; message: string } | null = null;
  /** When the source last said anything at all. */
  #heard: Micros = 0;
  #lag: number | null = null;
  #lastTickTime: Micros | null = null;
  readonly #silence: Micros;

  constructor(silence: Micros, now: Micros) {
    this.#silence = silence;
    this.#since = now;
  }

  get state(): ChannelState {
    return this.#state;
  }

  become(state: ChannelState, reason: string | null, now: Micros): void {
    if (state !== this.#state) this.#since = now;
    this.#state = state;
    this.#reason = reason;
  }

  failed(message: string, now: Micros): void {
    this.#lastError = { time: now, message };
  }

  heard(now: Micros): void {
    this.#heard = now;
  }

  /** How long the source has said nothing. */
  silentFor(now: Micros): Micros {
    return now - this.#heard;
  }

  /** `time` and `receivedTime` are those of the newest tick of a batch. */
  received(count: number, time: Micros, receivedTime: Micros, now: Micros): void {
    this.ticks += count;
    this.#rate.add(count, now);
    this.#lag = receivedTime - time + this.clockOffset.value;
    this.#lastTickTime = Math.max(this.#lastTickTime ?? 0, time);
  }

  report(now: Micros): ChannelReport {
    const connected = this.#state === "live" || this.#state === "filling";
    const stale = connected && this.silentFor(now) > this.#silence;
    const silent = Math.round(this.silentFor(now) / SECOND);
    return {
      state: stale ? "stale" : this.#state,
      reason: stale ? `Connected, but nothing has come for ${silent} s.` : this.#reason,
      since: stale ? this.#heard + this.#silence : this.#since,
      symbols: this.symbols,
      rate: this.#rate.rate(now),
      lag: this.#lag,
      clockOffset: this.clockOffset.value,
      lastTickTime: this.#lastTickTime,
      lastError: this.#lastError,
      attempts: this.attempts,
      nextAttempt: this.nextAttempt,
      ticks: this.ticks,
      duplicates: this.duplicates,
      gapsFound: this.gapsFound,
      gapsFilled: this.gapsFilled,
      rejected: this.rejected,
    };
  }
}
