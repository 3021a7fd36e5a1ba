import { isSymbol, type TickerSymbol } from "../../domain/symbol.ts";
import { TapedeckError } from "../../errors.ts";

/** Gives every symbol of a recording the exchange under which it is played: `NASDAQ:AAPL` and `aapl` become `TAPE:AAPL`. */
export class RecordedSymbols {
  readonly #exchange: string;
  readonly #known = new Map<string, TickerSymbol>();

  constructor(exchange: string) {
    this.#exchange = exchange;
  }

  /** BAD_INPUT for what cannot be a ticker. */
  of(name: string): TickerSymbol {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const symbol = `${this.#exchange}:${name.slice(name.indexOf(":") + 1).toUpperCase()}`;
    if (!isSymbol(symbol)) {
      throw new TapedeckError("BAD_INPUT", `${JSON.stringify(name.slice(0, 40))} cannot be a symbol`);
    }
    this.#known.set(name, symbol);
    return symbol;
  }
}
