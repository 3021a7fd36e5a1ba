"use client";
import Link from "next/link";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { moversOf, type Mover } from "../_lib/breadth.ts";
import { decimalsOf, percent, price, side } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { useQuotesVersion, useStale } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";

const EVERY = 1_000;
const COUNT = 7;

/** Who gained and lost most. */
export function Movers({ instruments }: { instruments: readonly InstrumentView[] }) {
  const { quotes } = useLive();
  useQuotesVersion(EVERY);
  const { gaining, losing } = moversOf(instruments, (symbol) => quotes.quote(symbol), COUNT);
  const most = Math.max(0, gaining[0]?.percent ?? 0, -(losing[0]?.percent ?? 0));
  return (
    <div className="movers">
      <MoverList title="Gaining against the previous close" movers={gaining} most={most} />
      <MoverList title="Losing" movers={losing} most={most} />
    </div>
  );
}

function MoverList({ title, movers, most }: { title: string; movers: readonly Mover[]; most: number }) {
  return (
    <div>
      <h3>{title}</h3>
      {movers.length === 0 && <div className="mover dim">—</div>}
      {movers.map((mover) => (
        <MoverRow key={mover.instrument.symbol} mover={mover} most={most} />
      ))}
    </div>
  );
}

function MoverRow({ mover: { instrument, last, percent: change }, most }: { mover: Mover; most: number }) {
  const stale = useStale(instrument);
  return (
    <Link
      className={stale ? "mover old" : "mover"}
      href={symbolHref(instrument.symbol)}
      prefetch={false}
      title={`${instrument.name}, ${instrument.symbol}${stale ? ", stale" : ""}`}
    >
      <span className="strong sym clip">{instrument.ticker}</span>
      <span
        className={`bar bg-${side(change)}`}
        style={{ width: `${most > 0 ? (Math.abs(change) / most) * 100 : 0}%` }}
      />
      <span className="num sub phone">{price(last, decimalsOf(instrument.tickSize))}</span>
      <span className={`num ${side(change)}`}>{percent(change)}</span>
    </Link>
  );
}
