import { SECOND, type Micros } from "#lib/domain/interval.ts";
import type { Random } from "../random.ts";
import { DELAY } from "./exchange.ts";

export const SYMBOLS = ["SIM:A", "SIM:B"] as const;

/** One thing that happens between an exchange, two ingest processes and a broker. Where it is impossible, nothing happens. */
export type CollectStep =
  | { do: "time"; by: Micros }
  /** `lost`: not sent, as the ids of the next trade tell; `swapped`: sent behind the next one. */
  | { do: "trade"; symbol: number; delay: Micros; price: number; size: number; how: "sent" | "lost" | "swapped" }
  | { do: "repeat"; symbol: number }
  /** A process takes the channel, whoever has it; that one may not notice. The engine's word on the symbols may be old. */
  | { do: "take"; place: number; isCut: boolean; ahead: Micros; age: number }
  | { do: "die"; place: number; isLanded: boolean }
  | { do: "drop" | "flush" | "fail" | "ping" | "measure" | "follow"; place: number }
  | { do: "read"; place: number; events: number }
  | { do: "answer"; place: number; isRefused: boolean }
  | { do: "jump"; place: number; by: Micros }
  | { do: "join" | "leave" };

const WEIGHTS = {
  time: 14,
  trade: 20,
  repeat: 2,
  take: 5,
  die: 2,
  drop: 2,
  flush: 14,
  fail: 2,
  ping: 14,
  measure: 2,
  follow: 6,
  read: 24,
  answer: 10,
  jump: 2,
  join: 3,
  leave: 2,
} as const satisfies Record<CollectStep["do"], number>;

const KINDS = Object.keys(WEIGHTS) as CollectStep["do"][];
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
/** So often, of all steps, the one process is left behind by the other. */
const DUELS = 0.02;
const WRONG: readonly Micros[] = [0, 0, 0.3 * SECOND, -0.3 * SECOND, 20 * SECOND, -20 * SECOND];
const JUMPS: readonly Micros[] = [0.4 * SECOND, -0.4 * SECOND, 4 * SECOND, -4 * SECOND, 60 * SECOND, -60 * SECOND];

export function drawCollection(random: Random): CollectStep[] {
  const steps = [drawStep(random, "take", 0)];
  const length = 20 + random.below(80);
  while (steps.length < length) {
    if (random.chance(DUELS)) steps.push(...drawDuel(random));
    steps.push(drawStep(random, drawKind(random), random.below(2)));
  }
  return steps;
}

/** A process takes the channel with a symbol more, hears its trades, and stands still; the other goes on unaware. */
function drawDuel(random: Random): CollectStep[] {
  const [old, heir] = random.chance(0.5) ? [0, 1] : [1, 0];
  const of = (kind: CollectStep["do"], place: number): CollectStep => drawStep(random, kind, place);
  const unaware = ["trade", "trade", "time", "ping", "read", "read", "flush"] as const;
  return [
    { do: "join" },
    { do: "die", place: heir, isLanded: true },
    { do: "take", place: heir, isCut: true, ahead: 0, age: 0 },
    ...(["read", "time", "answer", "answer", "flush"] as const).map((kind) => of(kind, heir)),
    ...Array.from({ length: 8 + random.below(16) }, () => of(random.pick(unaware), old)),
    ...(["read", "time", "flush"] as const).map((kind) => of(kind, heir)),
  ];
}

function drawKind(random: Random): CollectStep["do"] {
  let roll = random.next() * TOTAL;
  return KINDS.find((each) => (roll -= WEIGHTS[each]) < 0) ?? "read";
}

function drawStep(random: Random, kind: CollectStep["do"], place: number): CollectStep {
  switch (kind) {
    case "time":
      return { do: kind, by: random.pick([0.3 * SECOND, SECOND, SECOND]) };
    case "trade": {
      const how = random.chance(0.85) ? "sent" : random.pick(["lost", "swapped"] as const);
      const [delay, price, size] = [random.below(DELAY), (10_000 + random.below(500)) / 100, random.below(1000) / 1000];
      return { do: kind, symbol: random.below(SYMBOLS.length), delay, price, size, how };
    }
    case "repeat":
      return { do: kind, symbol: random.below(SYMBOLS.length) };
    case "take":
      return { do: kind, place, isCut: random.chance(0.5), ahead: random.pick(WRONG), age: random.below(3) };
    case "die":
      return { do: kind, place, isLanded: random.chance(0.5) };
    case "read":
      return { do: kind, place, events: 1 + random.below(3) };
    case "answer":
      return { do: kind, place, isRefused: random.chance(0.1) };
    case "jump":
      return { do: kind, place, by: random.pick(JUMPS) };
    case "join":
    case "leave":
      return { do: kind };
    case "drop":
    case "flush":
    case "fail":
    case "ping":
    case "measure":
    case "follow":
  }
  return { do: kind, place };
}
