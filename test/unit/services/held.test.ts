import { expect, test } from "vitest";
import type { Frame } from "#lib/contracts/log.ts";
import { decisionSchema } from "#lib/contracts/ticks.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { decideHeld } from "#lib/services/held/decide.ts";
import { heldPrints } from "#lib/services/held/list.ts";
import { latestLine } from "#test/support/latest-line.ts";
import { ticker } from "#test/support/ticker.ts";
import { fakeTickers } from "./fake-stores.ts";

const NOW = 1_767_614_400_000_000;
const print = { id: 7, time: NOW - 5, price: 150, size: 10, low: 90, high: 110 };
const directory = new TickerDirectory(fakeTickers(ticker("SIM:A"), ticker("SIM:B"), ticker("SIM:C")), () => NOW);
const config = { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 4 };
const decision = { symbol: "SIM:A", id: 7, tradeTime: print.time, verdict: "accept" } as const;

test("the queue has the held prints of all symbols, newest first", async () => {
  const lines = new Map([
    ["SIM:A", latestLine("SIM:A", { held: [print, { ...print, id: 8, time: NOW - 1 }] })],
    ["SIM:B", latestLine("SIM:B")],
    ["SIM:C", latestLine("SIM:C", { held: [{ ...print, time: NOW - 3 }] })],
  ]);
  const hub = { latest: (symbol: string) => lines.get(symbol) ?? null };
  const rows = await heldPrints({ directory, hub } as unknown as Parameters<typeof heldPrints>[0]);
  expect(rows.map(({ symbol, print: { id } }) => [symbol, id])).toEqual([
    ["SIM:A", 8],
    ["SIM:C", 7],
    ["SIM:A", 7],
  ]);
});

test("a decision is a line of the log in the symbol's partition, with the time at which it was given", async () => {
  const sent: { topic: string; frames: readonly Frame[] }[] = [];
  const decisions = {
    send: (topic: string, frames: readonly Frame[]) => {
      sent.push({ topic, frames });
      return Promise.resolve();
    },
  };
  expect(await decideHeld({ config, decisions, directory, now: () => NOW }, decision)).toEqual({ time: NOW });
  const [frame] = sent[0]?.frames ?? [];
  expect([sent[0]?.topic, frame?.partition, frame?.key]).toEqual(["ticks", partitionOf("SIM:A", 4), "SIM:A"]);
  const line: unknown = JSON.parse(frame?.value.toString() ?? "");
  expect(decisionSchema.parse(line)).toEqual({ type: "decision", ...decision, by: "operator", time: NOW });
});

test("a symbol that nobody knows is NOT_FOUND, and nothing is written", async () => {
  const decisions = { send: () => Promise.reject(new Error("sent")) };
  const deciding = decideHeld({ config, decisions, directory, now: () => NOW }, { ...decision, symbol: "SIM:X" });
  await expect(deciding).rejects.toMatchObject({ code: "NOT_FOUND" });
});
