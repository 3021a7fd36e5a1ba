import type { Halted } from "#lib/contracts/latest.ts";
import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import { freshness, type Freshness } from "#lib/domain/freshness.ts";
import { isOpen, nextSession } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { Micros } from "#lib/domain/interval.ts";
import type { BadgeKind } from "../_ui/badge.tsx";
import type { ZoneClock } from "./zone-clock.ts";
import { age } from "./format.ts";

export interface BadgeWords {
  kind: BadgeKind;
  words: string;
  title?: string;
  /** Said to who does not see the title. */
  spoken?: string;
}

/** How fresh numbers are, and of what is halted since when and why. */
export interface Judged extends Freshness {
  halted: Halted | null;
}

/** What of a quote its freshness depends on. */
type Dated = Pick<QuoteView, "time" | "watermark" | "halted">;

/** How fresh a symbol's numbers are at server time `now`. */
export function freshnessOf(instrument: InstrumentView, quote: Dated | undefined, now: Micros): Judged {
  const { silence, delay, enabled, recorded, calendar } = instrument;
  const halted = quote?.halted ?? null;
  const fresh = freshness({
    now,
    time: quote?.time ?? null,
    watermark: quote?.watermark ?? null,
    silence,
    delay,
    enabled,
    recorded,
    sessionOpen: isOpen(calendarOf(calendar), now),
    halted: halted !== null,
  });
  return { ...fresh, halted };
}

/** From the best to the worst. */
const ORDER: readonly Freshness["state"][] = [
  "live",
  "delayed",
  "recorded",
  "closed",
  "waiting",
  "disabled",
  "halted",
  "stale",
];

type QuoteOf = (symbol: string) => Dated | undefined;

/** As `freshnessOf`; of a composite the worse of its legs. */
export function freshnessAmong(instrument: InstrumentView, quoteOf: QuoteOf, now: Micros): Judged {
  if (!instrument.legs) return freshnessOf(instrument, quoteOf(instrument.symbol), now);
  const [left, right] = instrument.legs;
  const [a, b] = [freshnessOf(left, quoteOf(left.symbol), now), freshnessOf(right, quoteOf(right.symbol), now)];
  if (a.state === b.state) return (a.age ?? 0) >= (b.age ?? 0) ? a : b;
  return ORDER.indexOf(a.state) > ORDER.indexOf(b.state) ? a : b;
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

/** Since when a symbol is halted, and why where its source says so. */
export function haltWords(zone: ZoneClock, { since, reason }: Halted, now: Micros): string {
  const day = zone.day(since) === zone.day(now) ? "" : `${zone.day(since, now)} `;
  return `since ${day}${zone.secondTime(since)} ${zone.name(since)}${reason === null ? "" : `: ${reason}`}`;
}

function titledBadge(zone: ZoneClock, instrument: InstrumentView, fresh: Judged, now: Micros): BadgeWords {
  const badge = stateBadge(fresh, instrument.delay);
  const halt = fresh.halted && haltWords(zone, fresh.halted, now);
  if (fresh.state === "closed") {
    const opens = opensWords(zone, instrument, now);
    return { ...badge, title: halt === null ? opens : `${opens}; halted ${halt}` };
  }
  if (halt === null) return badge;
  if (fresh.state === "halted") return { ...badge, title: `Halted ${halt}`, spoken: halt };
  return fresh.state === "stale" ? { ...badge, title: `When last heard of, halted ${halt}` } : badge;
}

const QUIET: ReadonlySet<Freshness["state"]> = new Set(["live", "delayed"]);

/** When trading begins again, for a market that is closed at `now`. */
export function opensWords(zone: ZoneClock, instrument: InstrumentView, now: Micros): string {
  const calendar = calendarOf(instrument.calendar);
  const { start } = nextSession(calendar, now);
  const before = nextSession(calendar, now, "pre").start;
  return `Opens ${zone.day(start, now)} ${zone.minuteTime(start)} ${zone.name(start)}, pre-market from ${zone.minuteTime(before)}`;
}

/** One badge a row: SIMULATED stands in for a quiet state, and comes short beside trouble. */
export function rowBadge(zone: ZoneClock, instrument: InstrumentView, fresh: Judged, now: Micros): BadgeWords {
  const state = titledBadge(zone, instrument, fresh, now);
  if (!instrument.simulated) return state;
  if (QUIET.has(fresh.state)) return { kind: "simulated", words: "SIMULATED" };
  return { ...state, words: `SIM ${state.words}` };
}

/** Headers have room for both: what the data is, and how fresh. */
export function headerBadges(zone: ZoneClock, instrument: InstrumentView, fresh: Judged, now: Micros): BadgeWords[] {
  const state = titledBadge(zone, instrument, fresh, now);
  return instrument.simulated ? [{ kind: "simulated", words: "SIMULATED" }, state] : [state];
}
