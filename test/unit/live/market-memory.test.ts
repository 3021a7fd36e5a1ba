import { describe, expect, test } from "vitest";
import type { LatestLine } from "#lib/contracts/latest.ts";
import type { LiveTopics, QuoteView } from "#lib/contracts/views.ts";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { MarketMemory } from "#lib/live/market-memory.ts";
import { latestLine, print, TODAY } from "./lines.ts";

const PARTITIONS = 4;
const QUIET = "SIM:AAPL";
const symbols = Array.from({ length: 20 }, (_, index) => `SIM:S${index}`);
const beside = symbols.find((symbol) => partitionOf(symbol, PARTITIONS) === partitionOf(QUIET, PARTITIONS)) ?? "";
const elsewhere = symbols.find((symbol) => partitionOf(symbol, PARTITIONS) !== partitionOf(QUIET, PARTITIONS)) ?? "";

function open(limits?: { quotes: number; series: number; printed: number }) {
  return new MarketMemory({
    partitions: PARTITIONS,
    reference: () => ({ day: TODAY, previousClose: 100, ended: null, session: "regular" as const }),
    ...(limits ? { limits } : {}),
  });
}

/** What a page that knows the quiet symbol is sent when another symbol's line comes. */
function renewed(line: Partial<LatestLine>): QuoteView[] {
  const memory = open();
  memory.acceptLatest(latestLine(1, { symbol: QUIET, watermark: TODAY }));
  const cursor = memory.sequence;
  memory.since({ quotes: [QUIET], bars: [], prints: [] }, 0);
  memory.acceptLatest(latestLine(2, { watermark: TODAY + MINUTE, ...line }));
  memory.renew(QUIET, 10 * SECOND);
  return memory.since({ quotes: [QUIET], bars: [], prints: [] }, cursor).quotes;
}

describe("a silent symbol", () => {
  test("is told of again as its channel proves that nothing happened", () => {
    expect(renewed({ symbol: beside })).toMatchObject([{ last: 101, watermark: TODAY + MINUTE }]);
  });

  test("is not told of by the proof of another channel, or of another partition", () => {
    expect(renewed({ symbol: beside, channel: "simulator-1" })).toEqual([]);
    expect(renewed({ symbol: elsewhere })).toEqual([]);
  });

  test("is not told of by a proof that is hardly newer, nor by none", () => {
    expect(renewed({ symbol: beside, watermark: TODAY + SECOND })).toEqual([]);
    expect(renewed({ symbol: beside, watermark: null })).toEqual([]);
  });
});

test("memory is bounded by the number of symbols; the quietest is forgotten", () => {
  const memory = open({ quotes: 3, series: 3, printed: 2 });
  for (const [index, symbol] of symbols.entries()) {
    memory.acceptLatest(latestLine(index, { symbol, prints: [print(index)] }));
  }
  expect(memory.symbols).toBe(3);
  expect(memory.quote("SIM:S19")).not.toBeNull();
  expect(memory.quote("SIM:S0")).toBeNull();
  expect(memory.prints("SIM:S18")).toHaveLength(1);
  expect(memory.prints("SIM:S17")).toHaveLength(0);
});

test("pages that keep pace share what all of them are sent", () => {
  const memory = open();
  memory.acceptLatest(latestLine(1));
  const all: LiveTopics = { quotes: "all", bars: [], prints: [] };
  expect(memory.since(all, 0).quotes).toBe(memory.since(all, 0).quotes);
});
