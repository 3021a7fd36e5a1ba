import { pino } from "pino";

/** Milliseconds. */
const AGAIN_AFTER = 60_000;

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** A line with a message, and with fields where there are any. */
export interface LogLine {
  (message: string): void;
  (fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** One JSON line a call on standard output: level, time, name, the fields, msg. An error belongs in the field `err`. */
export interface Log {
  trace: LogLine;
  debug: LogLine;
  info: LogLine;
  warn: LogLine;
  error: LogLine;
  /** The same log with fields that stand in each of its lines. */
  child(fields: Readonly<Record<string, unknown>>): Log;
}

/** Written synchronously: the last words of a process that dies are those that matter. */
export function createLog(name: string, level: LogLevel): Log {
  return pino(
    {
      name,
      level,
      base: { pid: process.pid },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 1, sync: true }),
  );
}

/**
 * A warning for what is tried again every second: the same words are said once a minute. `elapsed`: milliseconds of a clock that only
 * goes forward.
 */
export function warnSeldom(
  warn: (text: string) => void,
  elapsed: () => number = () => performance.now(),
): (text: string) => void {
  let said = { text: "", at: -Infinity };
  return (text) => {
    if (text === said.text && elapsed() - said.at < AGAIN_AFTER) return;
    said = { text, at: elapsed() };
    warn(text);
  };
}
