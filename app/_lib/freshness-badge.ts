import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import { freshness, type Freshness } from "#lib/domain/freshness.ts";
import type { Micros } from "#lib/domain/interval.ts";
import type { BadgeKind } from "../_ui/badge.tsx";
import { age } from "./format.ts";

export interface BadgeWords {
  kind: BadgeKind;
  words: string;
}

/** How fresh a symbol's numbers are at server time `now`. */
export function freshnessOf(
  instrument: InstrumentView,
  quote: Pick<QuoteView, "time" | "watermark"> | undefined,
  now: Micros,
): Freshness {
  const { silence, delay, enabled, recorded } = instrument;
  return freshness({
    now,
    time: quote?.time ?? null,
    watermark: quote?.watermark ?? null,
    silence,
    delay,
    enabled,
    recorded,
  });
}

/** The words of a state; DELAYED says by how much, STALE counts its age. */
const WORDS: Readonly<Record<Freshness["state"], (silent: Micros, delay: Micros) => BadgeWords>> = {
  live: () => ({ kind: "live", words: "LIVE" }),
  delayed: (_, delay) => ({ kind: "delayed", words: `DELAYED ${age(delay)}` }),
  stale: (silent) => ({ kind: "stale", words: `STALE ${age(silent)}` }),
  halted: () => ({ kind: "halted", words: "HALTED" }),
  closed: () => ({ kind: "closed", words: "CLOSED" }),
  disabled: () => ({ kind: "closed", words: "DISABLED" }),
  waiting: () => ({ kind: "closed", words: "NO TICK YET" }),
  recorded: () => ({ kind: "recorded", words: "RECORDED" }),
};

export function stateBadge(fresh: Freshness, delay: Micros): BadgeWords {
  return WORDS[fresh.state](fresh.age ?? 0, delay);
}

const QUIET: ReadonlySet<Freshness["state"]> = new Set(["live", "delayed"]);

/** One badge a row: SIMULATED stands in for a quiet state, and comes short beside trouble. */
export function rowBadge(instrument: InstrumentView, fresh: Freshness): BadgeWords {
  const state = stateBadge(fresh, instrument.delay);
  if (!instrument.simulated) return state;
  if (QUIET.has(fresh.state)) return { kind: "simulated", words: "SIMULATED" };
  return { ...state, words: `SIM ${state.words}` };
}

/** Headers have room for both: what the data is, and how fresh. */
export function headerBadges(instrument: InstrumentView, fresh: Freshness): BadgeWords[] {
  const state = stateBadge(fresh, instrument.delay);
  return instrument.simulated ? [{ kind: "simulated", words: "SIMULATED" }, state] : [state];
}
