import { pino } from "pino";

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
