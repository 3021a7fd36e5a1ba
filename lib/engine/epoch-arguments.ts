import { parseArgs } from "node:util";
import { TapedeckError } from "../errors.ts";
import type { EpochStart } from "./begin-epoch.ts";

export const EPOCH_HELP = `npm run epoch -- [--at end|start|TIME] [--from TIME]

Begins a new epoch of the aggregation, while Tapedeck is stopped: it forgets what it knew of the log and goes on from --at.
Needed when the aggregation refuses to go on from its checkpoints, and says so. Stored bars stay as they are.

  --at end    with what is collected from now on (the default)
  --at start  with the oldest ticks that the log still holds: their bars are computed anew
  --at TIME   with what the broker took at TIME or later (ISO 8601, as 2026-01-05T14:30:00Z)
  --from TIME windows that begin earlier, by event time, are left as they are stored: now for --at end, TIME for --at TIME,
              everything that the log holds for --at start. A recording of older trades needs an earlier --from.`;

export interface EpochArguments {
  at: EpochStart;
  /** Event time, microseconds. */
  from: number;
}

/** What the command line asks for; null is help. Throws BAD_INPUT. `now`: microseconds. */
export function parseEpochArguments(argv: readonly string[], now: number): EpochArguments | null {
  const { at, from, help } = readFlags(argv);
  if (help === true) return null;
  const start = startOf(at ?? "end");
  if (from !== undefined) return { at: start, from: timeOf("--from", from) };
  if (start.kind === "time") return { at: start, from: start.milliseconds * 1000 };
  return { at: start, from: start.kind === "end" ? now : 0 };
}

function readFlags(argv: readonly string[]): { at?: string; from?: string; help?: boolean } {
  const options = { at: { type: "string" }, from: { type: "string" }, help: { type: "boolean" } } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new TapedeckError("BAD_INPUT", `${String(error)}\n\n${EPOCH_HELP}`, { cause: error });
  }
}

function startOf(at: string): EpochStart {
  if (at === "end" || at === "start") return { kind: at };
  return { kind: "time", milliseconds: timeOf("--at", at) / 1000 };
}

function timeOf(flag: string, text: string): number {
  const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new TapedeckError("BAD_INPUT", `${flag} ${text}: a time as 2026-01-05T14:30:00Z\n\n${EPOCH_HELP}`);
  }
  return milliseconds * 1000;
}
