import * as fc from "fast-check";
import { expect, test } from "vitest";
import { quoteSchema, tradeSchema, type Quote, type Trade } from "#lib/contracts/ticks.ts";
import { quoteLine, tradeLine } from "#lib/contracts/write-line.ts";

const time = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const price = fc.double({ min: 1e-9, max: 1e12, noNaN: true });
const size = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e15, noNaN: true }));
const text = fc
  .string({ minLength: 1, maxLength: 16, unit: "grapheme-composite" })
  .filter(({ length }) => length <= 16);
const base = {
  symbol: fc.constantFrom("SIM:AAPL", "BINANCE:BTCUSDT", "NYSE:BRK.B", "FX:EUR/USD"),
  time,
  receivedTime: time,
  channel: fc.constantFrom("simulator-0", "tape-btcusdt"),
};

const trade: fc.Arbitrary<Trade> = fc.record(
  {
    type: fc.constant("trade" as const),
    ...base,
    price,
    size,
    id: time,
    idSpace: text,
    sequence: time,
    side: fc.constantFrom("buy" as const, "sell" as const),
    venue: text,
    conditions: fc.array(text, { maxLength: 8 }),
  },
  { requiredKeys: ["type", "symbol", "time", "receivedTime", "channel", "price", "size", "id"] },
);

const quote: fc.Arbitrary<Quote> = fc.record({
  type: fc.constant("quote" as const),
  ...base,
  bid: price,
  bidSize: size,
  ask: price,
  askSize: size,
});

test("a written trade is what the schema reads back, whatever its texts and numbers are", () => {
  fc.assert(
    fc.property(trade, (value) => {
      expect(tradeSchema.parse(JSON.parse(tradeLine(value, value.receivedTime, value.channel)))).toEqual(value);
    }),
    { numRuns: 2000 },
  );
});

test("a written quote is what the schema reads back", () => {
  fc.assert(
    fc.property(quote, (value) => {
      expect(quoteSchema.parse(JSON.parse(quoteLine(value, value.receivedTime, value.channel)))).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("a line is as JSON.stringify would write the same fields in the same order", () => {
  fc.assert(
    fc.property(trade, (value) => {
      const { type, symbol, time: at, receivedTime, price: paid, size: amount, id, channel } = value;
      const { idSpace, sequence, side, venue, conditions } = value;
      const ordered = { type, symbol, time: at, receivedTime, price: paid, size: amount, id };
      expect(tradeLine(value, receivedTime, channel)).toBe(
        JSON.stringify({ ...ordered, idSpace, sequence, side, venue, conditions, channel }),
      );
    }),
  );
});
