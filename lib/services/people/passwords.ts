import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { TapedeckError } from "../../errors.ts";
import { Turns } from "./turns.ts";

/** What computing a hash costs: 2^ln × r × 128 bytes, and p passes of them. */
export interface HashCost {
  ln: number;
  r: number;
  p: number;
}

/**
 * 32 MiB and three passes, one of the settings that OWASP's Password Storage Cheat Sheet calls equally strong: memory is what a web process has least
 * of.
 */
const COST: HashCost = { ln: 15, r: 8, p: 3 };
/** Node's pool has four threads, for files, names and zlib as well: half of them are left for those. */
const LIMITS = {
  atOnce: 2,
  waiting: 20,
  refusal: "Too many passwords are being checked just now; try again in a few seconds.",
} as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** A hash in PHC's string form, with the parameters it was made by. What was stored with others is still read, within these. */
const PHC = /^\$scrypt\$ln=(1[0-7]),r=(8),p=([1-9])\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{43})$/;

/** Hashes passwords, and knows them again. Two at once, twenty wait; overflow: RATE_LIMITED. */
export class Passwords {
  readonly #cost: HashCost;
  readonly #turns = new Turns(LIMITS);

  constructor(cost: HashCost = COST) {
    this.#cost = cost;
  }

  /** With a new salt: `$scrypt$ln=15,r=8,p=3$‹salt›$‹hash›`. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return this.#written(salt, await this.#derive(password, salt, this.#cost));
  }

  /** A hash of which nobody knows a password, and which takes as long to be compared with. */
  decoy(): string {
    return this.#written(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  /** Whether a password has this hash. Takes as long whatever is wrong with it. REFUSED when the hash is none of ours. */
  async matches(password: string, hashed: string): Promise<boolean> {
    const [, ln, r, p, salt, hash] = PHC.exec(hashed) ?? [];
    if (salt === undefined || hash === undefined) {
      throw new TapedeckError(
        "REFUSED",
        "The stored password of this account cannot be read: an admin has to set it anew.",
      );
    }
    const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
    const derived = await this.#derive(password, Buffer.from(salt, "base64"), cost);
    return timingSafeEqual(derived, Buffer.from(hash, "base64"));
  }

  #derive(password: string, salt: Buffer, cost: HashCost): Promise<Buffer> {
    return this.#turns.take(() => derive(password, salt, cost));
  }

  #written(salt: Buffer, hash: Buffer): string {
    const { ln, r, p } = this.#cost;
    return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
  }
}

/** Of composed characters: keyboards differ in how they write an umlaut. */
function derive(password: string, salt: Buffer, { ln, r, p }: HashCost): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 256 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, HASH_BYTES, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
