import type { Condition, Direction, Rule } from "./rule.ts";

type Numbers = (value: number) => string;

const CROSSES: Readonly<Record<Direction, string>> = {
  up: "crosses up",
  down: "crosses down",
  either: "crosses",
};

const MOVES: Readonly<Record<Direction, string>> = { up: "rises", down: "falls", either: "moves" };

/** What a rule watches for: `price crosses up 190.00`. `price` writes a price, `interval` is that of its bars. */
export function conditionWords(condition: Condition, price: Numbers = String, interval = "1m"): string {
  if (condition.kind === "volume") return `volume of a ${interval} bar at least ${condition.amount}`;
  if (condition.kind === "change") {
    return `price ${MOVES[condition.direction]} by ${condition.percent} % in ${condition.minutes} min`;
  }
  const level = price(condition.level);
  return condition.kind === "cross"
    ? `price ${CROSSES[condition.direction]} ${level}`
    : `price at or ${condition.kind} ${level}`;
}

/** How often it fires: `once`, `at each 5m close`, `every time, 60 s apart`. */
export function frequencyWords({ frequency, interval }: Pick<Rule, "frequency" | "interval">): string {
  if (frequency.kind === "every") return `every time, ${frequency.seconds} s apart`;
  return frequency.kind === "once" ? "once" : `at each ${interval} close`;
}
