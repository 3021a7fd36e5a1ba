import type { StoredBar } from "../../contracts/stores.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { BarView } from "../../contracts/views.ts";
import { Adjuster } from "../../domain/adjustment/adjuster.ts";
import type { AdjustmentMode } from "../../domain/adjustment/steps.ts";
import type { Services } from "../services.ts";
import { joinedPages, noPages } from "../composite/export.ts";
import { findInstrument, hasBars, isSimulated } from "../composite/instrument.ts";
import { type AdjustmentNeeds, adjustmentOf } from "./adjustment.ts";
import type { BarsExportInput } from "./export-input.ts";
import { mergeBars } from "./merge-bars.ts";
import { sessionOf } from "./session-of.ts";

export interface BarsExport {
  /** Without an extension. */
  fileName: string;
  simulated: boolean;
  adjust: AdjustmentMode;
  /** Bars in pages of a few thousand, oldest first; each is read when the one before was taken. */
  pages: AsyncIterable<BarView[]>;
}

/** The stored bars of a symbol or composite, of any length. NOT_FOUND. */
export async function exportBars(
  services: Pick<Services, "bars" | "charts" | "directory" | "now">,
  { symbol, interval, session: asked, from, to, adjust }: BarsExportInput,
): Promise<BarsExport> {
  const instrument = await findInstrument(services, symbol);
  const simulated = isSimulated(instrument);
  const session = sessionOf(interval, asked);
  const range = {
    interval,
    ...(session === undefined ? {} : { session }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const pagesOf = (ticker: Ticker): AsyncGenerator<BarView[]> => adjustedPages(services, ticker, range, adjust);
  const pages = !hasBars(instrument, interval)
    ? noPages()
    : instrument.composite
      ? joinedPages(instrument.composite.operation, pagesOf(instrument.legs[0]), pagesOf(instrument.legs[1]))
      : pagesOf(instrument.ticker);
  const parts = [symbol.replaceAll(/[^A-Za-z0-9.-]+/g, "-"), interval, asked, adjust === "raw" ? undefined : adjust];
  const name = parts.filter((part) => part !== undefined).join("-");
  return { fileName: simulated ? `SIMULATED-${name}` : name, simulated, adjust, pages };
}

/** The bars of one ticker, oldest first. */
async function* adjustedPages(
  services: AdjustmentNeeds & Pick<Services, "bars">,
  ticker: Ticker,
  range: Omit<Parameters<Services["bars"]["scan"]>[0], "symbol">,
  adjust: AdjustmentMode,
): AsyncGenerator<BarView[]> {
  const adjuster = new Adjuster((await adjustmentOf(services, ticker, adjust)).steps);
  const pages = mergedPages(services.bars.scan({ ...range, symbol: ticker.symbol }));
  for await (const page of pages) yield page.map((bar) => adjuster.apply(bar));
}

/** A window whose built and given bars lie on two pages is one bar all the same. */
export async function* mergedPages(pages: AsyncIterable<readonly StoredBar[]>): AsyncGenerator<BarView[]> {
  let open: readonly StoredBar[] = [];
  for await (const page of pages) {
    const rows = [...open, ...page];
    const last = rows.at(-1)?.start;
    const from = rows.findIndex(({ start }) => start === last);
    open = rows.slice(from);
    yield mergeBars(rows.slice(0, from));
  }
  yield mergeBars(open);
}
