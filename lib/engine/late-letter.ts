import type { LateLine } from "../contracts/late.ts";
import type { Tick } from "../contracts/ticks.ts";
import type { Letter } from "./dead-letter.ts";
import type { Frame } from "./frame.ts";
import type { IntList } from "./int-list.ts";
import { intervalName } from "./intervals.ts";
import { INTERVAL, REVISION, START, type WindowArena } from "./window-arena.ts";

export interface Correction {
  watermark: number;
  arena: WindowArena;
  /** The closed bars that it has corrected. */
  revised: IntList;
  /** What stands for the tick where the line is not the tick itself. */
  told: Tick | null;
  /** It was taken out of them. */
  isRetracted: boolean;
}

/** The letter for a tick that has just corrected closed bars. */
export function lateLetter(
  partition: number,
  frame: Frame,
  line: number,
  { watermark, arena, revised, told, isRetracted }: Correction,
): Letter {
  const { offset } = frame;
  const bars: LateLine["bars"] = Array.from(revised.slice(), (window) => ({
    interval: intervalName(arena.word(window, INTERVAL)),
    start: arena.get(window, START),
    revision: arena.get(window, REVISION),
  }));
  const late = watermark - (told?.time ?? frame.time[line] ?? 0);
  const retracted = isRetracted && ({ retracted: true } as const);
  const head = JSON.stringify({ partition, offset, line, late, bars, ...retracted } satisfies Omit<LateLine, "tick">);
  // The line stands in the log as the JSON of a tick: it was read as one.
  const tick = told ? JSON.stringify(told) : frame.value.toString("utf8", frame.start[line], frame.end[line]);
  return { key: `${partition}|${offset}|${line}`, value: Buffer.from(`${head.slice(0, -1)},"tick":${tick}}`) };
}
