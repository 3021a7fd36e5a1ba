"use client";
import { memo, useMemo } from "react";
import type { Micros } from "#lib/domain/interval.ts";
import { price, quantity } from "../_lib/format.ts";
import type { TapeRow, TapeTrade } from "../_lib/tape.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";
import { useZone } from "../_live/zone.ts";

/** Width of a digit, pixels. */
const CHARACTER = 7.6;
/** Height of a row, pixels. */
export const TAPE_ROW = 20;

interface TapeTableProps {
  rows: readonly TapeRow[];
  /** Rows to draw: from the first to before `end`. */
  first: number;
  end: number;
  /** The newest trade, listed or not. */
  newest: { time: Micros; price: number } | null;
  decimals: number;
  isGathered: boolean;
}

/** The rows of time and sales that are in sight, in the room of all of them. */
export function TapeTable({ rows, first, end, newest, decimals, isGathered }: TapeTableProps) {
  const longest = useMemo(
    () => rows.reduce((most, row) => Math.max(most, row.kind === "gap" ? 0 : quantity(row.size).length), 0),
    [rows],
  );
  const zone = useZone();
  // Room for the numbers as they are now: a price of five digits needs more than one of three.
  const priceWidth = Math.max(60, price(newest?.price, decimals).length * CHARACTER + 16);
  const sizeWidth = Math.max(56, longest * CHARACTER + 16);
  const shown = rows.slice(first, end);
  return (
    <table className="tape" aria-rowcount={rows.length + 1}>
      <colgroup>
        <col style={{ width: 106 }} />
        <col style={{ width: priceWidth }} />
        <col style={{ width: sizeWidth }} />
        <col style={{ width: 42 }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Time {newest ? zone.name(newest.time) : ""}</th>
          <th scope="col" className="num">
            Price
          </th>
          <th scope="col" className="num">
            Size
          </th>
          <th scope="col">Side</th>
          <th scope="col" className="num">
            {isGathered ? "Trades" : <span className="sr">Condition</span>}
          </th>
        </tr>
      </thead>
      <tbody>
        <Room rows={first} />
        {shown.map((row) =>
          row.kind === "gap" ? (
            <GapRow key={row.key} trades={row.trades} />
          ) : (
            <TradeRow key={row.key} row={row} zone={zone} decimals={decimals} />
          ),
        )}
        <Room rows={rows.length - first - shown.length} />
      </tbody>
    </table>
  );
}

/** The place of rows that are not drawn. */
function Room({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={5} style={{ height: rows * TAPE_ROW, padding: 0 }} />
    </tr>
  );
}

function GapRow({ trades }: { trades: number }) {
  return (
    <tr>
      <td colSpan={5} className="dim">
        {quantity(trades)} more, in the bars
      </td>
    </tr>
  );
}

const WAY = { buy: "up", sell: "down" } as const;
const WORD = { buy: "Buy", sell: "Sell" } as const;

interface TradeRowProps {
  row: TapeTrade;
  zone: ZoneClock;
  decimals: number;
}

const TradeRow = memo(function TradeRow({ row, zone, decimals }: TradeRowProps) {
  const { time, side, size, trades, conditions } = row;
  return (
    <tr className={conditions.includes("block") ? "large" : undefined}>
      <td className="dim">{zone.milliTime(time)}</td>
      <td className={`num ${side ? WAY[side] : ""}`}>{price(row.price, decimals)}</td>
      <td className="num">{quantity(size)}</td>
      <td className="sub">{side ? WORD[side] : "—"}</td>
      <td className="num dim">
        {trades > 1 ? `${trades} ×` : ""} {conditions.join(" ")}
      </td>
    </tr>
  );
});
