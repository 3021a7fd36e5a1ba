import type { Micros } from "../domain/interval.ts";

/** Trades that are missing between two that came: ids behind `after` and before `before`. */
export interface Gap {
  after: number;
  before: number;
  /** Event times of its two neighbours. */
  from: Micros;
  to: Micros;
}

/** `new`: goes on or begins the run. `gap`: ids before it are missing. `duplicate`: was seen. `earlier`: from a gap, or from before the run. */
export type Arrival = "new" | "gap" | "duplicate" | "earlier";

interface Identified {
  id: number;
  idSpace?: string | undefined;
  time: Micros;
}

const MAX_GAPS = 16;

/**
 * The ids of one symbol's trades on a live stream, which rise by 1 within an id space. What is between `first` and `last` was seen, but for the open gaps.
 * Capacity MAX_GAPS: when more are open the oldest two become one, ids between them seen or not, for what is fetched twice is dropped by id.
 */
export class TradeRun {
  #idSpace: string | undefined;
  #first = -1;
  #firstTime: Micros = 0;
  #last = -1;
  #lastTime: Micros = 0;
  #gaps: Gap[] = [];

  /** Null before the first trade. */
  get last(): Identified | null {
    return this.#last < 0 ? null : { id: this.#last, idSpace: this.#idSpace, time: this.#lastTime };
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  arrive({ id, idSpace, time }: Identified): Arrival {
    if (this.#last < 0 || idSpace !== this.#idSpace) {
      this.begin({ id, idSpace, time });
      return "new";
    }
    if (id <= this.#last) return this.#seen(id) ? "duplicate" : "earlier";
    const isNext = id === this.#last + 1;
    if (!isNext) this.#addGap({ after: this.#last, before: id, from: this.#lastTime, to: time });
    this.#last = id;
    this.#lastTime = time;
    return isNext ? "new" : "gap";
  }

  /** Begins a run at this trade, whatever came before. */
  begin({ id, idSpace, time }: Identified): void {
    this.#idSpace = idSpace;
    this.#first = id;
    this.#firstTime = time;
    this.#last = id;
    this.#lastTime = time;
    this.#gaps = [];
  }

  /** Whether this trade was seen. */
  has({ id, idSpace }: Pick<Identified, "id" | "idSpace">): boolean {
    return idSpace === this.#idSpace && id >= this.#first && id <= this.#last && this.#seen(id);
  }

  /**
   * History gave the trades from `first` to `last`, ends included: nothing is missing between them. What still is between them and the run becomes a gap.
   */
  fill(first: Identified, last: Identified): void {
    if (this.#last < 0 || first.idSpace !== this.#idSpace) this.begin(first);
    if (first.id > this.#last + 1)
      this.#addGap({ after: this.#last, before: first.id, from: this.#lastTime, to: first.time });
    if (last.id < this.#first - 1) {
      this.#gaps.unshift({ after: last.id, before: this.#first, from: last.time, to: this.#firstTime });
    }
    if (first.id < this.#first) {
      this.#first = first.id;
      this.#firstTime = first.time;
    }
    if (last.id > this.#last) {
      this.#last = last.id;
      this.#lastTime = last.time;
    }
    this.#gaps = this.#gaps.flatMap((gap) => without(gap, first, last));
  }

  /** The gap is given up. */
  close(gap: Gap): void {
    this.#gaps = this.#gaps.filter((each) => each.after < gap.after || each.before > gap.before);
  }

  #seen(id: number): boolean {
    return id >= this.#first && !this.#gaps.some(({ after, before }) => id > after && id < before);
  }

  #addGap(gap: Gap): void {
    this.#gaps.push(gap);
    if (this.#gaps.length <= MAX_GAPS) return;
    const [one, two, ...rest] = this.#gaps;
    if (one && two) this.#gaps = [{ after: one.after, before: two.before, from: one.from, to: two.to }, ...rest];
  }
}

/** What is left of a gap. */
function without(gap: Gap, first: Identified, last: Identified): Gap[] {
  if (last.id <= gap.after || first.id >= gap.before) return [gap];
  const left = first.id > gap.after + 1 ? [{ ...gap, before: first.id, to: first.time }] : [];
  const right = last.id < gap.before - 1 ? [{ ...gap, after: last.id, from: last.time }] : [];
  return [...left, ...right];
}
