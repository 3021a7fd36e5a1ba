import type { LogRecord } from "#lib/contracts/log.ts";
import type { ChannelConfig, GivenBar, Heartbeat, Quote, Ready, TickLine, Trade } from "#lib/contracts/ticks.ts";
import { SECOND, type Micros } from "#lib/domain/interval.ts";

/** 2026-01-05 12:00:00 UTC. */
export const NOON = Date.UTC(2026, 0, 5, 12) * 1000;
export const SYMBOL = "SIM:A";
export const CHANNEL = "sim-0";

/** Seconds after noon, in microseconds. */
export const at = (seconds: number): Micros => NOON + Math.round(seconds * SECOND);

export function trade(seconds: number, id: number, rest: Partial<Trade> = {}): Trade {
  const time = at(seconds);
  return {
    type: "trade",
    symbol: SYMBOL,
    time,
    receivedTime: time,
    price: 100,
    size: 1,
    id,
    channel: CHANNEL,
    ...rest,
  };
}

export function quote(seconds: number, bid: number, ask: number, rest: Partial<Quote> = {}): Quote {
  const time = at(seconds);
  return {
    type: "quote",
    symbol: SYMBOL,
    time,
    receivedTime: time,
    bid,
    bidSize: 1,
    ask,
    askSize: 1,
    channel: CHANNEL,
    ...rest,
  };
}

export function heartbeat(seconds: number, n = 1, channel = CHANNEL): Heartbeat {
  return { type: "heartbeat", channel, time: at(seconds), config: n };
}

export function config(n = 1, rest: Partial<ChannelConfig> = {}): ChannelConfig {
  return {
    type: "config",
    channel: CHANNEL,
    n,
    symbols: [SYMBOL],
    calendar: "utc",
    profile: "all",
    guard: null,
    lateness: { "1s": 5 * SECOND, "1m": 30 * SECOND, "5m": 60 * SECOND, "1h": 300 * SECOND, "1d": 900 * SECOND },
    tolerance: 5 * SECOND,
    correctionHorizon: 3600 * SECOND,
    ...rest,
  };
}

export function ready(from?: number, rest: Partial<Ready> = {}): Ready {
  const line: Ready = { type: "ready", channel: CHANNEL, n: 1, symbol: SYMBOL, ...rest };
  return from === undefined ? line : { ...line, from: at(from) };
}

export function givenBar(start: Micros, close: number, rest: Partial<GivenBar> = {}): GivenBar {
  const prices = { open: 1, high: close + 1, low: 1, close };
  return { type: "bar", symbol: SYMBOL, interval: "1d", start, ...prices, volume: 10, channel: CHANNEL, ...rest };
}

/** Records of a log, one for each list of lines. */
export function records(...frames: (TickLine | string)[][]): LogRecord[] {
  return frames.map((lines, offset) => ({
    offset,
    timestamp: 1_767_657_600_000 + offset,
    value: Buffer.from(lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n")),
  }));
}
