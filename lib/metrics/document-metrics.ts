import { Counter, Gauge, Registry } from "prom-client";
import type { ChannelDocument, WorkerDocument } from "../contracts/sources.ts";
import { SECOND, type Micros } from "../domain/interval.ts";

export interface Reports {
  workers: readonly WorkerDocument[];
  channels: readonly ChannelDocument[];
  now: Micros;
}

/** Names that Prometheus takes. */
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/**
 * Prometheus text of what the other processes report in their documents: one scrape target for the whole installation.
 * The registry is new each time, so that totals are added once.
 */
export async function documentMetrics(reports: Reports): Promise<string> {
  const registry = new Registry();
  workerMetrics(registry, reports);
  partitionMetrics(registry, reports);
  quotaMetrics(registry, reports);
  channelMetrics(registry, reports);
  return registry.metrics();
}

function workerMetrics(registry: Registry, { workers, now }: Reports): void {
  const labelNames = ["worker", "role"];
  const rss = gauge(registry, "tapedeck_worker_resident_bytes", "Resident memory of a worker", labelNames);
  const age = gauge(registry, "tapedeck_worker_report_age_seconds", "Time since a worker's last report", labelNames);
  const counters = new Map<string, Counter>();
  for (const worker of workers) {
    const labels = { worker: worker.id, role: worker.role };
    rss.set(labels, worker.rss);
    age.set(labels, (now - worker.updated) / SECOND);
    for (const [name, total] of Object.entries(worker.counters)) {
      if (!NAME.test(name) || total < 0) continue;
      const help = "Counter of a worker since it started";
      const metric = counters.get(name) ?? new Counter({ name, help, labelNames, registers: [registry] });
      counters.set(name, metric);
      metric.inc(labels, total);
    }
  }
}

function partitionMetrics(registry: Registry, { workers, now }: Reports): void {
  const labelNames = ["partition", "worker"];
  const lag = gauge(registry, "tapedeck_partition_lag_frames", "Frames behind the end of the log", labelNames);
  const windows = gauge(registry, "tapedeck_partition_open_windows", "Windows held in memory", labelNames);
  const checkpoint = gauge(
    registry,
    "tapedeck_partition_checkpoint_age_seconds",
    "Time since the last checkpoint",
    labelNames,
  );
  const watermark = gauge(
    registry,
    "tapedeck_partition_watermark_lag_seconds",
    "Clock minus the partition's watermark",
    labelNames,
  );
  for (const worker of workers) {
    for (const report of worker.partitions) {
      const labels = { partition: String(report.partition), worker: worker.id };
      lag.set(labels, Math.max(0, report.end - report.position));
      windows.set(labels, report.openWindows);
      if (report.checkpointTime !== null) checkpoint.set(labels, (now - report.checkpointTime) / SECOND);
      if (report.watermark !== null) watermark.set(labels, (now - report.watermark) / SECOND);
    }
  }
}

function quotaMetrics(registry: Registry, { workers }: Reports): void {
  const labelNames = ["source", "worker"];
  const used = gauge(
    registry,
    "tapedeck_source_requests_used",
    "Weight of a minute's requests to a source",
    labelNames,
  );
  const allowed = gauge(registry, "tapedeck_source_requests_allowed", "What the source allows a minute", ["source"]);
  for (const { id, quotas = [] } of workers) {
    for (const quota of quotas) {
      used.set({ source: quota.source, worker: id }, quota.used);
      allowed.set({ source: quota.source }, quota.allowed);
    }
  }
}

function channelMetrics(registry: Registry, { channels }: Reports): void {
  const labelNames = ["channel", "source"];
  const live = gauge(registry, "tapedeck_channel_live", "1 while a channel is live", labelNames);
  const rate = gauge(registry, "tapedeck_channel_ticks_per_second", "Ticks a second over the last ten", labelNames);
  const lag = gauge(
    registry,
    "tapedeck_channel_lag_seconds",
    "Receipt minus event time of the newest tick",
    labelNames,
  );
  const symbols = gauge(registry, "tapedeck_channel_symbols", "Symbols of a channel", labelNames);
  const help = "Place of the server that serves a channel in the order of priority, 1 the best, 0 none";
  const place = gauge(registry, "tapedeck_channel_server_place", help, labelNames);
  for (const each of channels) {
    const labels = { channel: each.channel, source: each.source };
    live.set(labels, Number(each.state === "live"));
    rate.set(labels, each.rate);
    symbols.set(labels, each.symbols);
    if (each.servers) place.set(labels, each.servers.findIndex(({ serving }) => serving) + 1);
    if (each.lag !== null) lag.set(labels, each.lag / SECOND);
  }
}

function gauge(registry: Registry, name: string, help: string, labelNames: string[]): Gauge {
  return new Gauge({ name, help, labelNames, registers: [registry] });
}
