import { describe, expect, test } from "vitest";
import { SECOND } from "#lib/domain/interval.ts";
import { documentMetrics } from "#lib/metrics/document-metrics.ts";
import { decideHealth, type HealthInput } from "#lib/services/health/decide-health.ts";
import { channel, TODAY, worker } from "./fixtures.ts";

const report = (partition: number) => ({
  partition,
  position: 100,
  end: 100,
  checkpoint: 99,
  checkpointTime: TODAY,
  watermark: TODAY,
  openWindows: 5,
  symbols: 15,
});

const OTHERS = [worker({ id: "ingest-1", role: "ingest" }), worker({ id: "alerts-1", role: "alerts" })];

const WELL: HealthInput = {
  elasticsearch: true,
  live: true,
  workers: [worker({ partitions: [report(0), report(1)] }), ...OTHERS],
  channels: [channel()],
  partitions: 2,
  now: TODAY + 3 * SECOND,
};

const decide = (over: Partial<HealthInput> = {}) => {
  const { status, reasons } = decideHealth({ ...WELL, ...over });
  return { status, reasons };
};

test("all is well while workers report and channels are live", () => {
  expect(decide()).toEqual({ status: "ok", reasons: [] });
});

describe("it is down when", () => {
  test("Elasticsearch does not answer", () => {
    expect(decide({ elasticsearch: false, workers: null, channels: null })).toEqual({
      status: "down",
      reasons: ["Elasticsearch does not answer."],
    });
  });

  test("the live log is not read", () => {
    expect(decide({ live: false }).status).toBe("down");
  });

  test("no process of a role has reported lately", () => {
    const alone = [worker({ partitions: [report(0), report(1)] }), worker({ id: "alerts-1", role: "alerts" })];
    expect(decide({ workers: alone })).toEqual({
      status: "down",
      reasons: ["No ingest process reports."],
    });
    expect(decide({ now: TODAY + 11 * SECOND }).reasons).toEqual([
      "No ingest process reports.",
      "No aggregate process reports.",
      "No alerts process reports: no alert fires.",
    ]);
  });
});

describe("it is degraded when", () => {
  test("nobody judges alerts", () => {
    const workers = WELL.workers?.filter(({ role }) => role !== "alerts") ?? null;
    expect(decide({ workers })).toEqual({
      status: "degraded",
      reasons: ["No alerts process reports: no alert fires."],
    });
  });

  test("nobody aggregates a partition", () => {
    expect(decide({ partitions: 4 })).toEqual({
      status: "degraded",
      reasons: ["Nobody aggregates partition 2, 3."],
    });
  });

  test("a partition makes no progress", () => {
    const still = { ...report(0), end: 150, checkpointTime: TODAY - 60 * SECOND };
    const workers = [worker({ partitions: [still, report(1)] }), ...OTHERS];
    expect(decide({ workers })).toEqual({
      status: "degraded",
      reasons: ["Partition 0 stands still: 50 frames behind, last checkpoint 63 s ago."],
    });
  });

  test("nobody judges the alerts of a partition, or it makes no progress", () => {
    const still = { ...report(1), end: 150, checkpointTime: TODAY - 60 * SECOND };
    const judging = worker({ id: "alerts-1", role: "alerts", partitions: [still] });
    expect(decide({ workers: [...(WELL.workers ?? []).slice(0, 2), judging] })).toEqual({
      status: "degraded",
      reasons: [
        "Nobody judges the alerts of partition 0.",
        "Alerts of partition 1 stand still: 50 frames behind, last checkpoint 63 s ago.",
      ],
    });
  });

  test("a channel is not live, with its reason", () => {
    const failed = channel({ channel: "binance-0", state: "failed", reason: "Not reachable" });
    expect(decide({ channels: [channel(), failed] })).toEqual({
      status: "degraded",
      reasons: ["binance-0 is failed: Not reachable."],
    });
    const asking = channel({ channel: "binance-0", state: "failed", reason: "Is there a connection?" });
    expect(decide({ channels: [asking] }).reasons).toEqual(["binance-0 is failed: Is there a connection?"]);
  });

  test("nobody holds a channel that has symbols", () => {
    const orphan = channel({ leaseUntil: TODAY });
    expect(decide({ channels: [orphan] }).reasons).toEqual(["Nobody collects simulator-0."]);
    expect(decide({ channels: [{ ...orphan, symbols: 0 }] }).status).toBe("ok");
  });
});

test("an idle partition is no trouble, however old its checkpoint", () => {
  expect(decide({ now: TODAY + 9 * SECOND }).status).toBe("ok");
  const idle = { ...report(0), checkpointTime: TODAY - 600 * SECOND };
  const workers = [worker({ partitions: [idle, report(1)] }), ...OTHERS];
  expect(decide({ workers }).status).toBe("ok");
});

const server = (address: string, serving: boolean) => {
  return { address, serving, trouble: null, reason: null, failedAt: null, retryAt: null, workingSince: null };
};

describe("the server that serves a channel", () => {
  const second = channel({ channel: "binance-0", servers: [server("a.example", false), server("b.example", true)] });
  const none = channel({ channel: "binance-1", servers: [server("a.example", false)] });

  test("is told with its place in the order, and is no trouble when it is not the first", () => {
    const view = decideHealth({ ...WELL, channels: [second, none, channel()] });
    expect(view.status).toBe("ok");
    expect(view.channels.map((each) => each.server)).toEqual([{ address: "b.example", place: 2 }, null, null]);
  });

  test("is in the metrics by its place, 0 where none serves", async () => {
    const text = await documentMetrics({ workers: [], channels: [second, none, channel()], now: TODAY });
    const places = text.split("\n").filter((row) => row.startsWith("tapedeck_channel_server_place{"));
    expect(places.map((row) => row.slice(-1))).toEqual(["2", "0"]);
  });
});
