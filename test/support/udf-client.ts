import type { z } from "zod";
import { udfOutputs } from "#lib/api/open/udf-outputs.ts";

type History = z.infer<typeof udfOutputs.history>;
type SymbolInfo = z.infer<typeof udfOutputs.symbol>;

export interface UdfBar {
  time: number;
  close: number;
}

/**
 * Asks a datafeed as charting clients do (https://www.tradingview.com/charting-library-docs/latest/connecting_data/UDF), and takes no
 * answer that the protocol does not allow: fields beyond it are refused, too.
 */
export class UdfClient {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  async configuration(): Promise<z.infer<typeof udfOutputs.config>> {
    return udfOutputs.config.strict().parse(await this.#send("config"));
  }

  /** The server's clock, seconds. */
  async time(): Promise<number> {
    return Number(await this.#send("time"));
  }

  async search(words: string, exchange = "", type = ""): Promise<z.infer<typeof udfOutputs.search>> {
    const parameters = { limit: "30", query: words.toUpperCase(), type, exchange };
    return udfOutputs.search.parse(await this.#send("search", parameters));
  }

  async resolve(symbol: string): Promise<SymbolInfo> {
    return udfOutputs.symbol.strict().parse(await this.#send("symbols", { symbol }));
  }

  /** What a chart does when it opens and is dragged back to the beginning: pages of bars by count, each ending where the one before began. */
  async wholeHistory(symbol: SymbolInfo, resolution: string, to: number, countback: number): Promise<UdfBar[]> {
    const bars: UdfBar[] = [];
    for (let end = to; ;) {
      const answer = await this.history(symbol, resolution, { from: end - countback * 60, to: end, countback });
      if (answer.s === "no_data") return bars;
      if (answer.s === "error") throw new Error(answer.errmsg);
      const page = answer.t.map((time, index) => ({ time, close: answer.c[index] ?? Number.NaN }));
      bars.unshift(...page);
      end = page[0]?.time ?? end;
    }
  }

  async history(
    { ticker, currency_code: currencyCode }: Pick<SymbolInfo, "ticker" | "currency_code">,
    resolution: string,
    range: { from: number; to: number; countback?: number },
  ): Promise<History> {
    const asked = Object.entries({ symbol: ticker, resolution, ...range, currencyCode });
    const parameters = Object.fromEntries(asked.map(([name, value]) => [name, String(value)]));
    return udfOutputs.history.parse(await this.#send("history", parameters));
  }

  /** As the client's own requester: whatever the status, the text is read as JSON. */
  async #send(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const query = new URLSearchParams(parameters).toString();
    const response = await fetch(`${this.#base}/${path}${query === "" ? "" : `?${query}`}`);
    return JSON.parse(await response.text());
  }
}
