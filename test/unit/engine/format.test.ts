import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { LOGIC } from "#lib/engine/logic.ts";
import { config, heartbeat, quote, ready, records, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

/** Number of the rules, and what they make of the log below. A change of the one without the other goes on from state that it misreads. */
const KNOWN = { logic: 3, fingerprint: "ac9a54ae165393a1" };

test("what is stored of a log changes only together with the number of the rules", () => {
  const log = records(
    [config(1, { symbols: ["SIM:A", "SIM:B"] }), ready(0), ready(0, { symbol: "SIM:B" })],
    [
      trade(1, 1, { price: 10.25, size: 300, side: "buy" }),
      quote(1.5, 10.2, 10.3),
      trade(2, 2, { price: 10.5, size: 0.7 }),
    ],
    [trade(2, 2), trade(62, 4, { price: 9.75, side: "sell" }), trade(3, 7, { symbol: "SIM:B", size: 1e6 })],
    [heartbeat(100), trade(5, 3, { price: 11 })],
  );
  const { windows, slots, channels } = new OneTask().read(log).snapshot();
  expect(windows.length).toBeGreaterThan(4);
  const stored = JSON.stringify([windows.toSorted(), slots, channels]);
  const fingerprint = createHash("sha256").update(stored).digest("hex").slice(0, 16);
  expect({ logic: LOGIC, fingerprint }).toEqual(KNOWN);
});
