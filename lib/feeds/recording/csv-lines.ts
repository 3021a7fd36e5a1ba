import { parse } from "csv-parse/sync";
import { TapedeckError } from "../../errors.ts";
import type { LineReader, RecordedTick } from "./recording.ts";
import type { ShortTrades } from "./short-trade.ts";

const COLUMNS = ["time", "symbol", "price", "size", "id", "venue", "conditions", "side"];
const NEEDED = COLUMNS.slice(0, 4);

/** A header that names the columns, then a trade a line; `conditions` are separated by `|`. */
export function csvLines(trades: ShortTrades): LineReader {
  let columns: readonly string[] | null = null;
  const read = (line: string): RecordedTick[] => {
    const cells = cellsOf(line);
    if (columns === null) {
      columns = header(cells);
      return [];
    }
    if (cells.length > columns.length) {
      throw new TapedeckError("BAD_INPUT", `there are ${cells.length} cells under ${columns.length} columns`);
    }
    const fields = Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ""]));
    const conditions = (fields.conditions ?? "").split("|").filter((each) => each !== "");
    return [trades.read({ ...fields, conditions })];
  };
  return { begin: () => (columns = null), read };
}

/** Most lines have no quoted cell and are read fast. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",").map((cell) => cell.trim());
  try {
    return parse(line, { relax_column_count: true, trim: true })[0] ?? [];
  } catch {
    throw new TapedeckError("BAD_INPUT", "the quotes of a cell do not close");
  }
}

/** Throws REFUSED for a file that this cannot be read by: all of its lines would be wrong. */
function header(cells: readonly string[]): string[] {
  const names = cells.map((cell) => cell.replace(/^\uFEFF/, "").toLowerCase());
  const isKnown = names.every((name) => COLUMNS.includes(name)) && new Set(names).size === names.length;
  if (isKnown && NEEDED.every((name) => names.includes(name))) return names;
  throw new TapedeckError("REFUSED", `the header has to be ${COLUMNS.slice(0, 7).join(",")}`);
}
