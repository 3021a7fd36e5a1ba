import type { Close } from "../contracts/stores.ts";
import type { Columns } from "./scan.ts";

export const CLOSE_COLUMNS = ["symbol", "start", "close", "given", "complete"];

export interface CloseRow {
  symbol: string;
  start: number;
  close: number;
  given: boolean;
  /** Of built bars. */
  complete?: boolean;
}

/**
 * One close a window of each symbol, in the order of the rows, which are sorted by symbol and start: that of the built bar where it is
 * complete, else the one that the source gave, else the built one as far as it goes.
 */
export function closesOf(rows: readonly CloseRow[]): Map<string, Close[]> {
  const closes = new Map<string, Close[]>();
  let before: CloseRow | null = null;
  for (const row of rows) {
    const list = closes.get(row.symbol) ?? [];
    closes.set(row.symbol, list);
    const isSame = before?.symbol === row.symbol && before.start === row.start;
    if (!isSame) list.push({ start: row.start, close: row.close });
    else if (rankOf(row) > rankOf(before ?? row)) list.splice(-1, 1, { start: row.start, close: row.close });
    if (!isSame || rankOf(row) > rankOf(before ?? row)) before = row;
  }
  return closes;
}

/** Which of the bars of a window counts: the one of the higher rank. */
export function rankOf({ given, complete }: Pick<CloseRow, "given" | "complete">): number {
  if (given) return 1;
  return complete === true ? 2 : 0;
}

export function closeRow({ symbol, start, close, given, complete }: Columns): CloseRow {
  return {
    symbol: String(symbol?.[0]),
    start: Number(start?.[0]),
    close: Number(close?.[0]),
    given: given?.[0] === true,
    complete: complete?.[0] === true,
  };
}
