/** What an alerts process has done since it started. */
export class AlertCounters {
  frames = 0;
  /** Bars of watched symbols, and how often a rule looked at one. */
  bars = 0;
  evaluations = 0;
  fired = 0;
  /** Firings that the log had already: read again after a restart. */
  repeated = 0;
  muted = 0;
  sent = 0;
  failed = 0;
  checkpoints = 0;

  /** By their Prometheus names. */
  toRecord(): Record<string, number> {
    return {
      tapedeck_alerts_frames_total: this.frames,
      tapedeck_alerts_bars_total: this.bars,
      tapedeck_alerts_evaluations_total: this.evaluations,
      tapedeck_alerts_fired_total: this.fired,
      tapedeck_alerts_repeated_total: this.repeated,
      tapedeck_alerts_muted_total: this.muted,
      tapedeck_alerts_webhooks_sent_total: this.sent,
      tapedeck_alerts_webhooks_failed_total: this.failed,
      tapedeck_alerts_checkpoints_total: this.checkpoints,
    };
  }
}
