import type { BarView } from "../../contracts/views.ts";
import type { Zone } from "../../domain/zone.ts";
import { CSV_HEADER, csvLine } from "./csv-line.ts";

/** Header, then a line for each bar, its time in the zone; a piece of text a page. */
export async function* csvText(pages: AsyncIterable<readonly BarView[]>, zone: Zone): AsyncGenerator<string> {
  let text = CSV_HEADER;
  for await (const page of pages) {
    yield text + page.map((bar) => csvLine(bar, zone)).join("");
    text = "";
  }
  if (text !== "") yield text;
}
