import { expect, test } from "vitest";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import type { Services } from "#lib/services/services.ts";
import { symbolHalts } from "#lib/services/symbol/halts.ts";
import { ticker } from "#test/support/ticker.ts";
import { at, CHANNEL, config, ready, records, SYMBOL } from "#test/unit/engine/lines.ts";
import { OneTask } from "#test/unit/engine/one-task.ts";
import { quote } from "#test/unit/ui/market.ts";
import { fakeTickers } from "./fake-stores.ts";

function status(seconds: number, state: "trading" | "halted"): TickLine {
  const time = at(seconds);
  return { type: "status", symbol: SYMBOL, time, receivedTime: time, state, reason: "LUDP", channel: CHANNEL };
}

/** The engine as it was stored after these lines, and what the stream told last. */
function servicesOf(lines: TickLine[], since: number | null) {
  const one = new OneTask().read(records([config(), ready(0), ...lines]));
  const halted = since === null ? null : { since: at(since), reason: "LUDP" };
  return {
    config: { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 1 } as Services["config"],
    directory: new TickerDirectory(fakeTickers(ticker(SYMBOL), ticker("SIM:B")), () => 0),
    memory: { memory: (_: string, __: number, symbol: string) => Promise.resolve(one.memory(symbol)) },
    hub: {
      quote: (symbol: string) => quote(symbol, symbol === SYMBOL ? { halted } : {}),
    } as unknown as Services["hub"],
  };
}

const OVER = { symbol: SYMBOL, from: at(1), to: at(2), reason: "LUDP" };
const LASTS = { symbol: SYMBOL, from: at(5), to: null, reason: "LUDP" };
const two = [status(1, "halted"), status(2, "trading")];

test("the halts of a symbol are those that were stored, with the one that the stream has told since", async () => {
  expect(await symbolHalts(servicesOf([], null), { symbol: SYMBOL })).toEqual({ halts: [] });
  expect(await symbolHalts(servicesOf(two, 5), { symbol: SYMBOL })).toEqual({ halts: [OVER, LASTS] });
  const stored = servicesOf([...two, status(5, "halted")], 5);
  expect(await symbolHalts(stored, { symbol: SYMBOL })).toEqual({ halts: [OVER, LASTS] });
});

test("the halts of a composite are those of its legs", async () => {
  expect(await symbolHalts(servicesOf(two, null), { symbol: `${SYMBOL}/SIM:B` })).toEqual({ halts: [OVER] });
  await expect(symbolHalts(servicesOf([], null), { symbol: "SIM:NONE" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
