import { SECOND, type Micros } from "../domain/interval.ts";

/** Microseconds between frames while the process keeps pace, and while it does not. */
export const PACE: Micros = SECOND / 10;
export const SLOW_PACE: Micros = SECOND / 4;

/** A frame this late means that the process has more to do than time. */
const LATE: Micros = SECOND / 20;
const FRAMES_TO_RECOVER = 20;

/** Decides how far apart frames are: fewer while the process falls behind, until it has kept pace for a while. */
export class FramePace {
  #onTime = FRAMES_TO_RECOVER;

  get interval(): Micros {
    return this.#onTime >= FRAMES_TO_RECOVER ? PACE : SLOW_PACE;
  }

  /** `lateness`: by how much the last frame came after its time. */
  observe(lateness: Micros): void {
    this.#onTime = lateness > LATE ? 0 : Math.min(this.#onTime + 1, FRAMES_TO_RECOVER);
  }
}
