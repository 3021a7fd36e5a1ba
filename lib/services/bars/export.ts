import type { StoredBar } from "../../contracts/stores.ts";
import type { BarView } from "../../contracts/views.ts";
import type { Services } from "../services.ts";
import { joinedPages, noPages } from "../composite/export.ts";
import { findInstrument, hasBars, isSimulated } from "../composite/instrument.ts";
import type { BarsExportInput } from "./export-input.ts";
import { mergeBars } from "./merge-bars.ts";
import { sessionOf } from "./session-of.ts";

export interface BarsExport {
  /** Without an extension. */
  fileName: string;
  simulated: boolean;
  /** Bars in pages of a few thousand, oldest first; each is read when the one before was taken. */
  pages: AsyncIterable<BarView[]>;
}

/** The stored bars of a symbol or composite, of any length. NOT_FOUND. */
export async function exportBars(
  { bars, directory }: Pick<Services, "bars" | "directory">,
  { symbol, interval, session: asked, from, to }: BarsExportInput,
): Promise<BarsExport> {
  const instrument = await findInstrument({ directory }, symbol);
  const simulated = isSimulated(instrument);
  const session = sessionOf(interval, asked);
  const pagesOf = (ticker: string): AsyncGenerator<BarView[]> =>
    mergedPages(
      bars.scan({
        symbol: ticker,
        interval,
        ...(session === undefined ? {} : { session }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      }),
    );
  const { composite } = instrument;
  const pages = !hasBars(instrument, interval)
    ? noPages()
    : composite
      ? joinedPages(composite.operation, pagesOf(composite.left), pagesOf(composite.right))
      : pagesOf(symbol);
  const name = `${symbol.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}-${interval}${asked === undefined ? "" : `-${asked}`}`;
  return { fileName: simulated ? `SIMULATED-${name}` : name, simulated, pages };
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
