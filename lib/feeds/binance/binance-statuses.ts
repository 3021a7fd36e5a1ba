import { HOUR, type Micros } from "../../domain/interval.ts";
import { errorCode } from "../../errors.ts";
import { fieldsOf, listOf, textOf } from "../fields.ts";
import type { RestClient } from "../source/rest-client.ts";
import { steadyNow } from "../source/source-clock.ts";
import { reasonOf, type SourceStatus } from "../source/status-watch.ts";
import { WEIGHT } from "./binance-rest.ts";

/** The most pairs whose status is asked for at once: their names stand in the address. */
const MAX_PAIRS = 100;
/** A pair that is not known costs some eight refusals; beyond these the others are searched for at the next time. */
const MOST_REFUSALS = 24;
/** A pair that was not known is asked for again after so long: it may be listed by then. */
const ASK_UNKNOWN_AGAIN: Micros = HOUR;
/** The most of them that are remembered; beyond it the one found first is forgotten, and searched for again. */
const MOST_UNKNOWN = 1_000;

/** Which pairs of Binance are traded, by requests that one pair that it does not know keeps it from answering. */
export class BinanceStatuses {
  readonly #client: RestClient;
  readonly #now: () => Micros;
  /** Until when a pair is left out, by our steady clock. */
  readonly #unknown = new Map<string, Micros>();

  constructor(client: RestClient, now: () => Micros = steadyNow) {
    this.#client = client;
    this.#now = now;
  }

  /**
   * Which of some pairs are traded at present, as far as could be had: of a part that is refused, halves are asked for until the pair that Binance
   * does not know is alone, and what is left when the refusals are used up is left out. BAD_INPUT when it refuses them all, and no pair is held unknown for that.
   */
  async ask(pairs: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, SourceStatus>> {
    const asked = pairs.filter((pair) => (this.#unknown.get(pair) ?? -Infinity) <= this.#now());
    const search = new Search((part) => this.#rows(part, signal));
    for (let at = 0; at < asked.length; at += MAX_PAIRS) await search.ask(asked.slice(at, at + MAX_PAIRS));
    await search.halve();
    if (search.rows.length === 0 && search.refusal !== null) throw search.refusal;
    this.#remember(search.unknown);
    return new Map(search.rows);
  }

  async #rows(pairs: readonly string[], signal: AbortSignal): Promise<[string, SourceStatus][]> {
    const query = { symbols: JSON.stringify(pairs), showPermissionSets: "false" };
    const request = { path: "/api/v3/exchangeInfo", query, weight: WEIGHT.exchangeInfo, signal };
    return this.#client.get(request, (answer) =>
      listOf(fieldsOf(answer, "the answer").symbols, "symbols").map((row) => {
        const pair = fieldsOf(row, "a pair");
        return [textOf(pair.symbol, "symbol"), statusOf(textOf(pair.status, "status"))];
      }),
    );
  }

  #remember(pairs: readonly string[]): void {
    for (const pair of pairs) {
      this.#unknown.delete(pair);
      this.#unknown.set(pair, this.#now() + ASK_UNKNOWN_AGAIN);
    }
    for (const oldest of this.#unknown.keys()) {
      if (this.#unknown.size <= MOST_UNKNOWN) return;
      this.#unknown.delete(oldest);
    }
  }
}

/** What one round of requests has found. */
class Search {
  readonly rows: [string, SourceStatus][] = [];
  readonly unknown: string[] = [];
  /** The last that was refused with BAD_INPUT. */
  refusal: unknown = null;
  readonly #rowsOf: (pairs: readonly string[]) => Promise<[string, SourceStatus][]>;
  /** Parts that have a pair that is not known. */
  readonly #refused: (readonly string[])[] = [];
  #refusals = 0;

  constructor(rowsOf: (pairs: readonly string[]) => Promise<[string, SourceStatus][]>) {
    this.#rowsOf = rowsOf;
  }

  async ask(pairs: readonly string[]): Promise<void> {
    try {
      this.rows.push(...(await this.#rowsOf(pairs)));
    } catch (error) {
      if (errorCode(error) !== "BAD_INPUT") throw error;
      this.refusal = error;
      this.#refusals += 1;
      const [only] = pairs;
      if (only !== undefined && pairs.length === 1) this.unknown.push(only);
      else this.#refused.push(pairs);
    }
  }

  /** The part that was refused last first, so that pairs are found one by one. */
  async halve(): Promise<void> {
    while (this.#refusals < MOST_REFUSALS) {
      const part = this.#refused.pop();
      if (!part) return;
      const middle = part.length >> 1;
      await this.ask(part.slice(0, middle));
      await this.ask(part.slice(middle));
    }
  }
}

/** `END_OF_DAY` is said as "End of day". */
function statusOf(status: string): SourceStatus {
  if (status === "TRADING") return { state: "trading", reason: null };
  const words = status.toLowerCase().replaceAll("_", " ");
  return { state: "halted", reason: reasonOf(words.charAt(0).toUpperCase() + words.slice(1)) };
}
