import type { z } from "zod";
import type { StoredBar } from "../../contracts/stores.ts";
import type { BarView } from "../../contracts/views.ts";
import { Zone } from "../../domain/zone.ts";
import type { Services } from "../services.ts";
import { CSV_HEADER, csvLine } from "./csv-line.ts";
import type { barsCsvInput } from "./csv-input.ts";
import { sessionOf } from "./session-of.ts";
import { mergeBars } from "./merge-bars.ts";

export interface BarsCsv {
  fileName: string;
  simulated: boolean;
  /** Text in pieces of a few thousand lines; each is made when the one before was taken. */
  text: AsyncIterable<string>;
}

/** The stored bars of a symbol as CSV, of any length. NOT_FOUND. */
export async function barsCsv(
  { bars, directory }: Pick<Services, "bars" | "directory">,
  { symbol, interval, session: asked, tz, from, to }: z.infer<typeof barsCsvInput>,
): Promise<BarsCsv> {
  const { ticker } = await directory.get(symbol);
  const simulated = ticker.source === "simulator";
  const session = sessionOf(interval, asked);
  const pages = bars.scan({
    symbol,
    interval,
    ...(session === undefined ? {} : { session }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  const name = `${symbol.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}-${interval}${asked === undefined ? "" : `-${asked}`}.csv`;
  return { fileName: simulated ? `SIMULATED-${name}` : name, simulated, text: csvText(pages, new Zone(tz ?? "UTC")) };
}

/** Header, then lines; a window whose built and given bars lie on two pages is one line all the same. */
export async function* csvText(pages: AsyncIterable<readonly StoredBar[]>, zone: Zone): AsyncGenerator<string> {
  const toLine = (bar: BarView): string => csvLine(bar, zone);
  let text = CSV_HEADER;
  let open: readonly StoredBar[] = [];
  for await (const page of pages) {
    const rows = [...open, ...page];
    const last = rows.at(-1)?.start;
    const from = rows.findIndex(({ start }) => start === last);
    open = rows.slice(from);
    text += mergeBars(rows.slice(0, from)).map(toLine).join("");
    yield text;
    text = "";
  }
  yield text + mergeBars(open).map(toLine).join("");
}
