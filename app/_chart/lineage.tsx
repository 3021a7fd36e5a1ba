"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import type { BarLineageView, BarView, CompositeLineageView } from "#lib/contracts/views.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { shortName } from "#lib/domain/composite/name.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { ADJUSTMENT_WORDS } from "../_lib/adjustments.ts";
import { barEnd } from "../_lib/bars.ts";
import { isoSecond } from "../_lib/clock.ts";
import { describeError } from "../_lib/errors.ts";
import { DASH, price, quantity } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { SOURCE_NAMES } from "../_lib/sources.ts";
import { useLive } from "../_live/live.tsx";
import { useBarZone, useZone } from "../_live/zone.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Icon } from "../_ui/icon.tsx";
import { toast } from "../_ui/toasts.tsx";
import { factorWords } from "./_prepare/action-words.ts";
import type { BarSeries } from "./bar-series.ts";
import { BarTrades } from "./bar-trades.tsx";

interface LineageProps {
  symbol: string;
  interval: Interval;
  calendar: CalendarName;
  bar: BarView;
  /** Says by what the bar was adjusted. */
  series: Pick<BarSeries, "adjustment" | "factorsAt">;
  decimals: number;
  /** Left edge and top within the chart, and where the nub points; absent on the phone, where it is a sheet. */
  place: { left: number; top: number; nub: number; side: "left" | "right" } | null;
  onClose: () => void;
}

interface Step {
  title: string;
  text: string;
  more: string;
}

/** Of each leg of a composite its source and its place in the log; its own page tells the rest. */
const LEG_STEPS = 2;

const count = (value: number | null): string => (value === null ? DASH : quantity(value));

function steps(zone: ZoneClock, view: BarLineageView): Step[] {
  const { lineage } = view;
  const built = "firstOffset" in lineage;
  return [
    {
      title: "Source",
      text: `${SOURCE_NAMES[view.source]}, channel ${lineage.channel}`,
      more: built
        ? `${count(view.trades)} trades, ${zone.milliTime(lineage.firstTime)} to ${zone.milliTime(lineage.lastTime)} ${zone.name(lineage.lastTime)}`
        : `given as a bar${view.trades === null ? "" : ` of ${count(view.trades)} trades`}`,
    },
    {
      title: "Log",
      text: built
        ? `${view.topic}, partition ${lineage.partition}, offsets ${count(lineage.firstOffset)} to ${count(lineage.lastOffset)}`
        : `${view.topic}, partition ${lineage.partition}, offset ${count(lineage.offset)}`,
      more: built
        ? `lines ${lineage.firstLine} to ${lineage.lastLine} of those frames`
        : `line ${lineage.line} of that frame`,
    },
    {
      title: "Engine",
      text: `code ${view.codeVersion}, epoch ${view.epoch}, revision ${view.revision}`,
      more: view.complete ? "every trade of the window is in it" : "not complete: it began before its symbol was",
    },
    { title: "Store", text: view.index, more: `version ${count(view.version)}` },
  ];
}

/** What was done to what is stored before it was drawn; none where nothing was. */
function adjustedStep(
  series: Pick<BarSeries, "adjustment" | "factorsAt">,
  { start, raw }: BarLineageView,
  decimals: number,
): Step[] {
  const done = factorWords(series.factorsAt(start));
  const prices = [raw.open, raw.high, raw.low, raw.close].map((value) => price(value, decimals)).join(", ");
  const more = `as traded and stored: ${prices}, volume ${quantity(raw.volume)}`;
  const { mode } = series.adjustment ?? { mode: "raw" };
  return done === "" ? [] : [{ title: ADJUSTMENT_WORDS[mode], text: done, more }];
}

/** Where a bar's numbers come from: source, log, engine, store. */
export function Lineage({ symbol, interval, calendar, bar, series, decimals, place, onClose }: LineageProps) {
  const trpc = useTRPC();
  const { clock } = useLive();
  const zone = useZone();
  const dates = useBarZone(interval);
  const dialog = useRef<HTMLDivElement>(null);
  const { data, error, refetch } = useQuery(
    trpc.bars.lineage.queryOptions({ symbol, interval, start: bar.start }, { staleTime: 2_000, retry: 1 }),
  );
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const end = barEnd(calendar, interval, bar.start);
  const title =
    interval === "1s"
      ? `${zone.secondTime(bar.start)} – ${zone.secondTime(end)}`
      : dates.barTime(bar.start, interval, end, clock.now());
  return (
    // Esc closes it wherever in it the focus is.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={dialog}
      className={place ? "pop" : "pop sheet"}
      role="dialog"
      aria-label="Lineage"
      data-floating
      tabIndex={-1}
      style={place ? { left: place.left, top: place.top } : undefined}
      onKeyDown={(event) => {
        // The list over it closes first.
        if (event.key !== "Escape" || !event.currentTarget.contains(event.target as Node)) return;
        event.stopPropagation();
        onClose();
      }}
    >
      {place && <i className={`nub ${place.side}`} style={{ top: place.nub }} />}
      <header>
        <h2>{title}</h2>
        <span className="sub">
          {bar.final ? `final${bar.revision > 0 ? `, revision ${bar.revision}` : ""}` : "forming"}
        </span>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {error && !data && (
        <div className="calm" role="alert">
          <p>{describeError(error).message}</p>
          <button type="button" className="btn edge" onClick={() => void refetch()}>
            Try again
          </button>
        </div>
      )}
      {data && "legs" in data ? (
        data.legs.map((leg) => (
          <section key={leg.symbol} className="leg" aria-label={leg.symbol}>
            <h3>
              <Link href={`${symbolHref(leg.symbol)}?interval=${interval}&to=${isoSecond(leg.start)}`}>
                {leg.symbol}
              </Link>
            </h3>
            <Trail steps={steps(zone, leg).slice(0, LEG_STEPS)} />
          </section>
        ))
      ) : (
        <Trail steps={data ? [...steps(zone, data), ...adjustedStep(series, data, decimals)] : error ? [] : null} />
      )}
      <Foot {...{ interval, decimals, title, data }} start={bar.start} />
    </div>
  );
}

/** Where the numbers come from; null while that is being read. */
function Trail({ steps: shown }: { steps: readonly Step[] | null }) {
  return (
    <ol className="trail">
      {shown === null ? (
        <Waiting />
      ) : (
        shown.map((step) => (
          <li key={step.title}>
            <h3>{step.title}</h3>
            <p>{step.text}</p>
            <p className="sub">{step.more}</p>
          </li>
        ))
      )}
    </ol>
  );
}

interface FootProps extends Pick<LineageProps, "interval" | "decimals"> {
  start: number;
  title: string;
  data: BarLineageView | CompositeLineageView | undefined;
}

function Foot({ interval, decimals, start, title, data }: FootProps) {
  const [listed, setListed] = useState<string | null>(null);
  const views = data === undefined ? [null] : "legs" in data ? data.legs : [data];
  return (
    <footer>
      {views.map((view, place) => (
        <button
          key={view?.symbol ?? ""}
          type="button"
          className={place === 0 ? "btn primary" : "btn edge"}
          disabled={view?.origin !== "built"}
          title={view?.origin === "given" ? "Its source gave it as a bar: its trades are not in the log" : undefined}
          onClick={() => setListed(view?.symbol ?? null)}
        >
          {views.length === 1 || !view ? "Trades" : `Trades of ${shortName(view.symbol).ticker}`}
        </button>
      ))}
      <button
        type="button"
        className="btn edge"
        disabled={!data}
        onClick={() => {
          void navigator.clipboard.writeText(JSON.stringify(data, null, 2)).then(() => toast("Lineage copied"));
        }}
      >
        Copy as JSON
      </button>
      {listed !== null && (
        <BarTrades {...{ interval, start, title, decimals }} symbol={listed} onClose={() => setListed(null)} />
      )}
    </footer>
  );
}

function Waiting() {
  return ["Source", "Log", "Engine", "Store"].map((title) => (
    <li key={title} aria-busy="true">
      <h3>{title}</h3>
      <p>
        <i className="bone" style={{ width: 180 }} />
      </p>
      <p>
        <i className="bone" style={{ width: 120 }} />
      </p>
    </li>
  ));
}
