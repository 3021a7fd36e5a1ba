import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BarLine } from "#lib/contracts/bars.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { type CalendarName, CALENDARS } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { batchBars, type BatchTrade } from "#test/support/batch-bars.ts";
import { generateLog } from "#test/simulation/generate-log.ts";
import { seeded } from "#test/simulation/random.ts";
import { config, heartbeat, ready, records, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

interface Arrival {
  seconds: number;
  id: number;
  price: number;
  size: number;
  side: "buy" | "sell";
  symbol: string;
}

/** Trades from noon on, most within an hour or so, some until after the night, in any order, some of them twice. */
const arrivals = fc.array(
  fc.record<Arrival>({
    seconds: fc.oneof(
      fc.double({ min: 0, max: 5000, noNaN: true }),
      fc.integer({ min: 0, max: 70 }).map((step) => step / 10),
      fc.integer({ min: 0, max: 90_000 }),
      // around the open and the close of US stocks
      fc.integer({ min: 8_990, max: 9_010 }),
      fc.integer({ min: 32_390, max: 32_410 }),
    ),
    id: fc.integer({ min: 0, max: 200 }),
    price: fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100),
    size: fc.integer({ min: 0, max: 1_000_000 }).map((parts) => parts / 1000),
    side: fc.constantFrom("buy", "sell"),
    symbol: fc.constantFrom("SIM:A", "SIM:B"),
  }),
  { minLength: 1, maxLength: 80 },
);
const proofs = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 10 });

const calendars = fc.constantFrom(...CALENDARS);

function logOf(
  calendar: CalendarName,
  trades: readonly Arrival[],
  heartbeats: readonly number[],
  frame: number,
): LogRecord[] {
  const lines: TickLine[] = trades.map(({ seconds, id, ...rest }) => trade(seconds, id, rest));
  for (const [index, seconds] of heartbeats.entries()) {
    lines.splice((index * 7) % (lines.length + 1), 0, heartbeat(seconds));
  }
  const frames = Array.from({ length: Math.ceil(lines.length / frame) }, (_, at) =>
    lines.slice(at * frame, (at + 1) * frame),
  );
  const lenient = config(1, { calendar, symbols: ["SIM:A", "SIM:B"], correctionHorizon: 100_000_000_000 });
  const begin = [lenient, ready(0), ready(0, { symbol: "SIM:B" })];
  return records(begin, ...frames, [heartbeat(200_000)]);
}

const closed = (lines: readonly BarLine[]): BarLine[] => lines.filter(({ firing }) => firing !== "early");

const close = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)));

/** Milliseconds on a busy machine; a quiet one needs a tenth of it. */
const PATIENCE = 30_000;

test(
  "the bars are those of a computation over all trades at once, in whatever order the trades come",
  () => {
    fc.assert(
      fc.property(
        calendars,
        arrivals,
        proofs,
        fc.integer({ min: 1, max: 9 }),
        (calendar, trades, heartbeats, frame) => {
          const log = logOf(calendar, trades, heartbeats, frame);
          const engine = new OneTask().read(log);
          const wanted = batchBars(
            trades.map(({ seconds, ...rest }): BatchTrade => ({ ...rest, time: trade(seconds, 0).time })),
            calendarOf(calendar),
          );
          const bars = engine.bars();
          expect([...bars.keys()].toSorted()).toEqual([...wanted.keys()].toSorted());
          for (const [id, bar] of wanted) {
            const found = bars.get(id);
            if (!found) throw new Error(id);
            const { open, high, low, close: last, trades: count, final } = found;
            expect({ open, high, low, close: last, count, final }).toEqual({
              open: bar.open,
              high: bar.high,
              low: bar.low,
              close: bar.close,
              count: bar.trades,
              final: true,
            });
            expect(close(found.volume, bar.volume) && close(found.buyVolume, bar.buyVolume)).toBe(true);
            expect(close(found.vwap, bar.vwap)).toBe(true);
          }
          expect(engine.counters.unaccounted).toBe(0);
        },
      ),
    );
  },
  PATIENCE,
);

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test(
  "telling of every line or now and then, the closed and corrected bars are the same, one after the other",
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const log = generateLog(seeded(seed));
        const batch = new OneTask("batch");
        for (const record of log) {
          batch.read([record]);
          if (record.offset % 3 === 0) batch.drain();
        }
        const each = new OneTask("record").read(log);
        expect(closed(batch.told)).toEqual(closed(each.told));
        expect(batch.snapshot()).toEqual(each.snapshot());
      }),
    );
  },
  PATIENCE,
);

test(
  "a bar is told of with a version that only grows, and closes once",
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { told } = new OneTask("record").read(generateLog(seeded(seed)));
        const newest = new Map<string, BarLine>();
        for (const line of told) {
          const id = `${line.symbol}|${line.interval}|${line.start}`;
          const before = newest.get(id);
          newest.set(id, line);
          if (!before) continue;
          const isLater = line.offset > before.offset || (line.offset === before.offset && line.line > before.line);
          expect(isLater).toBe(true);
          expect(line.final || !before.final).toBe(true);
          expect(line.revision).toBeGreaterThanOrEqual(before.revision);
        }
      }),
    );
  },
  PATIENCE,
);

test(
  "after every prefix of a log, the decoded memory goes on as the memory itself, bit for bit",
  { timeout: PATIENCE },
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const log = generateLog(seeded(seed));
        const straight = new OneTask().read(log).snapshot();
        const original = new OneTask();
        for (let prefix = 0; prefix < log.length; prefix++) {
          const revived = original.revived();
          expect(revived.snapshot()).toEqual(original.snapshot());
          expect(revived.read(log.slice(prefix)).snapshot()).toEqual(straight);
          original.read(log.slice(prefix, prefix + 1));
        }
      }),
      { numRuns: 25 },
    );
  },
);
