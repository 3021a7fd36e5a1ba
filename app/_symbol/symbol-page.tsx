"use client";
import Link from "next/link";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Measure } from "#lib/contracts/distribution-views.ts";
import type { InstrumentView, LiveTopics } from "#lib/contracts/views.ts";
import { sessionDay } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { exportedView } from "../_export/exported.ts";
import { keepQuery } from "../_lib/address.ts";
import { lookKey, type ChartLook } from "../_lib/chart-keys.ts";
import { formatChartLink, intervalOfKey, newSeed, type ChartLink } from "../_lib/chart-link.ts";
import { describeError } from "../_lib/errors.ts";
import { isTyping } from "../_lib/keys.ts";
import { useJudged } from "../_live/hooks.ts";
import { usePageTopics } from "../_live/live.tsx";
import { useBarZone, usePageZone, useZoneState } from "../_live/zone.ts";
import { rememberSymbol } from "../_shell/last-symbol.ts";
import { Failure } from "../_ui/failure.tsx";
import type { ChartHandle } from "../_chart/use-chart-keys.ts";
import type { ReportedView, SavedView } from "../_chart/use-view-report.ts";
import { useChartData } from "../_chart/use-chart-data.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { QuotePanel } from "./quote-panel.tsx";
import { DistributionPanel } from "./distribution-panel.tsx";
import { SampleDialog } from "./sample-dialog.tsx";
import { StatusLine } from "./status-line.tsx";
import { Stats, SymbolHead } from "./symbol-head.tsx";
import { Tape } from "./tape.tsx";
import { Toolbar } from "./toolbar.tsx";
import { type TimeRange, useDistribution } from "./use-distribution.ts";
import { useChartView } from "./use-chart-view.ts";
import { StudyDialogs, useStudies } from "./use-studies.tsx";
import { useSymbol } from "./use-symbol.ts";

/** The address follows the view this long after it came to rest, milliseconds. */
const SETTLED = 300;

interface SymbolPageProps {
  symbol: string;
  link: ChartLink;
}

export function SymbolPage({ symbol, link }: SymbolPageProps) {
  const { data, error, refetch } = useSymbol(symbol);
  const code = error && !data ? describeError(error).code : null;
  useEffect(() => {
    if (data) rememberSymbol(symbol);
  }, [data, symbol]);
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
  return <Loaded key={symbol} instrument={data?.instrument ?? placeholder(symbol)} link={link} />;
}

/** What is known before anything is read: the page has its final geometry from the first paint. */
function placeholder(symbol: string): InstrumentView {
  const [exchange = "", ticker = ""] = symbol.split(":");
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
    simulated: exchange === "SIM",
    recorded: false,
    enabled: true,
    silence: Number.MAX_SAFE_INTEGER,
    delay: 0,
  };
}

/** The address says what is on the screen, so that a reload and a link bring it back. */
function useAddress(symbol: string, chosen: Omit<ChartLink, keyof SavedView>, view: ReportedView): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      keepQuery(`/symbols/${symbol}`, formatChartLink({ ...view, ...chosen }));
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [symbol, chosen, view]);
}

interface PageKeys {
  handle: React.RefObject<ChartHandle | null>;
  look: ChartLook;
  onLook: (look: ChartLook) => void;
  onInterval: (interval: Interval) => void;
}

function usePageKeys({ handle, look, onLook, onInterval }: PageKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.defaultPrevented || isTyping(event.target)) return;
      const target = event.target instanceof Element ? event.target : null;
      const onPage = target === document.body || target?.closest(".plot") !== null;
      const interval = event.altKey ? null : intervalOfKey(event.key);
      const changed = lookKey(event, look);
      if (interval) onInterval(interval);
      else if (changed) onLook(changed);
      else if (!onPage || handle.current?.key(event) !== true) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [handle, look, onLook, onInterval]);
}

/** The session whose trades count as today's: the clock's, of a recording the one it last played. Changes once a day. */
function useToday({ symbol, recorded, calendar }: InstrumentView): TimeRange | null {
  const start = useJudged((now, { quotes }) => {
    const time = recorded ? (quotes.quote(symbol)?.time ?? null) : now;
    return time === null ? null : sessionDay(calendarOf(calendar), time).start;
  });
  return useMemo(
    () => (start === null ? null : { from: start, to: calendarOf(calendar).segmentOf(start).end }),
    [start, calendar],
  );
}

/** Whether a link's time has been reached: older pages are read until it is. */
function useCovered({ wanted, state }: ReturnType<typeof useChartData>, time: number | null): boolean {
  const { loader, series } = wanted;
  const { older } = state;
  const oldest = series.at(series.first)?.start ?? null;
  useEffect(() => {
    if (time !== null && oldest !== null && oldest > time && older.state === "idle") loader.loadOlder();
  }, [time, oldest, older, loader]);
  return time === null || oldest === null || oldest <= time || isOver(older.state);
}

function Loaded({ instrument, link }: { instrument: InstrumentView; link: ChartLink }) {
  const { symbol, calendar } = instrument;
  const { interval, setInterval, look, setLook, time, setTime, view, setView, saved } = useChartView(link);
  usePageZone(instrument.calendar, link.zone);
  const { linked } = useZoneState();
  const clock = useBarZone(interval);
  const handle = useRef<ChartHandle>(null);
  const studies = useStudies(symbol, link);
  const { choosing, comparing, setDialog } = studies;
  const topics = useMemo((): LiveTopics => {
    const bars = [symbol, ...comparing.symbols].map((one) => ({ symbol: one, interval }));
    return { quotes: [symbol], bars, prints: [symbol] };
  }, [symbol, comparing.symbols, interval]);
  usePageTopics(topics);
  const chart = useChartData(symbol, interval, time.extended ? null : calendar);
  const [range, setRange] = useState<TimeRange | null>(null);
  const [measure, setMeasure] = useState<Measure>("size");
  const [sample, setSample] = useState(link.sample);
  const today = useToday(instrument);
  const sizes = useDistribution(symbol, "size", today);
  const { chosen: indicators } = choosing;
  const { symbols: compared } = comparing;
  const chosen = useMemo(
    () => ({ interval, ...look, indicators, compared, sample, time, zone: linked }),
    [interval, look, indicators, compared, sample, time, linked],
  );
  useAddress(symbol, chosen, view);

  usePageKeys({ handle, look, onLook: setLook, onInterval: setInterval });
  const covered = useCovered(chart, saved.to);

  return (
    <>
      <main className="page symbol">
        <SymbolHead instrument={instrument} />
        <Toolbar
          interval={interval}
          look={look}
          exported={exportedView({
            instrument,
            interval,
            from: view.from,
            to: view.to ?? chart.wanted.series.forming()?.start ?? null,
            extended: time.extended,
            clock,
          })}
          following={view.to === null}
          calendar={calendar}
          time={time}
          onTime={setTime}
          onInterval={setInterval}
          onLook={setLook}
          onStudy={setDialog}
          onNewest={() => handle.current?.key({ key: "End", shiftKey: false })}
        />
        <ChartPanel
          instrument={instrument}
          shown={covered ? chart.shown : null}
          linear={time.linear}
          wanted={chart.wanted}
          state={chart.state}
          type={look.type}
          scale={look.scale}
          studies={studies}
          saved={saved}
          onView={setView}
          handle={handle}
          range={range}
          onRange={setRange}
        />
        <Stats instrument={instrument} className="stats phone" />
        <aside>
          <QuotePanel instrument={instrument} />
          <DistributionPanel
            instrument={instrument}
            measure={measure}
            onMeasure={setMeasure}
            today={today}
            range={range}
            onClear={() => setRange(null)}
            onVisible={() => handle.current?.key({ key: "0", shiftKey: false })}
            onSample={({ from, to }) => setSample({ from, to, seed: newSeed() })}
          />
          <Tape instrument={instrument} distribution={sizes.data} />
        </aside>
        <StatusLine instrument={instrument} data={chart.shown ?? chart.wanted} />
      </main>
      <StudyDialogs symbol={symbol} studies={studies} />
      {sample && <SampleDialog instrument={instrument} link={sample} onLink={setSample} />}
    </>
  );
}

const isOver = (state: string): boolean => state === "none" || state === "full" || state === "failed";

function Unknown({ symbol }: { symbol: string }) {
  return (
    <main className="page">
      <section className="panel">
        <div className="calm">
          <h3>There is no ticker {symbol}</h3>
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
