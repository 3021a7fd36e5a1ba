import type { GivenBar, Quote, Status, TickLine, Trade } from "#lib/contracts/ticks.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import { DAY, SECOND, windowStart } from "#lib/domain/interval.ts";
import { CONTENT_SPACE } from "#lib/engine/parse-frame.ts";
import type { Random } from "./random.ts";

const LATENESS = { "1s": SECOND, "1m": 1.5 * SECOND, "5m": 2 * SECOND, "1h": 2 * SECOND, "1d": 3 * SECOND };
/** Three seconds before a midnight of UTC at which US stocks stop trading too: the windows of all intervals end within a log. */
const BEGIN = Date.UTC(2026, 6, 6, 23, 59, 57) * 1000;
const SYMBOLS = ["SIM:A", "SIM:B", "SIM:C"] as const;
/** Sale conditions of every kind. */
const CONDITIONS = ["@", "F", "I", "Z", "M", "9", "?"] as const;
const CHANNELS = ["one", "two"] as const;
const CALENDARS = ["utc", "us-equities"] as const;

interface Market {
  random: Random;
  time: number;
  ids: number[];
  configs: number[];
  homes: number[];
  past: (Trade | Quote | Status)[];
}

/**
 * A short log of one partition with everything that makes the engine's life hard: duplicates, trades after the close and beyond the
 * horizon, holes among the ids, trades without ids or with conditions, prints far outside and decisions on them, quotes alone, trading halts
 * that are told late or twice, symbols that change channel or wait for their `ready`, old heartbeats, given bars and lines that are not
 * ticks.
 */
export function generateLines(random: Random): string[][] {
  const market: Market = {
    random,
    time: BEGIN + random.below(2 * SECOND),
    ids: SYMBOLS.map(() => 1 + random.below(3)),
    configs: CHANNELS.map(() => 0),
    homes: [0, 0, 1],
    past: [],
  };
  const frames: (TickLine | string)[][] = [[...configure(market, 0), ...configure(market, 1)]];
  const length = 8 + random.below(22);
  while (frames.length < length) {
    market.time += random.below(1.2 * SECOND);
    const lines = Array.from({ length: 1 + random.below(4) }, () => nextLines(market)).flat();
    frames.push(lines);
  }
  return frames.map((lines) => lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))));
}

/** The same as the broker keeps it. */
export function generateLog(random: Random): LogRecord[] {
  return recordsOf(generateLines(random));
}

/** Frames as records, taken by the broker from `since` on, milliseconds. */
export function recordsOf(frames: readonly (readonly string[])[], since = 1_767_657_600_000): LogRecord[] {
  return frames.map((lines, offset) => ({ offset, timestamp: since + offset, value: Buffer.from(lines.join("\n")) }));
}

function nextLines(market: Market): (TickLine | string)[] {
  const { random } = market;
  const roll = random.next();
  if (roll < 0.2) return [heartbeat(market)];
  if (roll < 0.3 && market.past.length > 0) return [random.pick(market.past)];
  if (roll < 0.42) return [quote(market)];
  if (roll < 0.46) return configure(market, random.below(CHANNELS.length));
  if (roll < 0.49) return [ready(market, random.below(SYMBOLS.length))];
  if (roll < 0.53) return [givenBar(market)];
  if (roll < 0.55) return ["{not json", ""];
  if (roll < 0.61) return [decision(market)];
  if (roll < 0.66) return [status(market)];
  return [trade(market)];
}

/** The next configuration of a channel, sometimes with another's symbol, and the `ready` of most of its symbols at once. */
function configure(market: Market, channel: number): TickLine[] {
  const { random } = market;
  market.configs[channel] = (market.configs[channel] ?? 0) + 1;
  if (random.chance(0.4)) market.homes[2] = channel;
  const own = SYMBOLS.filter((_, symbol) => market.homes[symbol] === channel && !random.chance(0.05));
  const lines: TickLine[] = [
    {
      type: "config",
      channel: CHANNELS[channel] ?? "one",
      n: market.configs[channel],
      symbols: own,
      calendar: CALENDARS[channel] ?? "utc",
      lateness: random.chance(0.8) ? LATENESS : { ...LATENESS, "1s": 3 * SECOND },
      profile: random.chance(0.5) ? "us-equities" : "all",
      guard: random.chance(0.6) ? { band: 0.015, prints: 3 } : null,
      tolerance: SECOND,
      correctionHorizon: 9 * SECOND,
    },
  ];
  for (const [symbol, name] of SYMBOLS.entries()) {
    if (own.includes(name) && random.chance(0.8)) lines.push(ready(market, symbol));
  }
  return lines;
}

function ready(market: Market, symbol: number): TickLine {
  const { random } = market;
  const channel = market.homes[symbol] ?? 0;
  const common = {
    type: "ready" as const,
    channel: CHANNELS[channel] ?? "one",
    n: Math.max(1, (market.configs[channel] ?? 1) - (random.chance(0.1) ? 1 : 0)),
    symbol: SYMBOLS[symbol] ?? "SIM:A",
  };
  return random.chance(0.5) ? common : { ...common, from: market.time - random.below(2 * SECOND) };
}

function heartbeat({ random, time, configs }: Market): TickLine {
  const channel = random.below(CHANNELS.length);
  return {
    type: "heartbeat",
    channel: CHANNELS[channel] ?? "one",
    time: time - random.below(SECOND),
    config: Math.max(1, (configs[channel] ?? 1) - (random.chance(0.1) ? 1 : 0)),
  };
}

function eventTime({ random, time }: Market): number {
  return random.chance(0.25) ? time - random.below(12 * SECOND) : time - random.below(SECOND / 2);
}

function trade(market: Market): Trade {
  const { random } = market;
  const symbol = random.below(SYMBOLS.length);
  const id = (market.ids[symbol] = (market.ids[symbol] ?? 0) + (random.chance(0.1) ? 2 : 1));
  const late = random.chance(0.1) && id > 3 ? 2 : 0;
  const time = eventTime(market);
  const made: Trade = {
    type: "trade",
    symbol: SYMBOLS[symbol] ?? "SIM:A",
    time,
    receivedTime: time + (random.chance(0.03) ? -2 * SECOND : random.below(SECOND)),
    price: (10_000 + random.below(500)) / 100,
    size: random.chance(0.05) ? 0 : random.below(1000) / 1000,
    id: id - late,
    ...(random.chance(0.05) ? { idSpace: "other" } : {}),
    ...(random.chance(0.3) ? { conditions: [random.pick(CONDITIONS), random.pick(CONDITIONS)] } : {}),
    ...(id % 4 === 0 ? { venue: `V${id % 12}` } : {}),
    ...(random.chance(0.7) ? { side: random.pick(["buy", "sell"] as const) } : {}),
    channel: random.chance(0.02) ? "unknown" : (CHANNELS[market.homes[symbol] ?? 0] ?? "one"),
  };
  // Of a source that numbers nothing.
  if (random.chance(0.06)) delete made.id;
  market.past.push(made);
  return made;
}

/** On a print that was, or on one that comes. */
function decision({ random, past, ids, time }: Market): TickLine {
  const trades = past.filter((tick) => tick.type === "trade");
  const print = random.chance(0.8) ? trades.at(-1 - random.below(4)) : undefined;
  const symbol = random.below(SYMBOLS.length);
  const isNumbered = print?.id !== undefined || random.chance(0.5);
  return {
    type: "decision",
    symbol: print?.symbol ?? SYMBOLS[symbol] ?? "SIM:A",
    id: print?.id ?? (isNumbered ? (ids[symbol] ?? 0) + 1 : random.below(4)),
    ...(print?.idSpace !== undefined && { idSpace: print.idSpace }),
    ...(!isNumbered && { idSpace: CONTENT_SPACE }),
    verdict: random.pick(["accept", "reject"] as const),
    by: "operator",
    tradeTime: print && random.chance(0.95) ? print.time : time,
    time,
  };
}

function quote(market: Market): Quote {
  const { random } = market;
  const symbol = random.below(SYMBOLS.length);
  const time = eventTime(market);
  const bid = (10_000 + random.below(500)) / 100;
  const made: Quote = {
    type: "quote",
    symbol: SYMBOLS[symbol] ?? "SIM:A",
    time,
    receivedTime: time + random.below(SECOND),
    bid,
    bidSize: 1 + random.below(9),
    ask: bid + random.below(10) / 100,
    askSize: 1 + random.below(9),
    channel: CHANNELS[market.homes[symbol] ?? 0] ?? "one",
  };
  market.past.push(made);
  return made;
}

function status(market: Market): Status {
  const { random } = market;
  const symbol = random.below(SYMBOLS.length);
  const time = eventTime(market);
  const made: Status = {
    type: "status",
    symbol: SYMBOLS[symbol] ?? "SIM:A",
    time,
    receivedTime: time + (random.chance(0.05) ? -2 * SECOND : random.below(SECOND)),
    state: random.pick(["trading", "halted"] as const),
    reason: random.pick([null, "LUDP", "T1"]),
    channel: random.chance(0.05) ? "unknown" : (CHANNELS[market.homes[symbol] ?? 0] ?? "one"),
  };
  market.past.push(made);
  return made;
}

function givenBar({ random, time }: Market): GivenBar {
  const price = 100 + random.below(10);
  return {
    type: "bar",
    symbol: random.pick(SYMBOLS),
    interval: "1d",
    start: windowStart("1d", time) - random.below(3) * DAY,
    open: price,
    high: price + 1,
    low: price - 1,
    close: price,
    volume: random.below(100),
    channel: "one",
  };
}
