import { type AlertTrigger, alertTriggerSchema } from "../contracts/alerts.ts";
import { type BarLine, barLineSchema } from "../contracts/bars.ts";
import { type LatestLine, latestLineSchema } from "../contracts/latest.ts";

/** The lines of one frame of `bars`; lines that are not bars are counted. */
export function parseBars(value: Buffer): { lines: BarLine[]; bad: number } {
  return parseFrame(value, (line) => barLineSchema.safeParse(line).data);
}

/** The lines of one frame of `latest`; lines that are something else are counted. */
export function parseLatest(value: Buffer): { lines: LatestLine[]; bad: number } {
  return parseFrame(value, (line) => latestLineSchema.safeParse(line).data);
}

/** The lines of one message of `alerts`; lines that are something else are counted. */
export function parseAlerts(value: Buffer): { lines: AlertTrigger[]; bad: number } {
  return parseFrame(value, (line) => alertTriggerSchema.safeParse(line).data);
}

function parseFrame<T>(value: Buffer, parse: (line: unknown) => T | undefined): { lines: T[]; bad: number } {
  const lines: T[] = [];
  let bad = 0;
  for (const text of value.toString().split("\n")) {
    if (text === "") continue;
    const line = parse(parseJson(text));
    if (line === undefined) bad += 1;
    else lines.push(line);
  }
  return { lines, bad };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
