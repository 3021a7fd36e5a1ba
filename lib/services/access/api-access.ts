import type { Config } from "../../config/config.ts";
import type { Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { nameOfKey, parseApiKeys, type ApiKey } from "./api-keys.ts";
import { RequestLimit, type Allowance } from "./request-limit.ts";

/** Streams that one caller may keep open. */
export const MAX_STREAMS = 8;

/** Who asks: a key, or nobody by name. */
export interface Caller {
  /** As presented; null: none was. */
  key: string | null;
  address: string;
  /** The request comes from a page of this server. */
  ownPage: boolean;
}

export interface Admission {
  /** By whom requests and streams are counted. */
  caller: string;
  allowance: Allowance;
  /** UNAUTHORIZED or RATE_LIMITED; null: go on. */
  refusal: TapedeckError | null;
}

type AccessConfig = Pick<Config, "TAPEDECK_API_KEYS" | "TAPEDECK_API_LIMIT" | "TAPEDECK_API_ORIGINS">;

/** Keys and limits of the interfaces for programs. */
export class ApiAccess {
  readonly #keys: readonly ApiKey[];
  readonly #origins: readonly string[];
  readonly #requests: RequestLimit;
  readonly #now: () => Micros;
  /** Streams open, by caller; nobody is listed who has none. */
  readonly #streams = new Map<string, number>();

  constructor(config: AccessConfig, now: () => Micros) {
    this.#keys = parseApiKeys(config.TAPEDECK_API_KEYS);
    this.#origins = config.TAPEDECK_API_ORIGINS?.split(",") ?? [];
    this.#requests = new RequestLimit(config.TAPEDECK_API_LIMIT);
    this.#now = now;
  }

  /** Whether pages of another origin may read answers. */
  allowsOrigin(origin: string): boolean {
    return this.#origins.includes("*") || this.#origins.includes(origin);
  }

  /** Counts a request. Wrong keys are counted by address, so that nobody can try many. */
  admit({ key, address, ownPage }: Caller): Admission {
    const name = key === null ? null : nameOfKey(this.#keys, key);
    const caller = name === null ? `address ${address}` : `key ${name}`;
    const allowance = this.#requests.take(caller, this.#now());
    return { caller, allowance, refusal: this.#refusal(allowance, name !== null || ownPage) };
  }

  /** Counts a stream until the function given back is called. RATE_LIMITED. */
  openStream(caller: string): () => void {
    const open = this.#streams.get(caller) ?? 0;
    if (open >= MAX_STREAMS) {
      throw new TapedeckError("RATE_LIMITED", `${MAX_STREAMS} streams at a time at most; close one first.`);
    }
    this.#streams.set(caller, open + 1);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const left = (this.#streams.get(caller) ?? 1) - 1;
      if (left > 0) this.#streams.set(caller, left);
      else this.#streams.delete(caller);
    };
  }

  #refusal({ allowed, limit, resetsIn }: Allowance, known: boolean): TapedeckError | null {
    if (!allowed) {
      return new TapedeckError("RATE_LIMITED", `${limit} requests a minute at most; try again in ${resetsIn} s.`);
    }
    if (known || this.#keys.length === 0) return null;
    return new TapedeckError("UNAUTHORIZED", "A key is needed: send `Authorization: Bearer ‹key›`, or `?key=‹key›`.");
  }
}
