import { MINUTE, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";

/** Failed attempts a minute: of one address, and of all together. */
const PER_ADDRESS = 5;
const OVERALL = 30;
/** Addresses remembered. Overflow: the oldest is forgotten; the overall limit still holds. */
const MAX_ADDRESSES = 1_000;

/** Counts failed attempts within the last minute. */
export class Attempts {
  readonly #byAddress = new Map<string, Micros[]>();
  #all: Micros[] = [];

  /** RATE_LIMITED, saying when to try again, while either limit is reached. */
  assertAllowed(address: string, now: Micros): void {
    this.#all = recent(this.#all, now);
    const own = recent(this.#byAddress.get(address) ?? [], now);
    const [first] = own.length >= PER_ADDRESS ? own : this.#all.length >= OVERALL ? this.#all : [];
    if (first === undefined) return;
    const seconds = Math.ceil((first + MINUTE - now) / 1_000_000);
    throw new TapedeckError("RATE_LIMITED", `Too many attempts; try again in ${seconds} s.`);
  }

  failed(address: string, now: Micros): void {
    this.#all.push(now);
    const own = [...recent(this.#byAddress.get(address) ?? [], now), now];
    this.#byAddress.delete(address);
    this.#byAddress.set(address, own);
    if (this.#byAddress.size <= MAX_ADDRESSES) return;
    const [oldest] = this.#byAddress.keys();
    if (oldest !== undefined) this.#byAddress.delete(oldest);
  }

  succeeded(address: string): void {
    this.#byAddress.delete(address);
  }

  get addresses(): number {
    return this.#byAddress.size;
  }
}

function recent(times: readonly Micros[], now: Micros): Micros[] {
  return times.filter((time) => time > now - MINUTE);
}
