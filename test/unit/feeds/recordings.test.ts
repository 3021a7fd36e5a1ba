import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readRecording, type RecordingBatch, type RecordingFormat } from "#lib/feeds/recording/read-recording.ts";
import { RECORDINGS } from "#test/support/recordings.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";

const folder = scratchFolder();
afterAll(() => removeFolder(folder));

let files = 0;
function file(content: string | Buffer): string {
  files += 1;
  const path = join(folder, `recording-${files}`);
  writeFileSync(path, content);
  return path;
}

async function read(format: RecordingFormat, paths: string | string[], strict = false) {
  const batches: RecordingBatch[] = [];
  const options = { format, files: [paths].flat(), exchange: "TAPE", strict };
  for await (const batch of readRecording(options)) batches.push(batch);
  const ticks = batches.flatMap((batch) => batch.ticks);
  return {
    ticks: ticks.map(({ tick }) => tick),
    received: ticks.map(({ receivedTime }) => receivedTime),
    rejected: batches.flatMap(({ rejected }) => rejected),
    progress: batches.map(({ progress }) => progress),
    ids: ticks.flatMap(({ tick }) => (tick.type === "trade" ? [tick.id] : [])),
  };
}

const TRADE =
  '{"stream":"btcusdt@trade","data":{"e":"trade","E":1700000001100,"s":"BTCUSDT","t":7,"p":"61837.63","q":"0.02","T":1700000001099,"m":true}}';
const BOOK = '{"stream":"btcusdt@bookTicker","data":{"u":5,"s":"BTCUSDT","b":"61837.6","B":"1","a":"61837.7","A":"2"}}';

describe("a recording of Binance", () => {
  test("gives trades with the aggressor's side, and quotes at Binance's time, not the recorder's", async () => {
    const { ticks, received } = await read(
      "binance",
      file(`1700000000000000123 ${TRADE}\n1700000000500000000 ${BOOK}\n`),
    );
    const symbol = "TAPE:BTCUSDT";
    expect(ticks).toEqual([
      { type: "trade", symbol, time: 1_700_000_001_099_000, price: 61837.63, size: 0.02, id: 7, side: "sell" },
      { type: "quote", symbol, time: 1_700_000_001_600_000, bid: 61837.6, bidSize: 1, ask: 61837.7, askSize: 2 },
    ]);
    expect(received).toEqual([1_700_000_000_000_000, 1_700_000_000_500_000]);
  });

  test("is read the same from gzip, in several members and with the last line unfinished", async () => {
    const plain = await read("binance", file(`1700000000000000123 ${TRADE}\n1700000000500000000 ${BOOK}`));
    const members = [`1700000000000000123 ${TRADE}\n17000000005`, `00000000 ${BOOK}`].map((part) => gzipSync(part));
    expect((await read("binance", file(Buffer.concat(members)))).ticks).toEqual(plain.ticks);
  });

  test("reports what it does not understand by file and line, and goes on", async () => {
    const path = file(
      `nonsense\n\n1700000000000000123 {"stream\n1700000000000000123 ${TRADE.replace("61837.63", "-1")}\n1700000000000000123 ${TRADE}\n`,
    );
    const { ids, rejected } = await read("binance", path);
    expect(ids).toEqual([7]);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [1, "the line does not begin with a time in ns"],
      [3, "not JSON"],
      [4, "p is not above zero"],
    ]);
    expect(rejected[0]).toMatchObject({ file: path, bytes: "nonsense" });
  });

  test("that is damaged says so", async () => {
    const whole = gzipSync(`1700000000000000123 ${TRADE}\n`.repeat(50));
    await expect(read("binance", file(whole.subarray(0, -20)))).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("is damaged") as string,
    });
    await expect(read("binance", join(folder, "absent"))).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("a recording in CSV", () => {
  const HEADER = "time,symbol,price,size,id,venue,conditions\n";

  test("takes times in ISO and in s, ms and µs, and leaves trades without ids so", async () => {
    const rows = [
      "2023-11-14T22:13:20.000001Z,a,1,2,,,",
      "1700000000,a,1,2,,XNAS,T|I",
      "1700000000000,b,1,2,,,",
      "1700000000000000,A,1,2,,,",
    ];
    const { ticks, ids } = await read("csv", file(HEADER + rows.join("\n")));
    const at = 1_700_000_000_000_000;
    expect(ticks.map(({ time }) => time)).toEqual([at + 1, at, at, at]);
    expect(ids).toEqual([undefined, undefined, undefined, undefined]);
    expect(ticks[1]).toMatchObject({ symbol: "TAPE:A", venue: "XNAS", conditions: ["T", "I"] });
  });

  test("takes columns in any order, quoted cells, a byte order mark and CRLF", async () => {
    const { ticks } = await read("csv", file('\uFEFFsymbol,"time",size,price\r\n"NYSE:BRK.B",1700000000,"2",1\r\n'));
    expect(ticks).toMatchObject([{ symbol: "TAPE:BRK.B", size: 2, price: 1 }]);
  });

  test("rejects what is wrong of one line alone", async () => {
    const rows = [
      "soon,a,1,2,1,,",
      "1700000000,a,0,2,1,,",
      "1700000000,?,1,2,1,,",
      "1700000000,a,1,2,1,,,9",
      '1700000000,"a,1,2,1,,',
      "1700000000,a,1,2,1,,",
      "1700000000,a,1,2,,,",
    ];
    const { ids, rejected } = await read("csv", file(HEADER + rows.join("\n")));
    expect(ids).toEqual([1]);
    expect(rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 8]);
  });

  test("without its header is refused as a whole", async () => {
    await expect(read("csv", file("1700000000,a,1,2,1,,\n"))).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("a recording in NDJSON", () => {
  test("takes trades in short, and lines of the log with their receipt times", async () => {
    const lines = [
      { time: "2023-11-14T22:13:20Z", symbol: "x", price: 3, size: 1, id: 9, side: "buy" },
      { type: "trade", symbol: "SIM:X", time: 5, receivedTime: 8, price: 3, size: 1, id: 10, channel: "simulator-0" },
      { type: "heartbeat", channel: "simulator-0", time: 9, config: 1 },
      {
        type: "status",
        symbol: "SIM:X",
        time: 6,
        receivedTime: 9,
        state: "halted",
        reason: "T1",
        channel: "simulator-0",
      },
    ];
    const { ticks, received, rejected } = await read(
      "ndjson",
      file(lines.map((line) => JSON.stringify(line)).join("\n")),
    );
    expect(ticks).toEqual([
      { type: "trade", symbol: "TAPE:X", time: 1_700_000_000_000_000, price: 3, size: 1, id: 9, side: "buy" },
      { type: "trade", symbol: "TAPE:X", time: 5, price: 3, size: 1, id: 10 },
      { type: "status", symbol: "TAPE:X", time: 6, state: "halted", reason: "T1" },
    ]);
    expect(received).toEqual([1_700_000_000_000_000, 8, 9]);
    expect(rejected).toEqual([]);
  });

  test("when strict, gives what came before the first wrong line, then ends naming it", async () => {
    const path = file('{"time":1,"symbol":"x","price":3,"size":1,"id":1}\n{"type":"note"}\n');
    const given: number[] = [];
    const reading = async (): Promise<void> => {
      const options = { format: "ndjson" as const, files: [path], exchange: "TAPE", strict: true };
      for await (const { ticks } of readRecording(options)) given.push(ticks.length);
    };
    await expect(reading()).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("line 2") as string,
    });
    expect(given).toEqual([1]);
  });
});

describe("a long recording", () => {
  test("comes in batches, with progress that ends at the size of all files", async () => {
    const lines = `1700000000000000123 ${TRADE}\n`.repeat(3000);
    const { progress, ids } = await read("binance", [file(lines), file(lines)]);
    expect(ids).toHaveLength(6000);
    expect(progress.length).toBeGreaterThan(4);
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(progress.at(-1)).toMatchObject({ done: 2 * lines.length, total: 2 * lines.length });
  });

  test("may have a line that is too long: it alone is rejected", async () => {
    const { ids, rejected } = await read("binance", file(`${"x".repeat(5_000_000)}\n1700000000000000123 ${TRADE}\n`));
    expect(ids).toEqual([7]);
    expect(rejected).toMatchObject([{ line: 1, reason: "the line is longer than 4 MiB" }]);
  });
});

const isPresent = existsSync(RECORDINGS);
describe.skipIf(!isPresent)(`real recordings${isPresent ? "" : " (absent: ../shared/data)"}`, () => {
  test.each([
    ["spot_btcusdt_20240808.gz", 9_757],
    ["spot_ethusdt_20240808.gz", 6_106],
  ])("%s has %d trades, their ids without a gap, quotes among them in time", async (name, count) => {
    const { ids, rejected, ticks, received } = await read("binance", join(RECORDINGS, "binance", name));
    expect(rejected).toEqual([]);
    expect(ids).toHaveLength(count);
    expect(ids.every((id, index) => index === 0 || id === (ids[index - 1] ?? 0) + 1)).toBe(true);
    const ahead = ticks.map(({ time }, index) => time - (received[index] ?? 0)).slice(10);
    expect(Math.min(...ahead)).toBeGreaterThan(1_000_000);
    expect(Math.max(...ahead)).toBeLessThan(1_300_000);
  });

  test("of Coinbase gives its matches and best bids and asks", async () => {
    const { ticks, rejected } = await read("coinbase", join(RECORDINGS, "coinbase", "COINBASE.ws.28.0"));
    expect(rejected).toEqual([]);
    expect(ticks.filter(({ type }) => type === "trade")).toHaveLength(107);
    expect(ticks.filter(({ type }) => type === "quote")).toHaveLength(107);
    expect(ticks.find(({ symbol, type }) => symbol === "TAPE:BAND-GBP" && type === "trade")).toEqual({
      type: "trade",
      symbol: "TAPE:BAND-GBP",
      time: Date.UTC(2021, 3, 17, 16, 43, 30) * 1000 + 244_075,
      price: 14.7775,
      size: 0.04,
      id: 881_613,
      sequence: 333_938_798,
      side: "buy",
    });
  });
});
