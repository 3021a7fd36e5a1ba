"use client";
import Link from "next/link";
import { useEffect, useMemo, useState } from "react";
import type { Measure } from "#lib/contracts/distribution-views.ts";
import type { InstrumentView, SymbolSnapshot } from "#lib/contracts/views.ts";
import { parseComposite, shortName } from "#lib/domain/composite/name.ts";
import { keepQuery } from "../_lib/address.ts";
import { type ChartLink, type ChartState, formatChartLink, newSeed } from "../_lib/chart-link.ts";
import { describeError } from "../_lib/errors.ts";
import { useTopics } from "../_live/live.tsx";
import { usePageZone, useZoneState } from "../_live/zone.ts";
import { CompositeAside } from "../_composite/composite-aside.tsx";
import { lastSymbol } from "../_shell/last-seen.ts";
import { Failure } from "../_ui/failure.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { QuotePanel } from "./quote-panel.tsx";
import { DistributionPanel } from "./distribution-panel.tsx";
import { SampleDialog } from "./sample-dialog.tsx";
import { Renamed } from "./standing.tsx";
import { StatusLine } from "./status-line.tsx";
import { Stats, SymbolHead } from "./symbol-head.tsx";
import { Tape } from "./tape.tsx";
import { Toolbar } from "./toolbar.tsx";
import { type TimeRange, useDistribution } from "./use-distribution.ts";
import { StudyDialogs } from "./use-studies.tsx";
import { useSymbol } from "./use-symbol.ts";
import { useSymbolChart } from "./use-symbol-chart.ts";
import { useToday } from "./use-today.ts";

/** The address follows the view this long after it came to rest, milliseconds. */
const SETTLED = 300;

interface SymbolPageProps {
  symbol: string;
  link: ChartLink;
}

export function SymbolPage({ symbol, link }: SymbolPageProps) {
  const { data, error, refetch } = useSymbol(symbol);
  const { code, details } = error && !data ? describeError(error) : { code: null, details: null };
  useEffect(() => {
    if (data) lastSymbol.set(symbol);
  }, [data, symbol]);
  if (details?.renamedTo) return <Renamed from={symbol} to={details.renamedTo} />;
  if (code === "NOT_FOUND") return <Unknown symbol={symbol} />;
  if (error && !data) {
    return (
      <main className="page">
        <section className="panel">
          <Failure title={`${symbol} could not be read`} error={error} onRetry={() => void refetch()} />
        </section>
      </main>
    );
  }
  const instrument = data?.instrument ?? placeholder(symbol);
  return <Loaded key={symbol} instrument={instrument} standing={data?.standing ?? null} link={link} />;
}

/** What is known before anything is read: the page has its final geometry from the first paint. */
function placeholder(symbol: string): InstrumentView {
  const { exchange, ticker } = shortName(symbol);
  const composite = parseComposite(symbol);
  return {
    symbol,
    exchange,
    ticker,
    name: ticker,
    sector: null,
    source: "recording",
    calendar: "utc",
    currency: "",
    tickSize: 0.01,
    marketValue: null,
    simulated: /(^|[/-])SIM:/.test(symbol),
    recorded: false,
    enabled: true,
    silence: Number.MAX_SAFE_INTEGER,
    delay: 0,
    ...(composite && { legs: [placeholder(composite.left), placeholder(composite.right)] }),
  };
}

/** The address says what is on the screen, so that a reload and a link bring it back. */
function useAddress(symbol: string, link: ChartLink): void {
  useEffect(() => {
    const timer = setTimeout(() => keepQuery(`/symbols/${symbol}`, formatChartLink(link)), SETTLED);
    return () => clearTimeout(timer);
  }, [symbol, link]);
}

interface LoadedProps {
  instrument: InstrumentView;
  standing: SymbolSnapshot["standing"];
  link: ChartLink;
}

function Loaded({ instrument, standing, link }: LoadedProps) {
  const { symbol, legs } = instrument;
  usePageZone(instrument.calendar, link.zone);
  const { linked } = useZoneState();
  const [state, setState] = useState<ChartState>(link);
  const [range, setRange] = useState<TimeRange | null>(null);
  const { toolbar, panel, data, studies, chooseVisible } = useSymbolChart(instrument, {
    link,
    isActive: true,
    opened: link.bar,
    onState: setState,
    range,
    onRange: setRange,
  });
  useTopics({
    quotes: [symbol],
    bars: [],
    prints: legs ? [] : [symbol],
  });
  const [measure, setMeasure] = useState<Measure>("size");
  const [sample, setSample] = useState(link.sample);
  const today = useToday(instrument);
  const sizes = useDistribution(symbol, "size", legs ? null : today);
  useAddress(
    symbol,
    useMemo(() => ({ ...state, sample, bar: null, zone: linked }), [state, sample, linked]),
  );

  return (
    <>
      <main className="page symbol">
        <SymbolHead instrument={instrument} standing={standing} />
        <Toolbar {...toolbar} />
        <ChartPanel {...panel} />
        <Stats instrument={instrument} className="stats phone" />
        {legs ? (
          <CompositeAside instrument={instrument} />
        ) : (
          <aside>
            <QuotePanel instrument={instrument} />
            <DistributionPanel
              instrument={instrument}
              measure={measure}
              onMeasure={setMeasure}
              today={today}
              range={range}
              onClear={() => setRange(null)}
              onVisible={chooseVisible}
              onSample={({ from, to }) => setSample({ from, to, seed: newSeed() })}
            />
            <Tape instrument={instrument} distribution={sizes.data} />
          </aside>
        )}
        <StatusLine instrument={instrument} data={data.shown ?? data.wanted} />
      </main>
      <StudyDialogs symbol={symbol} tickSize={instrument.tickSize} studies={studies} />
      {sample && <SampleDialog instrument={instrument} link={sample} onLink={setSample} />}
    </>
  );
}

function Unknown({ symbol }: { symbol: string }) {
  return (
    <main className="page">
      <section className="panel">
        <div className="calm">
          <h3>
            {parseComposite(symbol)
              ? `${symbol} is made of a ticker that there is not`
              : `There is no ticker ${symbol}`}
          </h3>
          <p>Search for it by name, or have it collected.</p>
          <div className="row">
            <Link className="btn primary" href={`/search?q=${encodeURIComponent(symbol.split(":").at(-1) ?? "")}`}>
              Search
            </Link>
            <Link className="btn edge" href="/admin/tickers">
              Add a ticker
            </Link>
          </div>
        </div>
      </section>
    </main>
  );
}
