import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { BatchTrade } from "./batch-bars.ts";

/** Real recordings lie beside the project, where they are present at all. */
export const RECORDINGS = join(import.meta.dirname, "../../../shared/data");

export interface Recording {
  files: string[];
  /** The trades of the files, read without any code of the product. */
  trades: BatchTrade[];
  real: boolean;
}

/** The Binance recordings; where they are absent a generated one of the same format takes their place. */
export function binanceRecording(folder: string): Recording {
  const names = ["spot_btcusdt_20240808.gz", "spot_btcusdt_20240809.gz", "spot_ethusdt_20240808.gz"];
  const real = names.map((name) => join(RECORDINGS, "binance", name));
  if (real.every((file) => existsSync(file))) return { files: real, trades: real.flatMap(readTrades), real: true };
  const generated = join(folder, "generated.gz");
  writeFileSync(generated, gzipSync(generate().join("\n")));
  return { files: [generated], trades: readTrades(generated), real: false };
}

interface TradeFrame {
  stream?: string;
  data?: { e: string; s: string; t: number; p: string; q: string; T: number; m: boolean };
}

function readTrades(file: string): BatchTrade[] {
  const trades: BatchTrade[] = [];
  for (const line of gunzipSync(readFileSync(file)).toString("utf8").split("\n")) {
    if (!line.includes('@trade"')) continue;
    const { data } = JSON.parse(line.slice(line.indexOf(" ") + 1)) as TradeFrame;
    if (data?.e !== "trade") continue;
    trades.push({
      symbol: `TAPE:${data.s}`,
      time: data.T * 1000,
      price: Number(data.p),
      size: Number(data.q),
      id: data.t,
      side: data.m ? "sell" : "buy",
    });
  }
  return trades;
}

/** Two symbols over five minutes across a UTC midnight; no two lines are the same. */
function generate(): string[] {
  const start = Date.UTC(2024, 7, 8, 23, 57);
  return Array.from({ length: 6000 }, (_, index) => {
    const symbol = index % 3 === 0 ? "ETHUSDT" : "BTCUSDT";
    const time = start + index * 50;
    const price = (60_000 + 40 * Math.sin(index / 90) + (index % 7)).toFixed(8);
    const size = (0.001 + (index % 113) / 1000).toFixed(8);
    const data = { e: "trade", E: time, s: symbol, t: 1000 + index, p: price, q: size, T: time, m: index % 2 === 0 };
    return `${time}000000 ${JSON.stringify({ stream: `${symbol.toLowerCase()}@trade`, data })}`;
  });
}
