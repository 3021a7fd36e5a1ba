import { MINUTE, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";

/** Failed attempts a minute: of one address, with one name, and of all together. */
const PER_ADDRESS = 5;
const PER_NAME = 10;
const OVERALL = 30;
/** Addresses and names remembered. Overflow: the oldest is forgotten; the overall limit still holds. */
const MOST_KEPT = 1_000;

/** Attempts within the last minute. One counts from when it begins: many at once are as many; what succeeds does not count. */
export class Attempts {
  readonly #byAddress = new Map<string, Micros[]>();
  readonly #byName = new Map<string, Micros[]>();
  #all: Micros[] = [];

  /** Counts an attempt; gives what takes it back. RATE_LIMITED, saying when to try again, while any limit is reached. */
  begin({ address, name }: { address: string; name: string }, now: Micros): () => void {
    this.#all = recent(this.#all, now);
    const waits = [
      waitOf(recent(this.#byAddress.get(address) ?? [], now), PER_ADDRESS),
      waitOf(recent(this.#byName.get(name) ?? [], now), PER_NAME),
      waitOf(this.#all, OVERALL),
    ].filter((first) => first !== null);
    if (waits.length > 0) {
      const seconds = Math.ceil((Math.max(...waits) + MINUTE - now) / 1_000_000);
      throw new TapedeckError("RATE_LIMITED", `Too many attempts; try again in ${seconds} s.`);
    }
    this.#all.push(now);
    count(this.#byAddress, address, now);
    count(this.#byName, name, now);
    return () => {
      this.#all = without(this.#all, now);
      takeBack(this.#byAddress, address, now);
      takeBack(this.#byName, name, now);
    };
  }

  /** Addresses and names that are remembered. */
  get size(): { addresses: number; names: number } {
    return { addresses: this.#byAddress.size, names: this.#byName.size };
  }
}

/** The attempt that must grow old before there may be another; null: there may. */
function waitOf(times: readonly Micros[], most: number): Micros | null {
  return times.length >= most ? (times[times.length - most] ?? null) : null;
}

function count(kept: Map<string, Micros[]>, key: string, now: Micros): void {
  const times = [...recent(kept.get(key) ?? [], now), now];
  kept.delete(key);
  kept.set(key, times);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

function takeBack(kept: Map<string, Micros[]>, key: string, time: Micros): void {
  const left = without(kept.get(key) ?? [], time);
  if (left.length > 0) kept.set(key, left);
  else kept.delete(key);
}

function without(times: readonly Micros[], time: Micros): Micros[] {
  const at = times.indexOf(time);
  return at === -1 ? [...times] : times.toSpliced(at, 1);
}

function recent(times: readonly Micros[], now: Micros): Micros[] {
  return times.filter((time) => time > now - MINUTE);
}
