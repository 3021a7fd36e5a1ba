import { DEAD_REASONS, type DeadReason } from "../contracts/dead.ts";

/** What happened to a line. */
export type Outcome = "applied" | "duplicate" | "corrected" | "held";

/**
 * What an engine has done since it started, over its partitions. Every line read is counted in exactly one of `applied`, `duplicate`,
 * `corrected`, `held` and `dead`.
 */
export class Counters {
  read = 0;
  /** Took effect in time, or said something about a channel. */
  applied = 0;
  /** Known already: a repeated id, an older configuration, or a line read again after a restart. */
  duplicate = 0;
  /** Trades and quotes that changed at least one bar after its close, and decisions that did. */
  corrected = 0;
  /** Trades that stay outside the bars: they wait for an operator, or one has rejected them before they came. */
  held = 0;
  readonly dead: Record<DeadReason, number>;
  /** Of the duplicates: lines read again after a restart. */
  replayed = 0;
  trades = 0;
  quotes = 0;
  frames = 0;
  /** Bars published, given bars taken, windows, slots and checkpoints stored. */
  barsPublished = 0;
  givenBars = 0;
  windowsStored = 0;
  slotsStored = 0;
  checkpoints = 0;
  checkpointSeconds = 0;
  latestPublished = 0;
  windowsReadOnDemand = 0;
  /** Messages of the log that were read once more, to count bars again. */
  recordsReadAgain = 0;

  constructor() {
    this.dead = Object.fromEntries(DEAD_REASONS.map((reason) => [reason, 0])) as Record<DeadReason, number>;
  }

  get deadTotal(): number {
    return Object.values(this.dead).reduce((sum, count) => sum + count, 0);
  }

  /** Lines that were read and are counted nowhere: always 0, or there is a mistake in the engine. */
  get unaccounted(): number {
    return this.read - this.applied - this.duplicate - this.corrected - this.held - this.deadTotal;
  }

  /** By their Prometheus names. */
  toRecord(): Record<string, number> {
    const record: Record<string, number> = {
      tapedeck_engine_lines_read_total: this.read,
      tapedeck_engine_lines_applied_total: this.applied,
      tapedeck_engine_lines_duplicate_total: this.duplicate,
      tapedeck_engine_lines_corrected_total: this.corrected,
      tapedeck_engine_lines_held_total: this.held,
      tapedeck_engine_lines_dead_total: this.deadTotal,
      tapedeck_engine_lines_replayed_total: this.replayed,
      tapedeck_engine_trades_total: this.trades,
      tapedeck_engine_quotes_total: this.quotes,
      tapedeck_engine_frames_total: this.frames,
      tapedeck_engine_bars_published_total: this.barsPublished,
      tapedeck_engine_given_bars_total: this.givenBars,
      tapedeck_engine_windows_stored_total: this.windowsStored,
      tapedeck_engine_slots_stored_total: this.slotsStored,
      tapedeck_engine_checkpoints_total: this.checkpoints,
      tapedeck_engine_checkpoint_seconds_total: this.checkpointSeconds,
      tapedeck_engine_latest_published_total: this.latestPublished,
      tapedeck_engine_windows_read_on_demand_total: this.windowsReadOnDemand,
      tapedeck_engine_records_read_again_total: this.recordsReadAgain,
    };
    for (const reason of DEAD_REASONS) {
      record[`tapedeck_engine_dead_${reason.replaceAll("-", "_")}_total`] = this.dead[reason];
    }
    return record;
  }
}
