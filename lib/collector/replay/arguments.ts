import { CALENDARS, type CalendarName } from "../../domain/calendar/calendar.ts";
import { type ProfileName, PROFILES } from "../../domain/eligibility/eligibility.ts";
import { SYMBOL_PATTERN } from "../../domain/symbol.ts";
import { TapedeckError } from "../../errors.ts";
import { RECORDING_FORMATS, type RecordingFormat } from "../../feeds/recording/recording.ts";

const SLOWEST = 0.1;
const FASTEST = 100_000;

export interface ReplayArguments {
  format: RecordingFormat;
  /** Times the pace at which it was recorded; Infinity for as fast as the log takes it. */
  speed: number;
  exchange: string;
  calendar: CalendarName;
  profile: ProfileName;
  strict: boolean;
  wait: boolean;
  files: string[];
}

const DEFAULT_EXCHANGE = "TAPE";
const VALUED: ReadonlySet<string> = new Set(["--format", "--speed", "--exchange", "--calendar", "--profile"]);

export const REPLAY_HELP = `npm run replay -- --format FORMAT [--speed SPEED] [--exchange NAME] [--calendar NAME] [--profile NAME] [--strict] [--wait] FILE…

Plays recordings into symbols of their own, through the same log and engine as live data. Tapedeck has to be running (npm start).

  --format FORMAT   ${RECORDING_FORMATS.join(", ")}; gzip is recognised
  --speed SPEED     max, or a number from ${SLOWEST} to ${FASTEST}: so many times the pace of the recording; default: max
  --exchange NAME   first half of the symbols, up to 16 capital letters and digits; default: ${DEFAULT_EXCHANGE}
  --calendar NAME   ${CALENDARS.join(" or ")}: what days and sessions of the symbols are; default: ${CALENDARS[0]}
  --profile NAME    ${PROFILES.join(", ")}: what conditions allow a trade
                    to do to a bar; default: ${PROFILES[0]}
  --strict          a bad line ends it before anything is sent; without it bad lines are counted and reported
  --wait            returns when the last bar is final and stored
  --help            prints this

Files are played in the order given. Trades that the log has already, by their id, are sent and dropped: a recording may be
played again and changes nothing. A symbol that has data later than the end of the recording is refused before anything is sent.

Ends with 0 when everything was played, 1 when not, 2 for wrong arguments, 3 when --wait saw nothing move for two minutes.`;

/** Null when help is asked for. Throws BAD_INPUT naming what is wrong and what is allowed. */
export function parseReplayArguments(given: readonly string[]): ReplayArguments | null {
  const values = new Map<string, string>();
  const switches = new Set<string>();
  const files: string[] = [];
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? "";
    const [flag, inline] = splitOnce(word);
    if (flag === "--help" || flag === "-h") return null;
    if (!word.startsWith("--")) files.push(word);
    else if (flag === "--strict" || flag === "--wait") {
      if (inline !== undefined) throw wrong(`${flag} takes no value`);
      switches.add(flag);
    } else if (VALUED.has(flag)) {
      const value = inline ?? given[(at += 1)];
      if (value === undefined || value === "" || value.startsWith("--")) throw wrong(`${flag} needs a value`);
      values.set(flag, value);
    } else {
      throw wrong(
        `Unknown flag ${word}: there are --format, --speed, --exchange, --calendar, --profile, --strict, --wait and --help`,
      );
    }
  }
  if (files.length === 0) throw wrong("Name at least one file to play");
  return {
    format: formatOf(values.get("--format")),
    speed: speedOf(values.get("--speed") ?? "max"),
    exchange: exchangeOf(values.get("--exchange") ?? DEFAULT_EXCHANGE),
    calendar: oneOf("--calendar", CALENDARS, values.get("--calendar") ?? CALENDARS[0]),
    profile: oneOf("--profile", PROFILES, values.get("--profile") ?? PROFILES[0]),
    strict: switches.has("--strict"),
    wait: switches.has("--wait"),
    files,
  };
}

function splitOnce(word: string): [string, string?] {
  const equals = word.indexOf("=");
  return equals < 0 || !word.startsWith("--") ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
}

function formatOf(value: string | undefined): RecordingFormat {
  const format = RECORDING_FORMATS.find((each) => each === value);
  if (format) return format;
  const what = value === undefined ? "--format is missing" : `--format ${value} is not known`;
  throw wrong(`${what}: it is one of ${RECORDING_FORMATS.join(", ")}`);
}

function speedOf(value: string): number {
  if (value === "max") return Infinity;
  const speed = Number(value);
  if (speed >= SLOWEST && speed <= FASTEST) return speed;
  throw wrong(`--speed ${value} is not allowed: it is max or a number from ${SLOWEST} to ${FASTEST}`);
}

function exchangeOf(value: string): string {
  if (SYMBOL_PATTERN.test(`${value}:X`)) return value;
  throw wrong(`--exchange ${value} is not allowed: it has up to 16 capital letters and digits`);
}

function oneOf<T extends string>(flag: string, known: readonly T[], value: string): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  throw wrong(`${flag} ${value} is not known: it is one of ${known.join(", ")}`);
}

function wrong(message: string): TapedeckError {
  return new TapedeckError("BAD_INPUT", `${message}. npm run replay -- --help tells more.`);
}
