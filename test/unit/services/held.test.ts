import { expect, test } from "vitest";
import type { Frame } from "#lib/contracts/log.ts";
import { decisionSchema } from "#lib/contracts/ticks.ts";
import { TapedeckError } from "#lib/errors.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { decideHeld } from "#lib/services/held/decide.ts";
import { AuditPace } from "#lib/services/audit/pace.ts";
import { recordChanges } from "#lib/services/audit/record.ts";
import { heldPrints } from "#lib/services/held/list.ts";
import { latestLine } from "#test/support/latest-line.ts";
import { ticker } from "#test/support/ticker.ts";
import { fakeAudit, fakeTickers, unrecorded } from "./fake-stores.ts";

const NOW = 1_767_614_400_000_000;
const print = { id: 7, time: NOW - 5, price: 150, size: 10, low: 90, high: 110 };
const directory = new TickerDirectory(fakeTickers(ticker("SIM:A"), ticker("SIM:B"), ticker("SIM:C")), () => NOW);
const config = { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 4 };
const needs = { directory, hub: { latest: () => null }, now: () => NOW, record: unrecorded };
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
  expect(await decideHeld({ config, decisions, ...needs }, decision)).toEqual({ time: NOW });
  const [frame] = sent[0]?.frames ?? [];
  expect([sent[0]?.topic, frame?.partition, frame?.key]).toEqual(["ticks", partitionOf("SIM:A", 4), "SIM:A"]);
  const line: unknown = JSON.parse(frame?.value.toString() ?? "");
  expect(decisionSchema.parse(line)).toEqual({ type: "decision", ...decision, by: "operator", time: NOW });
});

test("a symbol that nobody knows is NOT_FOUND, and nothing is written", async () => {
  const decisions = { send: () => Promise.reject(new Error("sent")) };
  const deciding = decideHeld({ config, decisions, ...needs }, { ...decision, symbol: "SIM:X" });
  await expect(deciding).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a decision on a held print is recorded with its price; one that the log did not take may have been made", async () => {
  const audit = fakeAudit();
  const log = { error: () => undefined };
  const record = recordChanges(
    { audit, auditPace: new AuditPace(), log, now: () => NOW },
    { who: "ann", address: "::1" },
  );
  const hub = { latest: () => latestLine("SIM:A", { held: [print] }) };
  const failing = { send: () => Promise.reject(new TapedeckError("UNAVAILABLE", "no broker")) };
  const given = { ...needs, config, hub, record };
  await decideHeld({ ...given, decisions: { send: () => Promise.resolve() } }, { ...decision, verdict: "reject" });
  await expect(decideHeld({ ...given, decisions: failing }, decision)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(audit.rows.map(({ entry: { action, about, changes }, outcome }) => [action, about, changes, outcome])).toEqual(
    [
      [
        "print-accepted",
        "print 7 of 2026-01-05T11:59:59.999Z, 150 × 10",
        [{ field: "counts", before: "held", after: "yes" }],
        { state: "unknown", reason: "no broker", time: NOW },
      ],
      [
        "print-rejected",
        "print 7 of 2026-01-05T11:59:59.999Z, 150 × 10",
        [{ field: "counts", before: "held", after: "no" }],
        { state: "done", reason: null, time: NOW },
      ],
    ],
  );
});
