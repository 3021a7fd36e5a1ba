import type { ColumnKey } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { isoSecond } from "./clock.ts";
import { COLUMN_WORDS, type RowFacts, valueOf } from "./columns.ts";

/** One symbol a line. */
export function listText(symbols: readonly string[]): string {
  return symbols.map((symbol) => `${symbol}\n`).join("");
}

/** The columns with the values that are shown now, RFC 4180; the symbol whole, what is not known empty, times in ISO. */
export function listCsv(
  instruments: readonly InstrumentView[],
  columns: readonly ColumnKey[],
  factsOf: (instrument: InstrumentView) => RowFacts,
): string {
  const shown = columns.filter((key) => key !== "symbol" && key !== "today");
  const head = ["Symbol", ...shown.map((key) => (key === "freshness" ? "Time" : COLUMN_WORDS[key].title))];
  const rows = instruments.map((instrument) => {
    const facts = factsOf(instrument);
    const cells = shown.map((key) => {
      const value = key === "name" ? instrument.name : valueOf(key, facts);
      return key === "freshness" && typeof value === "number" ? isoSecond(value) : value;
    });
    return [instrument.symbol, ...cells];
  });
  return [head, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** What spreadsheets take for a formula when a cell begins with it. */
const BEGINS_FORMULA = /^[=+\-@\t\r\n]/;
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * One value as RFC 4180 writes it. A text that a spreadsheet would compute, which may be a stranger's, gets an apostrophe before it: OWASP, "CSV
 * Injection" (owasp.org/www-community/attacks/CSV_Injection). Numbers stay as they are.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const isFormula = typeof value === "string" && BEGINS_FORMULA.test(value) && !PLAIN_NUMBER.test(value);
  const text = isFormula ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `my-tech-list.csv`. */
export function fileName(name: string, ending: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return `${words || "watchlist"}.${ending}`;
}
