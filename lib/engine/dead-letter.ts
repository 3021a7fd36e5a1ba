import type { DeadLine } from "../contracts/dead.ts";
import { MAX_LINE_BYTES } from "../contracts/ticks.ts";
import type { Frame, Verdict } from "./frame.ts";

/** A message of `ticks.dead` or `ticks.late`. */
export interface Letter {
  key: string;
  value: Buffer;
}

/** The letter for one line: why it changed nothing, where it lies, and its original bytes. */
export function deadLetter(partition: number, frame: Frame, line: number, verdict: Verdict): Letter {
  const { offset } = frame;
  const start = frame.start[line] ?? 0;
  const end = Math.min(frame.end[line] ?? 0, start + MAX_LINE_BYTES);
  const dead: DeadLine = {
    ...verdict,
    partition,
    offset,
    line,
    bytes: frame.value.toString("base64", start, end),
  };
  return { key: `${partition}|${offset}|${line}`, value: Buffer.from(JSON.stringify(dead)) };
}
