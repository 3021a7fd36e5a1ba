import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { builtView } from "#lib/contracts/bar-view.ts";
import type { BarView } from "#lib/contracts/views.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { parquetBytes } from "#lib/services/bars/parquet.ts";
import { TODAY } from "./fixtures.ts";

function bar(minute: number, over: Partial<BarView> = {}): BarView {
  const prices = { open: 100, high: 110, low: 90, close: 100.25 + minute, volume: 0.125, vwap: 99.5, trades: 3 };
  const start = TODAY + minute * MINUTE;
  return { ...builtView({ start, ...prices, final: true, revision: 1, complete: true }), ...over };
}

async function* pagesOf(...pages: BarView[][]): AsyncGenerator<BarView[]> {
  yield* pages;
}

async function written(...pages: BarView[][]): Promise<{ file: ArrayBuffer; pieces: number }> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of parquetBytes(pagesOf(...pages), { symbol: "SIM:AAPL", data: "SIMULATED" })) {
    pieces.push(new Uint8Array(piece));
  }
  return { file: await new Blob(pieces).arrayBuffer(), pieces: pieces.length };
}

const page = (from: number): BarView[] => Array.from({ length: 15_000 }, (_, index) => bar(from + index));

test("every bar is read back as it was, its time to the microsecond and what is not known as null", async () => {
  const unknown = bar(1, { vwap: null, trades: null, final: false, start: TODAY + MINUTE + 1 });
  const { file } = await written([bar(0), unknown]);
  const rows = await parquetReadObjects({
    file,
    parsers: { timestampFromMicroseconds: (micros: bigint) => micros },
  });
  const price = { open: 100, high: 110, low: 90, volume: 0.125, revision: 1 };
  expect(rows).toEqual([
    { time: BigInt(TODAY), ...price, close: 100.25, vwap: 99.5, trades: 3n, final: true },
    { time: BigInt(TODAY + MINUTE + 1), ...price, close: 101.25, vwap: null, trades: null, final: false },
  ]);
});

test("a long file comes in pieces of whole row groups, and says what it holds", async () => {
  const { file, pieces } = await written(page(0), page(15_000), page(30_000));
  expect(pieces).toBe(3);
  const metadata = parquetMetadata(file);
  expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([20_000n, 10_000n, 15_000n]);
  expect(metadata.key_value_metadata).toContainEqual({ key: "data", value: "SIMULATED" });
  const rows = await parquetReadObjects({ file, rowStart: 44_999, rowEnd: 45_000 });
  expect(rows).toMatchObject([{ close: 100.25 + 44_999 }]);
});

test("without bars it is a whole file of no rows", async () => {
  const { file } = await written();
  expect(await parquetReadObjects({ file })).toEqual([]);
});
