import { SECOND, type Micros } from "../../domain/interval.ts";
import type { Survey } from "./survey.ts";

export interface Played {
  published: number;
  duplicates: number;
  elapsed: Micros;
}

/** `42.0 %, 12,345 of 29,400 ticks, 61,000 a second, 1:23 left` */
export function progressText({ published, duplicates, elapsed }: Played, total: number): string {
  const done = published + duplicates;
  const rate = elapsed > 0 ? done / (elapsed / SECOND) : 0;
  const left = rate > 0 ? duration((total - done) / rate) : "?";
  const share = total === 0 ? 100 : (100 * done) / total;
  return `${share.toFixed(1)} %, ${count(done)} of ${count(total)} ticks, ${count(Math.round(rate))} a second, ${left} left`;
}

/** What was done, with the first lines of each reason for which lines were rejected. */
export function summaryText(survey: Survey, { published, duplicates, elapsed }: Played): string {
  const symbols = survey.symbols.map(({ symbol }) => symbol);
  const named =
    symbols.length > 8 ? `${symbols.slice(0, 8).join(", ")} and ${symbols.length - 8} more` : symbols.join(", ");
  return [
    `read ${count(survey.ticks)} ticks of ${named}`,
    `published ${count(published)} in ${duration(elapsed / SECOND)}`,
    `duplicate ${count(duplicates)}`,
    `rejected ${count(survey.rejected)}`,
    ...[...survey.reasons].map(([reason, { count: times, lines }]) => {
      const more = times > lines.length ? " …" : "";
      return `  ${count(times)} × ${reason}: ${lines.join(", ")}${more}`;
    }),
  ].join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** Minutes and seconds, with hours where there are any. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(whole / 3_600);
  return hours > 0 ? `${hours}:${parts.join(":")}` : `${Number(parts[0])}:${parts[1]}`;
}
