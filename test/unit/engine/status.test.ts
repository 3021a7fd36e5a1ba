import { describe, expect, test } from "vitest";
import { latestLineSchema, type LatestLine } from "#lib/contracts/latest.ts";
import type { Status, TickLine } from "#lib/contracts/ticks.ts";
import { drainLatestDocuments, tellLatest } from "#lib/engine/latest.ts";
import { encodeSlot } from "#lib/engine/slot-codec.ts";
import { at, CHANNEL, config, heartbeat, ready, records, SYMBOL, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

function status(
  seconds: number,
  state: Status["state"],
  reason: string | null = null,
  rest: Partial<Status> = {},
): Status {
  const time = at(seconds);
  return { type: "status", symbol: SYMBOL, time, receivedTime: time, state, reason, channel: CHANNEL, ...rest };
}

const after = (...frames: TickLine[][]): OneTask => new OneTask().read(records([config(), ready()], ...frames));

function told({ task: { state } }: OneTask): LatestLine[] {
  tellLatest(state);
  const text = Buffer.concat(state.latest.take()).toString();
  return text === "" ? [] : text.split("\n").map((line) => latestLineSchema.parse(JSON.parse(line)));
}

const pricesOf = ({ told: bars }: OneTask) =>
  bars.map(({ interval, start, open, high, low, close, volume, firing }) => {
    return { interval, start, open, high, low, close, volume, firing };
  });

const HALT = status(2, "halted", "Volatility pause (LUDP)");

describe("a status line", () => {
  test("is told with the newest of its symbol until trading is, and not by a trade after it", () => {
    const one = after([trade(1, 1)], [HALT]);
    expect(told(one)).toMatchObject([{ price: 100, halted: { since: at(2), reason: "Volatility pause (LUDP)" } }]);
    one.read(records([], [], [], [trade(3, 2)]).slice(3));
    expect(told(one)).toMatchObject([{ tradeTime: at(3), halted: { since: at(2) } }]);
    one.read(records([], [], [], [], [status(9, "trading")]).slice(4));
    const [line] = told(one);
    expect(line).toMatchObject({ offset: 4 });
    expect(line?.halted).toBeUndefined();
  });

  test("that says nothing new is a duplicate or shows nothing", () => {
    const one = after([trade(1, 1), HALT]);
    told(one);
    one.read(records([], [], [HALT, status(1, "trading"), status(5, "halted")]).slice(2));
    expect(one.counters).toMatchObject({ applied: 5, duplicate: 2, deadTotal: 0, unaccounted: 0 });
    expect(told(one)).toEqual([]);
  });

  test("of a symbol that never ticked tells of it, with the halt's own time", () => {
    const [line] = told(after([HALT]));
    expect(line).toMatchObject({ time: at(2), price: null, bid: null, halted: { since: at(2) } });
    expect(told(after([status(2, "trading")]))).toEqual([]);
  });

  test("is stored with the newest of its symbol", () => {
    const one = after([trade(1, 1), HALT]);
    const [document] = drainLatestDocuments(one.task.state);
    expect(latestLineSchema.parse(JSON.parse(document?.body ?? ""))).toMatchObject({ halted: { since: at(2) } });
  });

  test("of an unknown channel or from the future is dead", () => {
    const { counters } = after([
      status(1, "halted", null, { channel: "nobody" }),
      status(60, "halted", null, { receivedTime: at(1) }),
    ]);
    expect(counters.dead).toMatchObject({ "unknown-channel": 1, "from-the-future": 1 });
  });

  test("changes no bar, and a log without any leaves no trace of them", () => {
    const lines = [trade(1, 1), trade(61, 2), heartbeat(200)];
    const [plain, halted] = [after(lines), after([HALT], lines, [status(8, "trading")])];
    expect(pricesOf(halted)).toEqual(pricesOf(plain));
    const [slot] = plain.task.state.slots;
    expect(slot && encodeSlot(plain.task.state, slot)).not.toContain("trading");
  });
});
