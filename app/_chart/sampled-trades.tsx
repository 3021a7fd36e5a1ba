"use client";
import type { SampledTrade, Sampling } from "#lib/contracts/distribution-views.ts";
import { DASH, price, quantity } from "../_lib/format.ts";
import { goneWords, readingWords } from "../_lib/range-words.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";
import { useZone } from "../_live/zone.ts";

/** How many trades are listed, of how many. */
export function titleWords(sampling: Sampling | null): string {
  if (sampling?.state !== "done") return "Trades";
  const { of, trades } = sampling;
  if (trades.length === of) return of === 1 ? "The only trade" : `All ${quantity(of)} trades`;
  return `A sample of ${quantity(trades.length)} of ${quantity(of)} trades`;
}

/** Why there are none yet, or none at all. */
export function waitingWords(zone: ZoneClock, sampling: Sampling | null): string {
  if (sampling?.state === "reading") return readingWords(sampling);
  if (sampling?.state === "gone") return goneWords(zone, sampling.since);
  return sampling ? "No trade of it is in the log." : "Asking the log";
}

/** Trades as the log has them, and where. */
export function TradeTable({ trades, decimals }: { trades: readonly SampledTrade[]; decimals: number }) {
  const zone = useZone();
  const hasDays = zone.dateMark(trades[0]?.time ?? 0) !== zone.dateMark(trades.at(-1)?.time ?? 0);
  return (
    // It scrolls, so the keys must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll sample-rows" tabIndex={0} role="region" aria-label="Trades of the sample">
      <table className="tape">
        <colgroup>
          <col style={{ width: hasDays ? 160 : 116 }} />
          <col />
          <col />
          <col style={{ width: 44 }} />
          <col style={{ width: 68 }} />
          <col style={{ width: 116 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Time {zone.name(trades[0]?.time ?? 0)}</th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col">Side</th>
            <th scope="col">Venue</th>
            <th scope="col" className="num">
              Offset, line
            </th>
          </tr>
        </thead>
        <tbody>
          {trades.map((trade) => (
            <tr key={`${trade.offset}.${trade.line}`} title={trade.conditions.join(" ") || undefined}>
              <td className="dim">
                {hasDays && `${zone.dateMark(trade.time)} `}
                {zone.milliTime(trade.time)}
              </td>
              <td className="num">{price(trade.price, decimals)}</td>
              <td className="num">{quantity(trade.size)}</td>
              <td className="sub">{trade.side === null ? DASH : trade.side === "buy" ? "Buy" : "Sell"}</td>
              <td className="sub clip">{trade.venue ?? DASH}</td>
              <td className="num dim">
                {quantity(trade.offset)}, {trade.line}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
