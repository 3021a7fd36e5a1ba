import { z } from "zod";

const logLine = z.looseObject({
  level: z.string(),
  time: z.string(),
  msg: z.string(),
  err: z.object({ message: z.string() }).optional(),
});

const PLUMBING = new Set(["level", "time", "msg", "err", "pid", "name"]);
const COLOURS: Readonly<Record<string, string>> = { warn: "\u001B[33m", error: "\u001B[31m", fatal: "\u001B[31m" };
const RESET = "\u001B[0m";

/**
 * A JSON line of a worker as one line for a person. Null for whatever else it writes: that is shown when it dies, as its last
 * words.
 */
export function forTerminal(name: string, line: string): string | null {
  const parsed = parseLogLine(line);
  if (parsed === null) return null;
  const fields = Object.entries(parsed).filter(([key]) => !PLUMBING.has(key));
  const words = fields.map(([key, value]) => ` ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const cause = parsed.err === undefined ? "" : `: ${parsed.err.message}`;
  const colour = COLOURS[parsed.level] ?? "";
  return `${colour}${parsed.time.slice(11, 19)} ${name}  ${parsed.msg}${cause}${words.join("")}${colour === "" ? "" : RESET}`;
}

/** Null for what is no log line. */
export function parseLogLine(line: string): z.infer<typeof logLine> | null {
  if (!line.startsWith("{")) return null;
  try {
    return logLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
