import { SECOND, type Micros } from "../domain/interval.ts";

/** Microseconds between frames: to few pages, and at most, while the process keeps pace or not. */
export const PACE: Micros = 30_000;
export const SLOW_PACE: Micros = SECOND / 4;
/** So many frames a second are sent to all pages together, which costs about a quarter of a core; more pages get fewer each. */
const FRAMES_A_SECOND = 2000;

/** A frame this late means that the process has more to do than time. */
const LATE: Micros = SECOND / 30;
const FRAMES_TO_RECOVER = 20;

/** Decides how far apart frames are: fewer to many pages, and fewer while the process falls behind, until it has kept pace for a while. */
export class FramePace {
  #onTime = FRAMES_TO_RECOVER;

  interval(pages: number): Micros {
    if (this.#onTime < FRAMES_TO_RECOVER) return SLOW_PACE;
    return Math.min(SLOW_PACE, Math.max(PACE, (pages / FRAMES_A_SECOND) * SECOND));
  }

  /** `lateness`: by how much the last frame came after its time. */
  observe(lateness: Micros): void {
    this.#onTime = lateness > LATE ? 0 : Math.min(this.#onTime + 1, FRAMES_TO_RECOVER);
  }
}
