import type { BarView } from "../../contracts/views.ts";

export const CSV_HEADER = "time,open,high,low,close,volume,vwap,trades,final,revision\n";

/** One line of the export: the window's start in ISO UTC; what is not known is empty. */
export function csvLine(bar: BarView): string {
  const { open, high, low, close, volume, vwap, trades, final, revision } = bar;
  const time = new Date(bar.start / 1_000).toISOString();
  return `${time},${open},${high},${low},${close},${volume},${vwap ?? ""},${trades ?? ""},${final},${revision}\n`;
}
