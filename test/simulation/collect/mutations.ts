import { ClockOffset } from "#lib/collector/clock-offset.ts";
import { GapFiller } from "#lib/collector/gap-filler.ts";
import type { Moment } from "#lib/collector/clock.ts";
import type { ChannelConfig, TickLine } from "#lib/contracts/ticks.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { latestLine } from "#test/unit/collector/fixtures.ts";
import { type CollectorMutation, type Mutation, patched } from "../mutation.ts";
import type { Schedule } from "../schedule.ts";

const concerns = ({ collection }: Schedule): boolean => collection !== null;

function ofLines(change: (line: TickLine, now: number, newest: number, log: readonly string[]) => object[]): Mutation {
  const collector: CollectorMutation = {
    rewrite: (lines, now, log) => {
      const before = log.flat();
      let newest = Math.max(0, ...before.map(numberOf));
      return lines.flatMap((text) => {
        newest = Math.max(newest, numberOf(text));
        return change(JSON.parse(text) as TickLine, now, newest, before).map((line) => JSON.stringify(line));
      });
    },
  };
  return { concerns, collector };
}

/** The number of the configuration that a line begins; 0 where it begins none. */
function numberOf(text: string): number {
  const line = JSON.parse(text) as TickLine;
  return line.type === "config" ? line.n : 0;
}

const ready = ({ channel, n }: ChannelConfig, symbol: string): object => ({ type: "ready", channel, n, symbol });

/** Rules of the collector, each taken away. */
export const COLLECTING: Readonly<Record<string, Mutation>> = {
  "heartbeats say now": ofLines((line, now) => [line.type === "heartbeat" ? { ...line, time: now } : line]),
  "ticks move the watermark": ofLines((line, _, newest) =>
    line.type === "trade"
      ? [line, { type: "heartbeat", channel: line.channel, time: line.time, config: newest }]
      : [line],
  ),
  "heartbeats of an older configuration count": ofLines((line, _, newest) => [
    line.type === "heartbeat" ? { ...line, config: newest } : line,
  ]),
  "symbols are not held until their gap is filled": ofLines((line) =>
    line.type === "config" ? [line, ...line.symbols.map((symbol) => ready(line, symbol))] : [line],
  ),
  "only what is missing first is told": ofLines((line, _, __, log) => {
    if (line.type !== "ready" || !log.some((text) => text.includes(`"symbol":"${line.symbol}","from"`))) return [line];
    const { from: _from, ...rest } = line;
    return [rest];
  }),
  "a failed send is given up": { concerns, collector: { isForgetful: true } },
  "a gap is not filled": { concerns, collector: { fillsNothing: true } },
  "a proof comes before the gap is filled": {
    concerns,
    patch: patched(GapFiller.prototype, "isOpen", () => ({ get: () => false })),
  },
  "the end of a gap is told by our own clock": {
    concerns,
    collector: { asksUntil: (to, now) => Math.min(to, now + 2 * SECOND) },
  },
  "the source's clock is known by our wall clock": {
    concerns,
    patch: patched(ClockOffset.prototype, "at", () => ({
      value(this: ClockOffset, { wall }: Moment) {
        return wall + this.value;
      },
    })),
  },
  "a tick was received when our wall clock says so": {
    concerns,
    patch: patched(ClockOffset.prototype, "receipt", () => ({ value: (receivedTime: number) => receivedTime })),
  },
  "a symbol counts as known up to its newest trade": {
    concerns,
    collector: {
      latest: ({ trades }) => ({
        latest: (symbols) =>
          Promise.resolve(symbols.map((symbol) => latestLine(symbol, trades.get(symbol)?.at(-1)?.time ?? null))),
      }),
    },
  },
};
