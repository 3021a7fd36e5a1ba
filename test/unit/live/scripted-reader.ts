import type { AlertTrigger } from "#lib/contracts/alerts.ts";
import type { BarLine } from "#lib/contracts/bars.ts";
import type { LatestLine } from "#lib/contracts/latest.ts";
import type { LiveReader } from "#lib/contracts/stores.ts";

type Batch = { bars: BarLine[]; latest: LatestLine[]; alerts: AlertTrigger[] };

/** A live log that yields what the test hands it. */
export class ScriptedReader implements LiveReader {
  readonly #waiting: (Batch | Error)[] = [];
  #wake: () => void = () => undefined;

  send(batch: Partial<Batch> | Error): void {
    this.#waiting.push(batch instanceof Error ? batch : { bars: [], latest: [], alerts: [], ...batch });
    this.#wake();
  }

  async *read(signal: AbortSignal): AsyncGenerator<Batch> {
    signal.addEventListener("abort", () => this.#wake());
    while (!signal.aborted) {
      const next = this.#waiting.shift();
      if (next instanceof Error) throw next;
      if (next) yield next;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
