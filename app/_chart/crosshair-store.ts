import { beforePaint } from "../_ui/before-paint.ts";

/** Where the pointer is over the chart: a position in the series and a height, or nowhere. */
export interface Crosshair {
  position: number;
  /** Pixels from the chart's top; null where the keys set it, then it stands at the bar's close. */
  y: number | null;
  /** It follows that of another chart: the same time, at no price. */
  echo?: true;
}

/** Outside React: moving the pointer redraws the crosshair and the readout, nothing else, and those once a frame. */
export class CrosshairStore {
  #value: Crosshair | null = null;
  readonly #listeners = new Set<() => void>();

  get = (): Crosshair | null => this.#value;

  set(value: Crosshair | null): void {
    if (value?.position === this.#value?.position && value?.y === this.#value?.y && value?.echo === this.#value?.echo)
      return;
    this.#value = value;
    beforePaint(this, this.#tell);
  }

  readonly #tell = (): void => {
    for (const listener of this.#listeners) listener();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
