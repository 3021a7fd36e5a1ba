import { ALLOWED_LATENESS } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import type { Frame } from "#lib/contracts/log.ts";

export interface WorkloadOptions {
  trades: number;
  symbols: number;
  partitions: number;
  /** Event time covered, microseconds; the trades are spread evenly over it. */
  span: number;
  start: number;
  seed: number;
  /** A frame is full with so many; 500 unless told. */
  linesPerFrame?: number;
}

/** A line of configuration has room for about a thousand. */
const SYMBOLS_A_CHANNEL = 800;
const LINES_PER_FRAME = 500;

/** Mulberry32: a small seeded generator, uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function workloadSymbol(index: number): string {
  return `BENCH:S${String(index).padStart(5, "0")}`;
}

/**
 * The job that the comparison with other stream processors uses: trades of `symbols` symbols with Zipf activity (exponent 1),
 * 1 % of them up to 2 s out of order, framed by partition as a collector would, with a heartbeat behind the disorder each second.
 * Yields rounds of frames, after the first at most one frame a partition in each.
 */
export function* workload(options: WorkloadOptions): Generator<Frame[]> {
  const { symbols, partitions, seed, linesPerFrame = LINES_PER_FRAME } = options;
  const random = seededRandom(seed);
  const names = Array.from({ length: symbols }, (_, index) => workloadSymbol(index));
  const home = names.map((name) => partitionOf(name, partitions));
  const cumulative = new Float64Array(symbols);
  let total = 0;
  for (let index = 0; index < symbols; index++) cumulative[index] = total += 1 / (index + 1);
  const cents = Float64Array.from(names, () => Math.round(Math.exp(random() * 10) * 100) + 100);
  const ids = new Float64Array(symbols);

  const channels = Array.from({ length: Math.ceil(symbols / SYMBOLS_A_CHANNEL) }, (_, channel) => `bench-${channel}`);
  yield announce(names, channels, partitions);
  const trades = arrivals(options, random, cumulative, total);
  const waiting: string[][] = Array.from({ length: partitions }, () => []);
  let newest = 0;
  let proved = 0;
  for (const { time, arrival, index } of trades) {
    const price = (cents[index] = Math.max(
      1,
      (cents[index] ?? 1) + Math.round((random() - 0.5) * 2 * Math.max(1, (cents[index] ?? 1) * 0.0003)),
    ));
    const size = Math.max(1, Math.round(-Math.log(1 - random()) * 20_000)) / 100_000;
    const id = (ids[index] = (ids[index] ?? 0) + 1);
    const partition = home[index] ?? 0;
    waiting[partition]?.push(
      `{"type":"trade","symbol":"${names[index] ?? ""}","time":${time},"receivedTime":${arrival},"price":${price / 100},"size":${size},"id":${id},"side":"${random() < 0.5 ? "buy" : "sell"}","venue":"BENCH","channel":"${channels[Math.floor(index / SYMBOLS_A_CHANNEL)] ?? ""}"}`,
    );
    newest = Math.max(newest, arrival);
    if (newest - proved > 1_000_000) {
      proved = newest;
      prove(waiting, channels, proved);
    }
    if ((waiting[partition]?.length ?? 0) >= linesPerFrame) yield flush(waiting);
  }
  prove(waiting, channels, newest);
  yield flush(waiting);
}

function announce(names: readonly string[], channels: readonly string[], partitions: number): Frame[] {
  const limits = { lateness: ALLOWED_LATENESS, tolerance: 5_000_000, correctionHorizon: 86_400_000_000 };
  return Array.from({ length: partitions }, (_, partition) =>
    channels.flatMap((channel, number) => {
      const all = names.slice(number * SYMBOLS_A_CHANNEL, (number + 1) * SYMBOLS_A_CHANNEL);
      const symbols = all.filter((name) => partitionOf(name, partitions) === partition);
      const config = { type: "config", channel, n: 1, symbols, ...limits };
      const ready = symbols.map((symbol) => ({ type: "ready", channel, n: 1, symbol, from: 0 }));
      return [config, ...ready].map((line) => JSON.stringify(line));
    }),
  ).flatMap((lines, partition) => framesOf(lines, partition));
}

/** Frames that every reader accepts. */
function framesOf(lines: readonly string[], partition: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < lines.length; at += LINES_PER_FRAME) {
    frames.push({ partition, value: Buffer.from(lines.slice(at, at + LINES_PER_FRAME).join("\n")) });
  }
  return frames;
}

/** A proof of every channel, behind the disorder. */
function prove(waiting: readonly string[][], channels: readonly string[], arrival: number): void {
  const time = Math.max(0, arrival - 2_100_000);
  const lines = channels.map((channel) => `{"type":"heartbeat","channel":"${channel}","time":${time},"config":1}`);
  for (const each of waiting) each.push(...lines);
}

function flush(waiting: string[][]): Frame[] {
  const frames: Frame[] = [];
  waiting.forEach((lines, partition) => {
    if (lines.length > 0) frames.push({ partition, value: Buffer.from(lines.join("\n")) });
    lines.length = 0;
  });
  return frames;
}

interface Arrival {
  time: number;
  arrival: number;
  index: number;
}

/** Poisson-like times in blocks of a second's worth, each sorted by arrival, so that memory stays small. */
function* arrivals(
  options: WorkloadOptions,
  random: () => number,
  cumulative: Float64Array,
  total: number,
): Generator<Arrival> {
  const { trades, span, start } = options;
  const step = span / trades;
  let late: Arrival[] = [];
  for (let count = 0; count < trades; count++) {
    const time = start + Math.floor(count * step);
    const index = pick(cumulative, random() * total);
    if (random() < 0.01) late.push({ time, arrival: time + Math.floor(random() * 2_000_000), index });
    else yield { time, arrival: time, index };
    if (late.length > 0 && count % 256 === 0) {
      const due = late.filter((one) => one.arrival <= time).toSorted((a, b) => a.arrival - b.arrival);
      late = late.filter((one) => one.arrival > time);
      yield* due;
    }
  }
  yield* late.toSorted((a, b) => a.arrival - b.arrival);
}

function pick(cumulative: Float64Array, at: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
