import type { AlertRule, AlertStates, AlertStore, AlertTrigger } from "#lib/contracts/alerts.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import type { AlertBar } from "#lib/domain/alerts/rule.ts";
import { TapedeckError } from "#lib/errors.ts";
import { lineOf } from "./lines.ts";

type Used = Pick<AlertStore, "rules" | "states" | "putStates" | "record" | "pending" | "settle">;

/** The store of alerts in memory, with the optimistic concurrency of the real one. */
export class FakeAlertStore implements Used {
  readonly log = new Map<string, AlertTrigger>();
  rulesHeld: AlertRule[] = [];
  stored: { states: AlertStates; version: string } | null = null;
  /** The next so many calls of `record` and `settle` fail. */
  failures = 0;

  rules: Used["rules"] = () =>
    Promise.resolve({ rules: this.rulesHeld.map((rule) => ({ rule, version: "1" })), unread: [] });

  states: Used["states"] = () => Promise.resolve(this.stored);

  putStates: Used["putStates"] = async (states, version) => {
    if ((this.stored?.version ?? null) !== version) throw new TapedeckError("CONFLICT", "changed");
    // As JSON, as it would be stored.
    this.stored = {
      states: JSON.parse(JSON.stringify(states)) as AlertStates,
      version: String(Number(version ?? 0) + 1),
    };
    return this.stored.version;
  };

  record: Used["record"] = async (triggers) => {
    this.#fail();
    return triggers.map((trigger) => {
      if (this.log.has(trigger.id)) return false;
      this.log.set(trigger.id, trigger);
      return true;
    });
  };

  pending: Used["pending"] = () =>
    Promise.resolve([...this.log.values()].filter(({ delivery }) => delivery.state === "pending"));

  settle: Used["settle"] = async (trigger) => {
    this.#fail();
    this.log.set(trigger.id, trigger);
  };

  #fail(): void {
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new TapedeckError("UNAVAILABLE", "no answer");
  }
}

/** Records of `bars`, one for each look, told when it happened. */
export function recordsOf(bars: readonly AlertBar[], symbol?: string): LogRecord[] {
  return bars.map((bar, offset) => ({
    offset,
    timestamp: Math.ceil(bar.time / 1000),
    value: Buffer.from(`${JSON.stringify(lineOf(bar, symbol))}\n`),
  }));
}
