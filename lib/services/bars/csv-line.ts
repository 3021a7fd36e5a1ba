import type { BarView } from "../../contracts/views.ts";
import { isoIn, type Zone } from "../../domain/zone.ts";

export const CSV_HEADER = "time,open,high,low,close,volume,vwap,trades,final,revision\n";

/** One line of the export: the window's start in ISO with its zone's offset; what is not known is empty. */
export function csvLine(bar: BarView, zone: Zone): string {
  const { open, high, low, close, volume, vwap, trades, final, revision } = bar;
  const time = isoIn(zone, bar.start);
  return `${time},${open},${high},${low},${close},${volume ?? ""},${vwap ?? ""},${trades ?? ""},${final},${revision}\n`;
}
