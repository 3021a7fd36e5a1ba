import { Covariance } from "#lib/domain/sketches/covariance.ts";
import { DecayedRate } from "#lib/domain/sketches/decayed-rate.ts";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { HyperLogLog } from "#lib/domain/sketches/hyper-log-log.ts";
import { type ItemCodec, Reservoir } from "#lib/domain/sketches/reservoir.ts";
import { SpaceSaving } from "#lib/domain/sketches/space-saving.ts";
import { VolumeProfile } from "#lib/domain/sketches/volume-profile.ts";
import { type Random, seeded } from "#test/simulation/random.ts";

export interface AccuracyRow {
  sketch: string;
  /** Of the encoding, the largest that was seen. */
  bytes: number;
  bound: string;
  /** Share of the exact value, or of what the bound says. */
  worst: number;
  /** A second, on one core. */
  adds: number;
  merges: number;
}

/** What every sketch can do. */
interface Sketch<S> {
  merge: (other: S) => S;
  /** Only what holds items needs their codec. */
  encode: (codec: ItemCodec<number>) => Uint8Array;
}

const ITEMS = 1000;
const codec: ItemCodec<number> = { write: (writer, item) => writer.double(item), read: (reader) => reader.double() };

/** Measures every sketch over so many random streams, each filled in two halves that are merged. */
export function* measureAccuracy(streams: number): Generator<AccuracyRow> {
  yield histogram(streams);
  yield profile(streams);
  yield distinct(streams, 300, "HyperLogLog, up to 384: a list", "exact");
  yield distinct(streams, 20_000, "HyperLogLog, 2^12 registers", "1.625 % standard error");
  yield heavy(streams);
  yield sample(streams);
  yield covariance(streams);
  yield rate(streams);
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

interface Run<S extends Sketch<S>> {
  sketch: string;
  bound: string;
  streams: number;
  make: (seed: number) => S;
  /** Adds the items of a stream to the first and the second half in turn; gives what is off in the merged one. */
  stream: (random: Random, first: S, second: S) => (merged: S) => number;
  add: (sketch: S, index: number) => void;
}

function run<S extends Sketch<S>>({ sketch, bound, streams, make, stream, add }: Run<S>): AccuracyRow {
  let worst = 0;
  let bytes = 0;
  let merging = 0;
  for (let seed = 1; seed <= streams; seed++) {
    const [first, second] = [make(2 * seed), make(2 * seed + 1)];
    const errorOf = stream(seeded(seed), first, second);
    const begin = performance.now();
    const merged = first.merge(second);
    merging += performance.now() - begin;
    worst = Math.max(worst, errorOf(merged));
    bytes = Math.max(bytes, merged.encode(codec).length);
  }
  return { sketch, bound, worst, bytes, adds: addsPerSecond(make(1), add), merges: streams / (merging / 1000) };
}

/** At least a fifth of a second of adding, after as much to warm up. */
function addsPerSecond<S>(sketch: S, add: (sketch: S, index: number) => void): number {
  const until = (milliseconds: number): number => {
    const begin = performance.now();
    let index = 0;
    while (performance.now() - begin < milliseconds) for (let more = 0; more < 1000; more++) add(sketch, index++);
    return (index / (performance.now() - begin)) * 1000;
  };
  until(200);
  return until(200);
}

const SIZES = Float64Array.from({ length: 4096 }, (_, index) =>
  Math.round(Math.exp(5 + 1.5 * normal(seeded(index + 1)))),
);

function histogram(streams: number): AccuracyRow {
  return run({
    sketch: "exponential histogram, scale 5",
    bound: "1.083 % of the quantile",
    streams,
    make: () => new ExponentialHistogram(),
    stream: (random, first, second) => {
      const values = Array.from({ length: ITEMS }, () => Math.exp(5 + 1.5 * normal(random)));
      for (const [index, value] of values.entries()) (index % 2 === 0 ? first : second).add(value);
      const sorted = values.toSorted((a, b) => a - b);
      return (merged) => {
        const errors = [0.01, 0.25, 0.5, 0.9, 0.99, 0.999].map((share) => {
          const exact = sorted[Math.ceil(share * ITEMS) - 1] ?? 0;
          return Math.abs((merged.quantile(share)?.value ?? 0) / exact - 1);
        });
        return Math.max(...errors);
      };
    },
    add: (sketch, index) => sketch.add(SIZES[index & 4095] ?? 0),
  });
}

/** The price up to which half of the volume was traded; rows ascending by price. */
function middle(rows: readonly (readonly [price: number, volume: number])[]): number {
  const total = rows.reduce((sum, [, volume]) => sum + volume, 0);
  let held = 0;
  return (rows.find(([, volume]) => (held += volume) >= total / 2) ?? [0])[0];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function profile(streams: number): AccuracyRow {
  return run({
    sketch: "volume profile, scale 13",
    bound: "0.00423 % of the price; volume exact",
    streams,
    make: () => new VolumeProfile(),
    stream: (random, first, second) => {
      const trades: [number, number][] = [];
      let price = 100;
      for (let index = 0; index < ITEMS; index++) {
        price *= 1 + 0.0003 * normal(random);
        trades.push([price, random.below(1_000_000) / 1e4]);
      }
      for (const [index, [at, size]] of trades.entries()) (index % 2 === 0 ? first : second).add(at, size);
      const sorted = trades.toSorted(([a], [b]) => a - b);
      return (merged) => {
        const estimate = middle(
          merged.buckets().map(({ lower, upper, volume }) => [(2 * lower * upper) / (lower + upper), volume]),
        );
        return Math.abs(estimate / middle(sorted) - 1);
      };
    },
    add: (sketch, index) => sketch.add(100 + (index & 1023) / 100, SIZES[index & 4095] ?? 0),
  });
}

function distinct(streams: number, items: number, sketch: string, bound: string): AccuracyRow {
  let next = 0;
  return run({
    sketch,
    bound,
    streams,
    make: () => new HyperLogLog(),
    stream: (_, first, second) => {
      const begin = next;
      next += items;
      // Every third item in both.
      for (let item = begin; item < next; item++) {
        if (item % 3 !== 1) first.addInteger(item);
        if (item % 3 !== 2) second.addInteger(item);
      }
      return (merged) => Math.abs(merged.estimate().value / items - 1);
    },
    add: (hll, index) => hll.addInteger(index),
  });
}

const KEYS = Array.from({ length: 10_000 }, (_, key) => `SIM:${key}`);

function heavy(streams: number): AccuracyRow {
  return run({
    sketch: "Space-Saving, 256 counters",
    bound: "total / 256 (here: share of it)",
    streams,
    make: () => new SpaceSaving(),
    stream: (random, first, second) => {
      const exact = new Map<string, number>();
      const items = 4 * ITEMS;
      for (let index = 0; index < items; index++) {
        // Zipf, nearly: 10,000 keys.
        const key = KEYS[Math.floor(10_000 ** random.next()) - 1] ?? "";
        exact.set(key, (exact.get(key) ?? 0) + 1);
        (index % 2 === 0 ? first : second).add(key);
      }
      return (merged) => {
        const errors = merged.top().map(({ key, upper }) => upper - (exact.get(key) ?? 0));
        return Math.max(...errors) / (items / 256);
      };
    },
    add: (sketch, index) => sketch.add(KEYS[(index * 7919) % 10_000] ?? ""),
  });
}

function sample(streams: number): AccuracyRow {
  return run({
    sketch: "reservoir, 64 of a stream",
    bound: "12.5 % of a standard deviation, 1σ",
    streams,
    make: (seed) => new Reservoir<number>(seed),
    stream: (random, first, second) => {
      const items = Array.from({ length: ITEMS }, () => normal(random));
      for (const [index, item] of items.entries()) (index % 4 === 0 ? first : second).add(item);
      return (merged) => Math.abs(meanOf(merged.items) - meanOf(items));
    },
    add: (reservoir, index) => reservoir.add(index),
  });
}

function covariance(streams: number): AccuracyRow {
  const pair = new Float64Array(2);
  return run({
    sketch: "covariance of a pair",
    bound: "rounding",
    streams,
    make: () => new Covariance(2),
    stream: (random, first, second) => {
      const pairs = Array.from({ length: ITEMS }, () => {
        const common = normal(random);
        return [0.001 * (common + normal(random)), 0.002 * (common + normal(random))] as const;
      });
      for (const [index, observation] of pairs.entries()) (index < ITEMS / 3 ? first : second).add(observation);
      const mean = (at: 0 | 1): number => pairs.reduce((sum, one) => sum + one[at], 0) / ITEMS;
      const [x, y] = [mean(0), mean(1)];
      const exact = pairs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / (ITEMS - 1);
      return (merged) => Math.abs((merged.covariance(0, 1) ?? 0) / exact - 1);
    },
    add: (sketch, index) => {
      pair[0] = SIZES[index & 4095] ?? 0;
      pair[1] = SIZES[(index + 1) & 4095] ?? 0;
      sketch.add(pair);
    },
  });
}

function rate(streams: number): AccuracyRow {
  const half = 10e6;
  return run({
    sketch: "decayed rate",
    bound: "rounding",
    streams,
    make: () => new DecayedRate(half),
    stream: (random, first, second) => {
      const end = 60e6;
      const times = Array.from({ length: ITEMS }, () => random.below(end));
      for (const [index, time] of times.entries()) (index % 2 === 0 ? first : second).add(time);
      const exact = times.reduce((sum, time) => sum + 2 ** (-(end - time) / half), 0) * (Math.LN2 / 10);
      return (merged) => Math.abs(merged.at(end) / exact - 1);
    },
    add: (sketch, index) => sketch.add(index * 100),
  });
}
