import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { parseReplayArguments } from "#lib/collector/replay/arguments.ts";
import { runReplay, type ReplayOptions } from "#lib/collector/replay/run-replay.ts";
import { progressText } from "#lib/collector/replay/texts.ts";
import type { LatestLine } from "#lib/contracts/latest.ts";
import type { WorkerDocument } from "#lib/contracts/sources.ts";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { ALLOWED_LATENESS, DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";
import type { RecordedTick, RecordingBatch } from "#lib/feeds/recording/recording.ts";
import { errorMessage } from "#lib/errors.ts";
import { FakeSources } from "./fake-sources.ts";
import { FakeTickers } from "./fake-tickers.ts";
import { ticker } from "#test/support/ticker.ts";
import { FakeLog, latestLine, trade } from "./fixtures.ts";
import { ManualClock } from "./manual-clock.ts";

const DAY_START = 20_000 * DAY;
const BTC = "TAPE:BTCUSDT";
const ETH = "TAPE:ETH-USD";
const recorded = (symbol: string, id: number, time: number): RecordedTick => {
  return { tick: trade(symbol, id, time), receivedTime: time };
};

let clock: ManualClock;
let log: FakeLog;
let sources: FakeSources;
let tickers: FakeTickers;
let latest: LatestLine[];
let said: string[];
let isFinal: boolean;
let refreshed: number;

beforeEach(() => {
  clock = new ManualClock(1_800_000_000 * SECOND);
  log = new FakeLog();
  sources = new FakeSources();
  tickers = new FakeTickers();
  latest = [];
  said = [];
  isFinal = false;
  refreshed = 0;
});

const PROGRESS = { file: "file", done: 1, total: 1 };

function options(batches: readonly RecordingBatch[], signal: AbortSignal): ReplayOptions {
  return {
    worker: "replay-1",
    read: async function* read() {
      yield* batches;
    },
    producer: log,
    topic: "ticks",
    ends: async () => [0, 1].map((partition) => ({ partition, end: log.frames.length })),
    tickers,
    sources,
    latest: { latest: async (symbols) => latest.filter(({ symbol }) => symbols.includes(symbol)) },
    bars: {
      get: async () => ({ document: { final: isFinal } as never, index: "" }),
      refresh: async () => {
        refreshed += 1;
      },
    },
    clock,
    progress: () => undefined,
    say: (text) => said.push(text),
    signal,
  };
}

/** The compiler does not see that a callback changes what it closes over. */
const asked = (question: () => boolean): boolean => question();

/** Plays to the end, or for so long. */
async function play(
  ticks: readonly RecordedTick[] | readonly RecordingBatch[],
  flags: readonly string[] = [],
  length = 10 * SECOND,
): Promise<string> {
  const wanted = parseReplayArguments(["--format", "binance", ...flags, "file"]);
  if (!wanted) throw new Error("help was asked for");
  const [first] = ticks;
  const batches =
    first && "ticks" in first
      ? (ticks as RecordingBatch[])
      : [{ ticks: ticks as RecordedTick[], rejected: [], progress: PROGRESS }];
  let isOver = false;
  const ending = new AbortController();
  const running: Promise<string> = runReplay(wanted, options(batches, ending.signal))
    .catch(errorMessage)
    .finally(() => (isOver = true));
  await clock.advance(length);
  if (!asked(() => isOver)) {
    ending.abort();
    await clock.advance(SECOND);
  }
  return await running;
}

describe("a recording", () => {
  test("is announced, played, proved and closed: beyond the end of its last day", async () => {
    const ticks = Array.from({ length: 90 }, (_, at) => recorded(BTC, at, DAY_START + at * SECOND));
    expect(await play(ticks)).toBe("played");
    const lines = log.lines().filter((line) => line.type !== "config" || line.symbols.length > 0);
    expect(lines.slice(0, 2)).toMatchObject([
      { type: "config", channel: "tape-btcusdt", n: 1_800_000_000, symbols: [BTC] },
      { type: "ready", symbol: BTC, n: 1_800_000_000, from: DAY_START },
    ]);
    expect(log.ofType("trade")).toHaveLength(90);
    expect(log.ofType("heartbeat").at(-1)?.time).toBe(DAY_START + DAY + ALLOWED_LATENESS["1d"]);
    expect(lines.at(-1)?.type).toBe("heartbeat");
    expect(tickers.tickers.get(BTC)).toMatchObject({ source: "recording", state: "enabled", currency: "USDT" });
    expect(sources.documents.get("tape-btcusdt")?.document).toMatchObject({ holder: null, state: "idle", symbols: 0 });
    expect(said.join()).toContain("published 90");
  });

  test("counts what it repeats and what is no tick, with the lines", async () => {
    const bad = [3, 9].map((line) => ({ file: "a.gz", line, reason: "not JSON", bytes: "" }));
    const ticks = [1, 2, 2, 3, 1].map((id) => recorded(BTC, id, DAY_START + id));
    expect(await play([{ ticks, rejected: bad, progress: PROGRESS }])).toBe("played");
    expect(said.join("\n")).toMatch(
      /read 5 ticks.*\npublished 3.*\nduplicate 2\nrejected 2\n {2}2 × not JSON: a.gz:3, a.gz:9/,
    );
  });

  test("no tick comes after a proof of its time, whatever their order in the file", async () => {
    const event = fc.record({
      symbol: fc.constantFrom(BTC, ETH),
      step: fc.integer({ min: -5 * SECOND, max: 8 * SECOND }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 80 }), async (events) => {
        log = new FakeLog();
        let time = DAY_START + MINUTE;
        const ticks = events.map(({ symbol, step }, id) => recorded(symbol, id, (time += step)));
        await play(ticks, [], SECOND);
        expect(unproved(log.lines())).toEqual([]);
        expect(log.ofType("heartbeat").length).toBeGreaterThanOrEqual(
          new Set(ticks.map(({ tick }) => tick.symbol)).size,
        );
      }),
      { numRuns: 60 },
    );
  });

  test("keeps its pace, times the speed", async () => {
    const ticks = [0, 10, 20].map((second, id) => recorded(BTC, id, DAY_START + second * SECOND));
    expect(await play(ticks, ["--speed", "10"], 1_500_000)).toBe("interrupted");
    expect(log.ofType("trade")).toHaveLength(2);
  });

  test("may be played again, under the next number", async () => {
    const ticks = [1, 2].map((id) => recorded(BTC, id, DAY_START + id));
    await play(ticks);
    latest = [{ ...latestLine(BTC, DAY_START + 2), watermark: DAY_START + 2 * DAY }];
    expect(await play(ticks)).toBe("played");
    expect(new Set(log.ofType("config").map(({ n }) => n))).toEqual(new Set([1_800_000_000, 1_800_000_001]));
  });
});

/** Ticks behind a heartbeat that claims them. */
function unproved(lines: readonly TickLine[]): TickLine[] {
  const proved = new Map<string, number>();
  return lines.filter((line) => {
    if (line.type === "heartbeat") proved.set(line.channel, Math.max(proved.get(line.channel) ?? 0, line.time));
    return line.type === "trade" && line.time <= (proved.get(line.channel) ?? 0);
  });
}

describe("a recording is refused before anything is sent", () => {
  const ticks = [recorded(BTC, 1, DAY_START), recorded(ETH, 1, DAY_START)];

  test("when a symbol has later data, naming it", async () => {
    latest = [latestLine(ETH, DAY_START + 1)];
    const outcome = await play(ticks);
    expect(outcome).toContain(`${ETH} (has 2024-10-04T00:00:00.000Z`);
    expect(outcome).not.toContain(BTC);
    expect(log.frames).toEqual([]);
  });

  test("when a symbol is collected live", async () => {
    tickers.tickers.set(BTC, ticker(BTC, { source: "binance" }));
    expect(await play(ticks)).toContain(`${BTC} (binance)`);
    expect(log.frames).toEqual([]);
  });

  test("when somebody plays it already", async () => {
    sources.documents.set("tape-btcusdt", {
      version: 1,
      document: {
        ...(await documentOf("tape-btcusdt")),
        holder: "replay-2",
        leaseUntil: clock.now() + 5 * SECOND,
      },
    });
    log = new FakeLog();
    latest = [];
    expect(await play(ticks)).toContain("is being played by another process");
    expect(log.frames).toEqual([]);
  });

  test("when it has no ticks, saying what was wrong with its lines", async () => {
    const rejected = [{ file: "a", line: 1, reason: "not JSON", bytes: "" }];
    expect(await play([{ ticks: [], rejected, progress: PROGRESS }])).toContain("not JSON: a:1");
  });
});

async function documentOf(channel: string): Promise<Parameters<FakeSources["putChannel"]>[0]> {
  await play([recorded(BTC, 1, DAY_START)]);
  const found = sources.documents.get(channel);
  if (!found) throw new Error(`no ${channel}`);
  return found.document;
}

/** What an aggregate process says that has stored both partitions up to an offset. */
function report(checkpoint: number): WorkerDocument {
  return {
    kind: "worker",
    id: "aggregate-1",
    role: "aggregate",
    pid: 1,
    host: "",
    version: "",
    started: 0,
    updated: 0,
    rss: 0,
    counters: {},
    partitions: [0, 1].map((partition) => {
      return {
        partition,
        position: 0,
        end: 0,
        checkpoint,
        checkpointTime: 0,
        watermark: 0,
        openWindows: 0,
        symbols: 0,
      };
    }),
  };
}

describe("waiting for the last bar", () => {
  const ticks = [recorded(BTC, 1, DAY_START)];

  test("ends when the engine has stored the whole recording, and its bars are final and found by every reader", async () => {
    isFinal = true;
    await sources.putWorker(report(1_000));
    expect(await play(ticks, ["--wait"])).toBe("played");
    expect(said.at(-1)).toBe("the last bars are final and stored");
    expect(refreshed).toBe(1);
  });

  test.each([
    ["the engine is behind", 0, true],
    ["a bar is not final", 1_000, false],
  ])("goes on while %s, and gives up when nothing moves for two minutes", async (_, checkpoint, final) => {
    isFinal = final;
    await sources.putWorker(report(checkpoint));
    expect(await play(ticks, ["--wait"], 100 * SECOND)).toBe("interrupted");
    expect(await play(ticks, ["--wait"], 130 * SECOND)).toBe("not stored");
  });
});

test("progress says how much is done, how fast, and how long it takes", () => {
  expect(progressText({ published: 4_000, duplicates: 1_000, elapsed: 5 * SECOND }, 20_000)).toBe(
    "25.0 %, 5,000 of 20,000 ticks, 1,000 a second, 0:15 left",
  );
});

test("plays whether its symbols trade, which is no tick and holds back no proof", async () => {
  const ticks = [0, 1, 2].map((second, id) => recorded(BTC, id, DAY_START + second * SECOND));
  const status = {
    type: "status" as const,
    symbol: BTC,
    time: DAY_START - DAY,
    state: "halted" as const,
    reason: "T1",
  };
  expect(await play([...ticks, { tick: status, receivedTime: DAY_START + 2 * SECOND }])).toBe("played");
  expect(log.ofType("status")).toMatchObject([{ ...status, channel: "tape-btcusdt" }]);
  expect(said.join()).toContain("published 3");
  expect(unproved(log.lines())).toEqual([]);
});
