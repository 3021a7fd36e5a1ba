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

interface Node {
  level: number;
  index: number;
  left: number;
  right: number;
}

/** One walk; keeps the way down to the last instant asked, so neighbours in time cost few steps. */
export class RandomPath {
  readonly #seed: number;
  readonly #key: number;
  readonly #volatility: number;
  /** Ancestors of the last leaf, by level. */
  readonly #way: Node[] = [];

  constructor(seed: number, key: number, volatility: number) {
    this.#seed = seed;
    this.#key = key;
    this.#volatility = volatility;
    this.#way.push({ level: 0, index: 0, left: 0, right: 0 });
  }

  /** The walk's value (a log return since the epoch) at `time`, microseconds. */
  at(time: number): number {
    const position = time / SPAN;
    let node = this.#way[0] as Node;
    for (let level = 1; level <= LEVELS; level++) {
      const index = Math.floor(position * 2 ** level);
      const kept = this.#way[level];
      if (kept?.index === index) {
        node = kept;
        continue;
      }
      node = this.#child(node, level, index);
      this.#way[level] = node;
      this.#way.length = level + 1;
    }
    const within = position * 2 ** LEVELS - node.index;
    return node.left + (node.right - node.left) * within;
  }

  #child(parent: Node, level: number, index: number): Node {
    const middle = (parent.left + parent.right) / 2 + this.#deviation(parent);
    return index % 2 === 0
      ? { level, index, left: parent.left, right: middle }
      : { level, index, left: middle, right: parent.right };
  }

  #deviation({ level, index }: Node): number {
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
