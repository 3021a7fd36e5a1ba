import { advance, type Firing, NEW_STATE, type RuleState } from "./advance.ts";
import type { AlertBar, Rule } from "./rule.ts";

/** How often a rule would have fired, and when last. */
export interface Replayed {
  count: number;
  /** The newest, oldest first. */
  newest: Firing[];
  bars: number;
}

/** A rule over bars that have passed, by the same steps as live: at most one firing a bar, for what happened within it is not stored. */
export class RuleReplay {
  readonly #rule: Rule;
  readonly #keep: number;
  readonly #newest: Firing[] = [];
  #state: RuleState = NEW_STATE;
  #bars = 0;

  /** `keep`: firings that are told one by one; older ones are only counted. */
  constructor(rule: Rule, keep: number) {
    this.#rule = rule;
    this.#keep = keep;
  }

  /** Takes the next bar, by start. */
  add(bar: AlertBar): void {
    const { state, firing } = advance(this.#rule, this.#state, bar);
    this.#state = state;
    this.#bars += 1;
    if (!firing) return;
    this.#newest.push(firing);
    if (this.#newest.length > this.#keep) this.#newest.shift();
  }

  result(): Replayed {
    return { count: this.#state.fired, newest: [...this.#newest], bars: this.#bars };
  }
}
