import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MOST_AMOUNT, tickLineSchema, type Quote, type Status, type Trade } from "#lib/contracts/ticks.ts";
import { quoteLine, tradeLine } from "#lib/contracts/write-line.ts";
import { DEAD, Frame, NOTHING, OTHER, QUOTE } from "#lib/engine/frame.ts";
import { couponOfText } from "#lib/domain/sketches/coupon.ts";
import { CONTENT_SPACE, parseFrame } from "#lib/engine/parse-frame.ts";
import { scanTick } from "#lib/engine/scan-tick.ts";
import { CHANNEL, knownNames, SYMBOL, WHOLE_LINE } from "./known-names.ts";

/** What the engine sees of a line, as an object again. */
function seen(line: string | Buffer): unknown {
  const frame = new Frame();
  const names = knownNames();
  parseFrame(frame, 0, Buffer.from(line), names);
  if (frame.lines === 0) return "nothing";
  const kind = frame.kind[0];
  if (kind === NOTHING) return "nothing";
  if (kind === DEAD) return "dead";
  if (kind === OTHER) return frame.objects.get(0);
  const named = frame.objects.get(0);
  const common = {
    time: frame.time[0],
    receivedTime: frame.receivedTime[0],
    symbol: names.symbols.names[frame.symbol[0] ?? -1] ?? (named && "symbol" in named ? named.symbol : undefined),
    channel: names.channels.names[frame.channel[0] ?? -1] ?? (named && "channel" in named ? named.channel : undefined),
  };
  if (kind === QUOTE) {
    return { ...common, bid: frame.price[0], bidSize: frame.size[0], ask: frame.ask[0], askSize: frame.askSize[0] };
  }
  const space = names.spaces.names[frame.space[0] ?? -1];
  return {
    ...common,
    price: frame.price[0],
    size: frame.size[0],
    id: frame.id[0],
    side: frame.side[0],
    venue: frame.venue[0],
    space: space ?? (named?.type === "trade" ? (named.idSpace ?? "") : undefined),
    conditions: frame.conditions.get(0),
    ...(space === CONTENT_SPACE && { without: named }),
  };
}

/** The same by the schemas alone. */
function wanted(line: string | Buffer): unknown {
  const text = line.toString("utf8");
  if (text === "") return "nothing";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "dead";
  }
  const parsed = tickLineSchema.safeParse(value);
  if (!parsed.success) return "dead";
  const tick = parsed.data;
  if (tick.type === "trade") {
    const { time, receivedTime, symbol, channel, price, size, id, side, idSpace, conditions } = tick;
    const venue = tick.venue === undefined ? 0 : couponOfText(tick.venue);
    const told = conditions && conditions.length > 0 ? JSON.stringify(conditions) : undefined;
    const sides = { buy: 1, sell: 2 };
    const common = { time, receivedTime, symbol, channel, price, size, side: side ? sides[side] : 0, venue };
    if (id === undefined) return { ...common, id: 0, space: CONTENT_SPACE, conditions: told, without: tick };
    return { ...common, id, space: idSpace ?? "", conditions: told };
  }
  if (tick.type === "quote") {
    const { type: _, ...quote } = tick;
    return quote;
  }
  return tick;
}

const integer = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000 }),
  fc.maxSafeNat(),
  fc.integer({ min: 1_700_000_000_000_000, max: 1_800_000_000_000_000 }),
);
const amount = fc.oneof(
  fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
  fc.integer({ min: 0, max: 10_000_000 }).map((parts) => parts / 1e8),
  fc.double({ min: 0, max: 1e12, noNaN: true }),
  fc.double({ min: MOST_AMOUNT / 2, max: MOST_AMOUNT * 2, noNaN: true }),
  fc.double({ min: MOST_AMOUNT, max: Number.MAX_VALUE, noNaN: true }),
);
const price = amount.filter((value) => value > 0);
const text = fc.oneof(fc.constantFrom("v2", "X", 'quo"te', "back\\slash", "é", "12345678901234567"), fc.string());
const symbol = fc.constantFrom("SIM:A", SYMBOL, "SIM:UNKNOWN");
const channel = fc.constantFrom(CHANNEL, "unknown");

const trade: fc.Arbitrary<Trade> = fc.record(
  {
    type: fc.constant("trade" as const),
    symbol,
    time: integer,
    receivedTime: integer,
    price,
    size: amount,
    id: integer,
    idSpace: text,
    sequence: integer,
    side: fc.constantFrom("buy" as const, "sell" as const),
    venue: text,
    conditions: fc.array(text, { maxLength: 9 }),
    channel,
  },
  { requiredKeys: ["type", "symbol", "time", "receivedTime", "price", "size", "channel"] },
);
const quote: fc.Arbitrary<Quote> = fc.record({
  type: fc.constant("quote" as const),
  symbol,
  time: integer,
  receivedTime: integer,
  bid: price,
  bidSize: amount,
  ask: price,
  askSize: amount,
  channel,
});

const status: fc.Arbitrary<Status> = fc.record({
  type: fc.constant("status" as const),
  symbol,
  time: integer,
  receivedTime: integer,
  state: fc.constantFrom("trading" as const, "halted" as const),
  reason: fc.oneof(fc.constant(null), text),
  channel,
});

/** A well-formed line with something done to it. */
const bent = fc
  .tuple(
    fc.oneof(trade, quote, status),
    fc.array(
      fc.tuple(fc.nat(400), fc.constantFrom("", "0", "-", ".", "e5", ",", '"', "\\", "}", " ", "é", "\t", "1", "[")),
      { minLength: 1, maxLength: 2 },
    ),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([tick, edits, removed]) => {
    let line = JSON.stringify(tick);
    for (const [at, inserted] of edits) {
      const place = at % (line.length + 1);
      line = line.slice(0, place) + inserted + line.slice(place + removed);
    }
    return line;
  });

/** Objects with the right keys and any values. */
const wild = fc
  .dictionary(
    fc.constantFrom("type", "symbol", "time", "receivedTime", "price", "size", "id", "bid", "ask", "channel", "other"),
    fc.oneof(fc.constantFrom("trade", "quote", SYMBOL, CHANNEL, null, -1, 1.5, 7, 1e300), fc.jsonValue()),
  )
  .map((value) => JSON.stringify({ type: "trade", ...value }));

test("the parser of lines sees in a tick what the schemas see", () => {
  fc.assert(
    fc.property(fc.oneof(trade, quote, status), (tick) => {
      const line = JSON.stringify(tick);
      expect(seen(line)).toEqual(wanted(line));
    }),
    { numRuns: 500 },
  );
});

test("the parser of lines sees it whatever the order of the fields", () => {
  const ranks = fc.array(fc.nat(), { minLength: 13, maxLength: 13 });
  fc.assert(
    fc.property(fc.oneof(trade, quote, status), ranks, (tick, order) => {
      const entries = Object.entries(tick).map((entry, at) => ({ entry, rank: order[at] ?? 0 }));
      const shuffled = entries.toSorted((one, two) => one.rank - two.rank).map(({ entry }) => entry);
      const line = JSON.stringify(Object.fromEntries(shuffled));
      expect(seen(line)).toEqual(wanted(line));
    }),
  );
});

test("the parser of lines refuses and accepts bent lines exactly as the schemas do", () => {
  fc.assert(
    fc.property(fc.oneof(bent, wild, fc.json(), fc.string()), (line) => {
      fc.pre(!line.includes("\n"));
      expect(seen(line)).toEqual(wanted(line));
    }),
    { numRuns: 3000 },
  );
});

test("the parser of lines takes the lines of a collector without making an object of them", () => {
  const names = knownNames();
  const common = { symbol: SYMBOL, time: 1_700_000_000_000_000, id: 7, price: 0.1, size: 0.00000001 };
  const lines = [
    tradeLine({ type: "trade", ...common }, 1_700_000_000_000_001, CHANNEL),
    tradeLine(
      {
        type: "trade",
        ...common,
        idSpace: "v2",
        sequence: 3,
        side: "buy",
        venue: "XNAS",
        conditions: ["@", "I"],
        price: 0.30000000000000004,
      },
      5,
      CHANNEL,
    ),
    quoteLine({ type: "quote", symbol: SYMBOL, time: 5, bid: 1, bidSize: 0, ask: 1.25, askSize: 3.5 }, 6, CHANNEL),
  ];
  for (const line of lines) {
    const frame = new Frame();
    frame.reset(0, Buffer.from(line));
    frame.next();
    expect(scanTick(frame, 0, 0, names)).toBe(line.length);
    expect(seen(line)).toEqual(wanted(line));
  }
});

const NUMBERS =
  "01 1. .5 -1 1e3 +1 0x1 1.5.2 --1 0.0 0 00 9007199254740993 1e18 1000000000000000000 1000000000000000200 1.1e18 1e300 1e999";

test.each(NUMBERS.split(" "))("the parser of lines reads the number %s as the schemas do", (number) => {
  for (const field of ["price", "size", "id", "time"]) {
    const line = WHOLE_LINE.replace(`"${field}":1`, `"${field}":${number}`);
    expect(seen(line)).toEqual(wanted(line));
  }
});
