import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { IndicatorBar } from "#lib/domain/indicators/values.ts";
import { RECORDINGS } from "#test/support/recordings.ts";

const FOLDER = join(RECORDINGS, "indicators");

/** Values computed by another system lie beside the project, where they are present at all. */
export const isReferencePresent = existsSync(FOLDER);

/** A table's columns by their heads; what is no number is NaN. */
export function readColumns(file: string): (head: string) => number[] {
  const [head = "", ...lines] = readFileSync(join(FOLDER, file), "utf8").trim().split(/\r?\n/);
  const heads = head.split(",");
  const rows = lines.map((text) => text.split(","));
  return (name) => {
    const place = heads.indexOf(name);
    if (place < 0) throw new Error(`${file} has no column ${name}`);
    return rows.map((row) => (row[place] === undefined || row[place] === "" ? Number.NaN : Number(row[place])));
  };
}

/** Bars of a table; one that has closes alone is flat. */
export function readBars(file: string, names: { high?: string; low?: string; close: string }): IndicatorBar[] {
  const column = readColumns(file);
  const close = column(names.close);
  const [high, low] = [column(names.high ?? names.close), column(names.low ?? names.close)];
  return close.map((value, place) => ({
    start: place * 60_000_000,
    high: high[place] ?? value,
    low: low[place] ?? value,
    close: value,
    volume: 1,
    vwap: null,
  }));
}
