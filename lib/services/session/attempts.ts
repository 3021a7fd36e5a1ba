import { DAY, MINUTE, SECOND, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { networkOf } from "./network.ts";
import { RecentTimes } from "../recent-times.ts";

/** Wrong attempts a minute: from one network with one name, from one network, and of all together. */
const WRONG = { pair: 5, network: 20, all: 120 } as const;
/** Attempts a minute, right ones too: what each costs is paid for those as well. */
const EVERY = { pair: 30, name: 60, network: 120 } as const;
/** Wrong attempts with a name within a quarter of an hour that cost no wait; each further one doubles it, from a second on. */
const FREE = 5;
const LONGEST_WAIT: Micros = 30 * SECOND;
const REMEMBERED: Micros = 15 * MINUTE;
/** So long a network from which somebody signed in is theirs. */
const TRUSTED: Micros = 7 * DAY;
/** Networks, names and pairs of them that are remembered, each. More wrong ones than `WRONG.all` a minute there are not. */
const CAPACITY = 1_000;
const ALL = "";

/** `unjudged`: nobody could say whether it was right. */
export type Judgement = "right" | "wrong" | "unjudged";

/**
 * What may be tried, counted by network (an address, of IPv6 its /64), by name, and by both together. An attempt counts from when it begins, so that many
 * at once are as many. Where somebody signed in lately, neither strangers with their name nor others of their network keep them out: there only the
 * limits of the pair hold, and that of the name's own right attempts.
 */
export class Attempts {
  readonly #wrong = {
    pair: recently(MINUTE),
    network: recently(MINUTE),
    all: recently(MINUTE),
    name: recently(REMEMBERED),
  };
  readonly #every = { pair: recently(MINUTE), network: recently(MINUTE), name: recently(MINUTE) };
  readonly #trusted = recently(TRUSTED);

  /** Counts an attempt; gives what takes its judgement. RATE_LIMITED, saying when to try again, while a limit is reached. */
  begin({ address, name }: { address: string; name: string }, now: Micros): (judgement: Judgement) => void {
    const network = networkOf(address);
    const pair = `${network} ${name}`;
    this.#assertFree({ network, name, pair }, now);
    for (const [times, key] of [
      [this.#every.pair, pair],
      [this.#every.network, network],
      [this.#every.name, name],
    ] as const) {
      times.add(key, now);
    }
    const counted = [
      [this.#wrong.pair, pair],
      [this.#wrong.network, network],
      [this.#wrong.all, ALL],
      [this.#wrong.name, name],
    ] as const;
    for (const [times, key] of counted) times.add(key, now);
    return (judgement) => {
      if (judgement === "wrong") return;
      for (const [times, key] of counted) times.takeBack(key, now);
      if (judgement === "unjudged") return;
      // The newest alone says how lately.
      for (const time of this.#trusted.of(pair, now)) this.#trusted.takeBack(pair, time);
      this.#trusted.add(pair, now);
    };
  }

  /** Most keys that any of its counts remembers. */
  get size(): number {
    const all = [...Object.values(this.#wrong), ...Object.values(this.#every), this.#trusted];
    return Math.max(...all.map(({ size }) => size));
  }

  #assertFree({ network, name, pair }: { network: string; name: string; pair: string }, now: Micros): void {
    const [wrong, every] = [this.#wrong, this.#every];
    const own = [
      wrong.pair.freeAt(pair, WRONG.pair, now),
      every.pair.freeAt(pair, EVERY.pair, now),
      every.name.freeAt(name, EVERY.name, now),
    ];
    const others = () => [
      wrong.network.freeAt(network, WRONG.network, now),
      every.network.freeAt(network, EVERY.network, now),
      wrong.all.freeAt(ALL, WRONG.all, now),
      waitOf(wrong.name.of(name, now)),
    ];
    const isTrusted = this.#trusted.of(pair, now).length > 0;
    const free = Math.max(now, ...[...own, ...(isTrusted ? [] : others())].map((time) => time ?? now));
    if (free > now) {
      const seconds = Math.ceil((free - now) / SECOND);
      throw new TapedeckError("RATE_LIMITED", `Too many attempts; try again in ${seconds} s.`);
    }
  }
}

const recently = (length: Micros): RecentTimes => new RecentTimes({ length, capacity: CAPACITY });

/** When a name with these wrong attempts may be tried again; null: now. */
function waitOf(times: readonly Micros[]): Micros | null {
  const last = times.at(-1);
  if (last === undefined || times.length < FREE) return null;
  return last + Math.min(SECOND * 2 ** (times.length - FREE), LONGEST_WAIT);
}
