"use client";
import { useMemo } from "react";
import type { Distribution, Estimate, InstrumentView } from "#lib/contracts/views.ts";
import { dateMark, minuteTime } from "../_lib/clock.ts";
import { DASH, decimalsOf, estimated, price, quantity, short } from "../_lib/format.ts";
import { sizeChart } from "../_lib/sizes.ts";
import { Badge } from "../_ui/badge.tsx";
import { Failure } from "../_ui/failure.tsx";
import { useSize } from "../_ui/use-size.ts";
import { ProfileDrawing } from "./profile-drawing.tsx";
import { type TimeRange, useDistribution } from "./use-distribution.ts";
import type { Verifiable } from "./use-verification.ts";
import { VerificationLine } from "./verification-line.tsx";

const HEIGHT = 112;
const SIDE = 16;
const TOP = 20;
const FOOT = 20;
const SHOWN: readonly number[] = [25, 50, 90, 99, 99.9];
const KINDS: readonly { measure: Verifiable; words: string; title: string }[] = [
  { measure: "size", words: "Sizes", title: "Trade sizes" },
  { measure: "notional", words: "Amounts", title: "Amounts of money" },
  { measure: "price", words: "Prices", title: "Volume by price" },
];

interface DistributionPanelProps {
  instrument: InstrumentView;
  measure: Verifiable;
  onMeasure: (measure: Verifiable) => void;
  /** The session of today, and the range that was chosen instead. */
  today: TimeRange | null;
  range: TimeRange | null;
  onClear: () => void;
  /** Chooses what the chart shows. */
  onVisible: () => void;
}

/** How the trades of today or of a chosen range are distributed: what of it is estimated shows its bound. */
export function DistributionPanel(props: DistributionPanelProps) {
  const { instrument, measure, onMeasure, today, range, onClear, onVisible } = props;
  const asked = range ?? today;
  const { data, error, refetch, isPlaceholderData } = useDistribution(instrument.symbol, measure, asked);
  const kind = KINDS.find((one) => one.measure === measure);
  const shown = data?.measure === measure ? data : null;
  return (
    <section className="panel sizes" aria-label={kind?.title} aria-busy={isPlaceholderData}>
      <header>
        <h2>{kind?.title}</h2>
        <span className="dim">{shown ? `${quantity(shown.count)} ${range ? "in range" : "today"}` : ""}</span>
        <span className="grow" />
        {error && data && <Badge kind="error" words="Not up to date" />}
        {shown && (
          <span className="dim" title={`${shown.percentiles[0]?.estimate.method ?? "sketches"}, merged exactly`}>
            from {quantity(shown.documents)} {shown.documents === 1 ? "sketch" : "sketches"}
          </span>
        )}
      </header>
      <div className="ranging">
        <div className="segment" role="group" aria-label="Measure">
          {KINDS.map((one) => (
            <button
              key={one.measure}
              type="button"
              className="btn"
              aria-pressed={one.measure === measure}
              onClick={() => onMeasure(one.measure)}
            >
              {one.words}
            </button>
          ))}
        </div>
        <span className="grow" />
        {range ? (
          <button type="button" className="btn edge" onClick={onClear} title="Back to today">
            {rangeWords(range)} ✕
          </button>
        ) : (
          <button
            type="button"
            className="btn edge"
            onClick={onVisible}
            title="What is in sight on the chart (0); drag there with Shift for another range"
          >
            Range in sight
          </button>
        )}
      </div>
      {error && !data ? (
        <Failure
          title="The distribution could not be read"
          error={error}
          still="Prices and the candles are not affected. It is rebuilt from the log."
          onRetry={() => void refetch()}
        />
      ) : shown && shown.count === 0 ? (
        <div className="calm">
          <p>
            {range
              ? "No trade of this range has a sketch."
              : "No trade of this day has a sketch yet: the first minute brings one."}
          </p>
        </div>
      ) : (
        <Shape distribution={shown} decimals={decimalsOf(instrument.tickSize)} />
      )}
      {asked && (
        <VerificationLine
          key={`${measure}|${asked.from}|${asked.to}`}
          symbol={instrument.symbol}
          measure={measure}
          range={asked}
        />
      )}
    </section>
  );
}

function rangeWords({ from, to }: TimeRange): string {
  const end = dateMark(from) === dateMark(to) ? minuteTime(to) : `${dateMark(to)} ${minuteTime(to)}`;
  return `${dateMark(from)} ${minuteTime(from)} – ${end}`;
}

function Shape({ distribution, decimals }: { distribution: Distribution | null; decimals: number }) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const profile = distribution?.profile ?? null;
  return (
    <>
      <div className="fill sizes-fill" ref={box} style={{ height: HEIGHT }}>
        {profile && width > 0 ? (
          <ProfileDrawing profile={profile} width={width} height={HEIGHT} decimals={decimals} />
        ) : (
          distribution && width > 0 && <Drawing distribution={distribution} width={width} />
        )}
      </div>
      {profile && (
        <p className="profile-facts">
          Point of control <b>{price(profile.pointOfControl.value, decimals)}</b> <Bound of={profile.pointOfControl} />,
          value area {price(profile.valueLow.lower, decimals)} to {price(profile.valueHigh.upper, decimals)}
        </p>
      )}
      <dl className="percentiles">
        {SHOWN.map((percentile) => {
          const found = distribution?.percentiles.find((one) => one.percentile === percentile)?.estimate;
          const text = found && estimated(found);
          return (
            <div key={percentile}>
              <dt>p{percentile}</dt>
              <dd>{profile ? price(found?.value, decimals) : (text?.value ?? DASH)}</dd>
              <dd title={found ? `${found.lower} to ${found.upper}, ${found.method}` : undefined}>
                {text?.bound ?? ""}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

function Bound({ of }: { of: Estimate }) {
  return (
    <span className="dim" title={`${of.lower} to ${of.upper}, ${of.method}`}>
      {estimated(of).bound}
    </span>
  );
}

function Drawing({ distribution, width }: { distribution: Distribution; width: number }) {
  const view = useMemo(() => sizeChart(distribution, width - 2 * SIDE), [distribution, width]);
  if (!view) return null;
  const floor = HEIGHT - FOOT;
  const room = floor - TOP;
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label="Trades by size, logarithmic; percentiles follow">
      <g transform={`translate(${SIDE} 0)`}>
        {view.boxes.map((bin) => (
          <rect
            key={bin.x}
            className="size-bin crisp"
            x={bin.x}
            y={floor - bin.share * room}
            width={bin.width}
            height={bin.share * room}
          />
        ))}
        {view.marks.map((mark) => (
          <g key={mark.percentile}>
            <rect className="size-band" x={mark.band.x} y={TOP - 4} width={mark.band.width} height={room + 4} />
            <line className="size-mark crisp" x1={mark.x} x2={mark.x} y1={TOP - 4} y2={floor} />
            {mark.label && (
              <text className="size-label" x={mark.x} y={TOP - 8} textAnchor="middle">
                p{mark.percentile}
              </text>
            )}
          </g>
        ))}
        <line className="seam" x1={0} x2={width - 2 * SIDE} y1={floor + 0.5} y2={floor + 0.5} />
        {view.ticks.map((tick) => (
          <text key={tick.value} x={tick.x} y={HEIGHT - 5} textAnchor={anchor(tick.x, width - 2 * SIDE)}>
            {short(tick.value)}
          </text>
        ))}
      </g>
    </svg>
  );
}

function anchor(x: number, width: number): "start" | "middle" | "end" {
  if (x < 12) return "start";
  return x > width - 12 ? "end" : "middle";
}
