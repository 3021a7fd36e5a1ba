import type { ChannelConfig } from "../contracts/ticks.ts";
import { eligibilityOf, FULL, type ProfileName } from "../domain/eligibility/eligibility.ts";
import type { GuardTerms } from "../domain/guard/band.ts";
import { INTERVALS } from "../domain/interval.ts";
import { lineageHead } from "./bar-text.ts";
import type { Slot } from "./slot.ts";

/** Combinations of conditions that are remembered; a day of US equities has some hundred. */
const MOST_KNOWN = 4096;

/** One connection of a source, as its `config` lines and heartbeats in this partition describe it. */
export class Channel {
  readonly name: string;
  /** Number of its newest `config` line, 0 before the first: it is then only a name that a slot remembers. */
  n = 0;
  /** Newest event time that a heartbeat has proved. */
  watermark = -Infinity;
  /** By interval index. */
  lateness: readonly number[] = INTERVALS.map(() => 0);
  tolerance = 0;
  correctionHorizon = 0;
  profile: ProfileName = "all";
  guard: GuardTerms | null = null;
  /** What conditions allow, by their JSON and then by whether the trade lies outside the regular session. */
  readonly #eligible = [new Map<string, number>(), new Map<string, number>()] as const;
  /** The slots whose watermark it moves, frozen ones too. */
  readonly members = new Set<Slot>();

  /** The beginning of the lineage of bars from it, in JSON. */
  readonly lineageHead: Uint8Array;

  constructor(name: string, partition: number) {
    this.name = name;
    this.lineageHead = lineageHead(name, partition);
  }

  configure(config: ChannelConfig): void {
    this.n = config.n;
    this.lateness = INTERVALS.map((interval) => config.lateness[interval]);
    this.tolerance = config.tolerance;
    this.correctionHorizon = config.correctionHorizon;
    this.guard = config.guard;
    this.follow(config.profile);
  }

  /** Judges trades by this profile from here on. */
  follow(profile: ProfileName): void {
    this.profile = profile;
    for (const known of this.#eligible) known.clear();
  }

  /** What a trade of these conditions, a JSON array, may do to a bar. */
  eligible(conditions: string, isOutside: boolean): number {
    if (this.profile === "all") return FULL;
    const known = this.#eligible[isOutside ? 1 : 0];
    const found = known.get(conditions);
    if (found !== undefined) return found;
    const eligible = eligibilityOf(this.profile, JSON.parse(conditions) as string[], isOutside);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(conditions, eligible);
    return eligible;
  }
}
