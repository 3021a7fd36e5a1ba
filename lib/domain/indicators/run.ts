import type { IndicatorSpec } from "./spec.ts";
import { createStream } from "./stream.ts";
import type { IndicatorBar, IndicatorContext, IndicatorStream, Values } from "./values.ts";

/**
 * The values of one indicator over a list of closed bars that grows: bars at the end are taken one by one, any other change computes all
 * of it anew. So a value is the same however its bar came. Bars count as the same by identity.
 */
export class IndicatorRun {
  readonly spec: IndicatorSpec;
  readonly #context: IndicatorContext;
  #stream: IndicatorStream;
  #bars: readonly IndicatorBar[] = [];
  #values: Values[] = [];

  constructor(spec: IndicatorSpec, context: IndicatorContext) {
    this.spec = spec;
    this.#context = context;
    this.#stream = createStream(spec, context);
  }

  /** The values after each of these closed bars, oldest first. */
  take(bars: readonly IndicatorBar[]): readonly Values[] {
    if (bars === this.#bars) return this.#values;
    const isContinued = this.#bars.length <= bars.length && this.#bars.every((bar, place) => bar === bars[place]);
    if (!isContinued) this.#stream = createStream(this.spec, this.#context);
    const values = isContinued ? [...this.#values] : [];
    for (let place = values.length; place < bars.length; place++) {
      const bar = bars[place];
      if (bar) values.push(this.#stream.advance(bar));
    }
    this.#bars = bars;
    this.#values = values;
    return values;
  }

  /** The values after one bar more than those taken; it is not taken itself. */
  peek(bar: IndicatorBar): Values {
    return this.#stream.peek(bar);
  }
}
