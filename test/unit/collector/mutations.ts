import type { Frame } from "#lib/contracts/log.ts";
import type { ChannelConfig, Heartbeat, TickLine } from "#lib/contracts/ticks.ts";
import { linesOf } from "./fixtures.ts";
import type { Mutation } from "./world.ts";

function eachLine(frame: Frame, change: (line: TickLine) => object[]): Frame {
  const lines = linesOf(frame).flatMap(change);
  return { ...frame, value: Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n")) };
}

const ready = ({ channel, n }: ChannelConfig, symbol: string): object => ({ type: "ready", channel, n, symbol });

/** Collectors that break one rule each. */
export const MUTATIONS = {
  "a heartbeat says now": {
    rewrite: (frame, now) =>
      eachLine(frame, (line) => [line.type === "heartbeat" ? ({ ...line, time: now } satisfies Heartbeat) : line]),
  },
  "symbols are not held until their gap is filled": {
    rewrite: (frame) =>
      eachLine(frame, (line) =>
        line.type === "config" ? [line, ...line.symbols.map((symbol) => ready(line, symbol))] : [line],
      ),
  },
  "a failed send is given up": { forgetful: true },
  "a gap is not filled": { noFill: true },
} satisfies Record<string, Mutation>;
