import { DAY } from "../interval.ts";
import { normal } from "./hash.ts";

/**
 * A random walk that can be asked at any instant: Brownian motion by midpoint displacement over a fixed span, each
 * midpoint's deviation drawn from its place in the tree. Volatility clusters: the deviations of a day, an hour and
 * five minutes share factors of their own.
 */
const SPAN = 2 ** 14 * DAY; // 44.9 years from the epoch
const LEVELS = 34; // the last is 0.08 s long
/** Standard deviation of a day's change is `volatility`: of the whole span, √(2^14) times that. */
const WHOLE = 2 ** 7;
/** Spans longer than this revert: a market of decades would wander too far. */
const QUIET_LEVELS = 6;
const DAY_LEVEL = 14;
const HOUR_LEVEL = 19;

/** What part of a node of each level a leaf is: exact, being powers of two. */
const SHARES = Float64Array.from({ length: LEVELS + 1 }, (_, level) => 1 / 2 ** (LEVELS - level));
const LEAF_COUNT = 2 ** LEVELS;

/** One walk; keeps the way down to the last instant asked, so neighbours in time cost few steps. */
export class RandomPath {
  readonly #seed: number;
  readonly #key: number;
  readonly #volatility: number;
  /** The nodes above and with the last leaf, by level: their index, and the walk at both their ends. */
  readonly #indices = new Float64Array(LEVELS + 1).fill(-1);
  readonly #lefts = new Float64Array(LEVELS + 1);
  readonly #rights = new Float64Array(LEVELS + 1);

  constructor(seed: number, key: number, volatility: number) {
    this.#seed = seed;
    this.#key = key;
    this.#volatility = volatility;
    this.#indices[0] = 0;
  }

  /** The walk's value (a log return since the epoch) at `time`, microseconds. */
  at(time: number): number {
    const place = (time / SPAN) * LEAF_COUNT;
    const leaf = Math.floor(place);
    if (leaf !== this.#indices[LEVELS]) this.#descend(leaf);
    const left = this.#lefts[LEVELS] ?? 0;
    return left + ((this.#rights[LEVELS] ?? 0) - left) * (place - leaf);
  }

  /** From the lowest node that is above the leaf too. */
  #descend(leaf: number): void {
    let level = LEVELS;
    while (level > 0 && Math.floor(leaf * (SHARES[level] ?? 0)) !== this.#indices[level]) level -= 1;
    for (; level < LEVELS; level += 1) {
      const left = this.#lefts[level] ?? 0;
      const right = this.#rights[level] ?? 0;
      const middle = (left + right) / 2 + this.#deviation(level, this.#indices[level] ?? 0);
      const index = Math.floor(leaf * (SHARES[level + 1] ?? 0));
      const isLeft = index % 2 === 0;
      this.#indices[level + 1] = index;
      this.#lefts[level + 1] = isLeft ? left : middle;
      this.#rights[level + 1] = isLeft ? middle : right;
    }
  }

  #deviation(level: number, index: number): number {
    const scale = (this.#volatility * WHOLE) / 2 ** (level / 2 + 1);
    const quiet = level < QUIET_LEVELS ? 0.35 : 1;
    const excited = level >= DAY_LEVEL ? this.#excitement(level, index) : 1;
    const draw = normal(this.#seed, this.#key, level, index | 0);
    return scale * quiet * excited * draw;
  }

  /** Days, and hours within them, of more or less movement. */
  #excitement(level: number, index: number): number {
    const day = Math.floor(index / 2 ** (level - DAY_LEVEL));
    const calm = Math.exp(0.35 * normal(this.#seed, this.#key, -1, day));
    if (level < HOUR_LEVEL) return calm;
    const hour = Math.floor(index / 2 ** (level - HOUR_LEVEL));
    return calm * Math.exp(0.4 * normal(this.#seed, this.#key, -2, hour));
  }
}
