import { type CollectStep, drawCollection } from "./collect/steps.ts";
import { generateLines } from "./generate-log.ts";
import type { Treatment } from "./elastic-server.ts";
import { type Random, seeded } from "./random.ts";

/** One thing that happens. Where it is impossible at that moment, nothing happens: any part of a schedule is a schedule. */
export type Step =
  | { do: "start" | "crash" | "leave" | "stop" | "record" | "idle"; place: number }
  | { do: "time"; by: number }
  /** The server treats one of the requests that are on their way: the oldest of the worker of a place, or any; not one of a worker that stands still. */
  | {
      do: "answer";
      place: number | null;
      except: number | null;
      which: number;
      treatment: Treatment;
      mask: number;
      isStray: boolean;
    }
  /** A write arrives whose sender has given it up. */
  | { do: "stray"; which: number }
  | { do: "refresh" }
  /** Everything on its way arrives and is answered, but for what the worker of a place has sent. */
  | { do: "calm"; except: number | null }
  /** The same of the store, and of late letters; bars do not arrive. */
  | { do: "hush" }
  | { do: "send"; which: number; isAcknowledged: boolean }
  /** Somebody begins a new epoch at this share of the log. */
  | { do: "epoch"; at: number };

/** What becomes of the log before the last worker starts: shares of its length. */
export type Damage = { kind: "front" | "back"; share: number } | { kind: "replaced" };

/** Everything of one run, as data: nothing is drawn while it runs. */
export interface Schedule {
  /** The lines of each frame; none where the log is collected. */
  log: readonly (readonly string[])[];
  /** What happens while the real collector writes the log; null where it was made up. */
  collection: readonly CollectStep[] | null;
  steps: readonly Step[];
  /** When that arrives which is still on its way at the end. */
  late: "before" | "never" | "middle";
  damage: Damage | null;
}

/** What a schedule may do, and how often. */
const WEIGHTS = {
  start: 6,
  record: 40,
  idle: 8,
  time: 16,
  answer: 60,
  stray: 3,
  refresh: 1,
  calm: 16,
  send: 16,
  crash: 4,
  leave: 3,
  stop: 1,
  epoch: 0.3,
} as const satisfies Record<Exclude<Step["do"], "hush">, number>;

const KINDS = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
const PLACES = 3;
const FOCUS = 0.8;
/** Now and then a worker starts, and stands still at its first request while others go on. */
const STANDSTILL = 0.12;
/** And now and then what is stored is not told of, until its worker dies. */
const SILENCE = 0.1;
/** After so many answers to everything a partition is most likely open. */
const OPENED = 8;

const TREATMENTS: readonly Treatment[] = ["busy", "down", "timeout", "part", "short"];
const DAMAGE = 0.08;
/** Of so many the log is written by the collector. */
const COLLECTED = 0.15;

/** The log and the steps of a seed. */
export function drawSchedule(seed: number, logOf: (random: Random) => string[][] = generateLines): Schedule {
  const random = seeded(seed);
  const collection = random.chance(COLLECTED) ? drawCollection(random) : null;
  const log = collection ? [] : logOf(random);
  const steps = drawSteps(random);
  const late = random.pick(["before", "never", "middle"] as const);
  return { log, collection, steps, late, damage: random.chance(DAMAGE) ? drawDamage(random) : null };
}

function drawDamage(random: Random): Damage {
  const kind = random.pick(["front", "back", "replaced"] as const);
  return kind === "replaced" ? { kind } : { kind, share: random.next() };
}

/** For a while most of what happens concerns one place, and the others stand still: so workers fall behind each other. */
function drawSteps(random: Random): Step[] {
  const steps: Step[] = [];
  const length = 30 + random.below(110);
  while (steps.length < length) {
    const place = random.below(PLACES);
    const still = random.chance(STANDSTILL) ? otherThan(place, random) : null;
    if (still !== null) steps.push({ do: "crash", place: still }, { do: "start", place: still });
    const isSilent = still === null && random.chance(SILENCE);
    if (isSilent) steps.push({ do: "start", place }, ...Array.from({ length: OPENED }, () => calm(null)));
    for (let left = (still === null ? 3 : 15) + random.below(25); left > 0; left--) {
      const step = drawStep(random, still !== null || random.chance(FOCUS) ? place : random.below(PLACES), still);
      steps.push(isSilent && (step.do === "send" || step.do === "calm") ? { do: "hush" } : step);
    }
    if (isSilent) steps.push(...storedUntold(place));
    // What it has stored may be what the last worker finds.
    if (isSilent && random.chance(0.5)) break;
    if (still !== null) steps.push(...checkpointOf(place, still));
  }
  return steps;
}

/** Most likely a whole checkpoint of one worker, while another stands still. */
function checkpointOf(place: number, except: number): Step[] {
  const begun: Step[] = [
    { do: "record", place },
    { do: "time", by: 2500 },
    { do: "idle", place },
  ];
  return [calm(except), ...begun, ...Array.from({ length: 5 }, () => calm(except))];
}

function calm(except: number | null): Step {
  return { do: "calm", except };
}

/** Most likely the windows of a checkpoint are stored, nothing is told of them, and the worker dies. */
function storedUntold(place: number): Step[] {
  const hush: Step = { do: "hush" };
  const record: Step = { do: "record", place };
  return [record, hush, record, { do: "time", by: 2500 }, { do: "idle", place }, hush, hush, { do: "crash", place }];
}

function otherThan(place: number, random: Random): number {
  return (place + 1 + random.below(PLACES - 1)) % PLACES;
}

function drawStep(random: Random, place: number, still: number | null): Step {
  let roll = random.next() * TOTAL;
  const kind = KINDS.find((each) => (roll -= WEIGHTS[each]) < 0) ?? "record";
  switch (kind) {
    case "time":
      return { do: kind, by: random.pick([20, 150, 1000, 2500]) };
    case "answer": {
      const treatment = random.chance(0.8) ? "none" : random.pick(TREATMENTS);
      return {
        do: kind,
        place: random.chance(FOCUS) ? place : null,
        except: still,
        which: random.below(64),
        treatment,
        mask: random.below(2 ** 30) | (random.chance(0.3) ? 2 ** 30 - 1 : 0),
        isStray: random.chance(0.4),
      };
    }
    case "stray":
      return { do: kind, which: random.below(64) };
    case "refresh":
      return { do: kind };
    case "calm":
      return { do: kind, except: still ?? (random.chance(0.7) ? otherThan(place, random) : null) };
    case "send":
      return { do: kind, which: random.below(64), isAcknowledged: random.chance(0.85) };
    case "epoch":
      return { do: kind, at: random.chance(0.5) ? 0 : random.next() };
    case "start":
    case "crash":
    case "leave":
    case "stop":
    case "record":
    case "idle":
  }
  return { do: kind, place };
}
