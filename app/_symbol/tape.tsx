"use client";
import { memo, useMemo, useState } from "react";
import type { Print } from "#lib/contracts/latest.ts";
import type { InstrumentView, Distribution } from "#lib/contracts/views.ts";
import { decimalsOf, price, quantity } from "../_lib/format.ts";
import { useTape } from "../_live/hooks.ts";
import { useZone } from "../_live/zone.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";

/** Width of a digit, pixels. */
const CHARACTER = 7.6;
/** Rows drawn; the store holds more for the filters. */
const ROWS = 120;
const SIDES = [
  { side: null, words: "All sides" },
  { side: "buy", words: "Buys" },
  { side: "sell", words: "Sells" },
] as const;
const LARGE: readonly number[] = [50, 90, 99];

/** A lower bound of sizes by percentile of today's trades; null for all. */
function useThresholds(distribution: Distribution | undefined) {
  return useMemo(() => {
    const found = LARGE.map((percentile) => {
      const size = distribution?.percentiles.find((one) => one.percentile === percentile)?.estimate.value;
      return size === undefined ? null : { words: `≥ p${percentile}, ${quantity(size)}`, least: size };
    });
    return [{ words: "All sizes", least: 0 }, ...found.filter((one) => one !== null)];
  }, [distribution]);
}

interface TapeProps {
  instrument: InstrumentView;
  distribution: Distribution | undefined;
}

/** Trades as they come, the newest on top. */
export function Tape({ instrument, distribution }: TapeProps) {
  const { prints, skipped } = useTape(instrument.symbol);
  const decimals = decimalsOf(instrument.tickSize);
  const thresholds = useThresholds(distribution);
  const [sizeIndex, setSizeIndex] = useState(0);
  const [sideIndex, setSideIndex] = useState(0);
  const size = thresholds[sizeIndex % thresholds.length];
  const { side, words } = SIDES[sideIndex % SIDES.length] ?? SIDES[0];
  const least = size?.least ?? 0;
  const shown = useMemo(
    () => prints.filter((print) => print.size >= least && (side === null || print.side === side)).slice(0, ROWS),
    [prints, least, side],
  );
  const longest = useMemo(() => Math.max(0, ...prints.map((print) => quantity(print.size).length)), [prints]);
  const zone = useZone();
  // Room for the numbers as they are now: a price of five digits needs more than one of three.
  const priceWidth = Math.max(60, price(prints[0]?.price, decimals).length * CHARACTER + 16);
  const sizeWidth = Math.max(56, longest * CHARACTER + 16);
  return (
    <section className="panel tapes" aria-label="Time and sales">
      <header>
        <h2>Time and sales</h2>
        {skipped > 0 && (
          <span className="dim" title="Trades that came faster than they can be sent one by one; they are in the bars">
            {quantity(skipped)} not listed
          </span>
        )}
        <span className="grow" />
        <button type="button" className="btn" onClick={() => setSizeIndex((index) => (index + 1) % thresholds.length)}>
          {size?.words}
        </button>
        <button type="button" className="btn" onClick={() => setSideIndex((index) => (index + 1) % SIDES.length)}>
          {words}
        </button>
      </header>
      {/* It scrolls, so the keys must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="fill scroll" tabIndex={0}>
        <table className="tape">
          <colgroup>
            <col style={{ width: 106 }} />
            <col style={{ width: priceWidth }} />
            <col style={{ width: sizeWidth }} />
            <col style={{ width: 42 }} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">Time {prints[0] ? zone.name(prints[0].time) : ""}</th>
              <th scope="col" className="num">
                Price
              </th>
              <th scope="col" className="num">
                Size
              </th>
              <th scope="col">Side</th>
              <th scope="col">
                <span className="sr">Condition</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((print) => (
              <TapeRow key={`${print.id}|${print.time}`} print={print} zone={zone} decimals={decimals} />
            ))}
          </tbody>
        </table>
        {prints.length === 0 && <p className="none">No trade since this page was opened.</p>}
        {prints.length > 0 && shown.length === 0 && <p className="none">None of the last {prints.length} trades.</p>}
      </div>
    </section>
  );
}

const WAY = { buy: "up", sell: "down" } as const;
const WORD = { buy: "Buy", sell: "Sell" } as const;

interface TapeRowProps {
  print: Print;
  zone: ZoneClock;
  decimals: number;
}

const TapeRow = memo(function TapeRow({ print, zone, decimals }: TapeRowProps) {
  const conditions = print.conditions ?? [];
  return (
    <tr className={conditions.includes("block") ? "large" : undefined}>
      <td className="dim">{zone.milliTime(print.time)}</td>
      <td className={`num ${print.side ? WAY[print.side] : ""}`}>{price(print.price, decimals)}</td>
      <td className="num">{quantity(print.size)}</td>
      <td className="sub">{print.side ? WORD[print.side] : "—"}</td>
      <td className="num dim">{conditions.join(" ")}</td>
    </tr>
  );
});
