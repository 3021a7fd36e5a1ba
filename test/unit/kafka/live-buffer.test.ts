import { expect, test } from "vitest";
import type { BarLine } from "#lib/contracts/bars.ts";
import type { LatestLine } from "#lib/contracts/latest.ts";
import { LiveBuffer } from "#lib/kafka/live-buffer.ts";
import { parseBars, parseLatest } from "#lib/kafka/live-lines.ts";
import { latestLine } from "#test/support/latest-line.ts";

const EMPTY_BAR = {
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
  vwap: null,
  trades: 1,
  buyVolume: 0,
  lineage: {
    channel: "c",
    partition: 0,
    firstOffset: 0,
    firstLine: 0,
    lastOffset: 0,
    lastLine: 0,
    firstTime: 0,
    lastTime: 0,
  },
};

function bar(symbol: string, start: number, revision: number): BarLine {
  const quote = { bid: null, ask: null, spreadMin: null, spreadMax: null };
  const version = { epoch: 1, offset: revision, line: 0 };
  const state = { final: false, complete: true, firing: "early", revision } as const;
  const window = { start, end: start + 1, session: "regular" } as const;
  return { symbol, interval: "1s", ...window, ...EMPTY_BAR, ...quote, ...state, ...version };
}

function latest(symbol: string, id: number, prints = 1): LatestLine {
  const print = { time: id, price: id, size: 1, side: null };
  const list = Array.from({ length: prints }, (_, index) => ({ ...print, id: id + index }));
  return latestLine(symbol, { time: id, receivedTime: id, tradeTime: id, price: id, prints: list, offset: id });
}

test("within its capacity the buffer gives everything, in order, once", () => {
  const buffer = new LiveBuffer(10);
  for (let revision = 0; revision < 10; revision += 1) buffer.addBar(bar("X:A", 0, revision));
  expect(buffer.take().bars.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(buffer.isEmpty).toBe(true);
});

test("a reader that falls behind gets the newest line of each bar", () => {
  const buffer = new LiveBuffer(10);
  for (let revision = 0; revision < 11; revision += 1) buffer.addBar(bar("X:A", revision % 2, revision));
  expect(buffer.take().bars.map(({ start, revision }) => [start, revision])).toEqual([
    [1, 9],
    [0, 10],
  ]);
});

test("if even that is too much, the bars that have waited longest are dropped", () => {
  const buffer = new LiveBuffer(10);
  for (let start = 0; start < 11; start += 1) buffer.addBar(bar("X:A", start, start));
  expect(buffer.take().bars.map(({ start }) => start)).toEqual([6, 7, 8, 9, 10]);
});

test("conflated quotes keep the newest prints and count the others", () => {
  const buffer = new LiveBuffer(10);
  for (let id = 0; id < 12; id += 1) buffer.addLatest(latest("X:A", id * 10, 3));
  const { latest: lines } = buffer.take();
  expect(lines.map(({ price }) => price)).toEqual([100, 110]);
  expect(lines[0]?.prints).toHaveLength(20);
  expect(lines[0]?.prints?.at(-1)?.id).toBe(102);
  expect(lines[0]?.skipped).toBe(13);
});

test("frames of lines are parsed, and lines that are something else are counted", () => {
  const value = Buffer.from(`${JSON.stringify(bar("X:A", 0, 1))}\n{"symbol":"X:A"}\nnot JSON\n`);
  expect(parseBars(value)).toMatchObject({ lines: [{ symbol: "X:A", revision: 1 }], bad: 2 });
  expect(parseLatest(Buffer.from(JSON.stringify(latest("X:A", 5))))).toMatchObject({ lines: [{ price: 5 }], bad: 0 });
});
