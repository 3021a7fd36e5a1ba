"use client";
import { useMemo } from "react";
import type { Distribution, Estimate, Measure } from "#lib/contracts/distribution-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { DASH, decimalsOf, estimated, price, quantity, short } from "../_lib/format.ts";
import { coverageWords, isVerifiable, MEASURE_KINDS, type MeasureKind, scaled } from "../_lib/measures.ts";
import { rangeWords } from "../_lib/range-words.ts";
import { sizeChart } from "../_lib/sizes.ts";
import { useZone } from "../_live/zone.ts";
import { Badge } from "../_ui/badge.tsx";
import { Failure } from "../_ui/failure.tsx";
import { useSize } from "../_ui/use-size.ts";
import { ProfileDrawing } from "./profile-drawing.tsx";
import { type TimeRange, useDistribution } from "./use-distribution.ts";
import { VerificationLine } from "./verification-line.tsx";

const HEIGHT = 112;
const SIDE = 16;
const TOP = 20;
const FOOT = 20;
const SHOWN: readonly number[] = [25, 50, 90, 99, 99.9];
interface DistributionPanelProps {
  instrument: InstrumentView;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
  /** The session of today, and the range that was chosen instead. */
  today: TimeRange | null;
  range: TimeRange | null;
  onClear: () => void;
  /** Chooses what the chart shows; null: there is none beside it. */
  onVisible: (() => void) | null;
  /** Asks for single trades of a range. */
  onSample: (range: TimeRange) => void;
}

/** How the trades of today or of a chosen range are distributed: what of it is estimated shows its bound. */
export function DistributionPanel(props: DistributionPanelProps) {
  const { instrument, measure, onMeasure, today, range, onClear, onVisible, onSample } = props;
  const zone = useZone();
  const asked = range ?? today;
  const { data, error, refetch, isPlaceholderData } = useDistribution(instrument.symbol, measure, asked);
  const kind = MEASURE_KINDS.find((one) => one.measure === measure) ?? null;
  const found = data?.measure === measure ? data : null;
  const shown = useMemo(() => found && scaled(found, kind?.factor ?? 1), [found, kind]);
  const coverage = shown && coverageWords(shown.coverage);
  return (
    <section className="panel sizes" aria-label={kind?.title} aria-busy={isPlaceholderData}>
      <header>
        <h2 title={kind?.explained}>
          {kind?.title}
          {kind?.unit && `, ${kind.unit}`}
        </h2>
        <span className="dim clip" title={shown?.venues ? venueWords(shown.venues) : undefined}>
          {shown ? countWords(shown, kind, range !== null) : ""}
        </span>
        <span className="grow" />
        {error && data && <Badge kind="error" words="Not up to date" />}
        {shown && measure !== "return" && (
          <span className="dim" title={`Merged exactly: ${shown.percentiles[0]?.estimate.method ?? "sketches"}`}>
            {quantity(shown.documents)} {shown.documents === 1 ? "sketch" : "sketches"}
          </span>
        )}
      </header>
      <Measures chosen={measure} onChoose={onMeasure} />
      {error && !data ? (
        <Failure
          title="The distribution could not be read"
          error={error}
          still="Prices and the candles are not affected. It is rebuilt from the log."
          onRetry={() => void refetch()}
        />
      ) : shown && shown.count === 0 ? (
        <div className="calm">
          <p>{nothingWords(measure, range !== null)}</p>
        </div>
      ) : (
        <Shape distribution={shown} decimals={decimalsOf(instrument.tickSize)} />
      )}
      {coverage && (
        <p className="coverage" role="note">
          {coverage}
        </p>
      )}
      <div className="verify">
        {range ? (
          <button type="button" className="btn edge" onClick={onClear} title="Back to today">
            {rangeWords(zone, range, today?.from)} ✕
          </button>
        ) : (
          onVisible && (
            <button
              type="button"
              className="btn edge"
              onClick={onVisible}
              title="What is in sight on the chart (0); drag there with Shift for another range"
            >
              Range in sight
            </button>
          )
        )}
        {asked && (
          <button
            type="button"
            className="btn edge"
            onClick={() => onSample(asked)}
            title="Some of its trades, drawn at random from the log"
          >
            Sample
          </button>
        )}
        {asked && isVerifiable(measure) && (
          <VerificationLine
            key={`${measure}|${asked.from}|${asked.to}`}
            symbol={instrument.symbol}
            measure={measure}
            range={asked}
          />
        )}
      </div>
    </section>
  );
}

function Measures({ chosen, onChoose }: { chosen: Measure; onChoose: (measure: Measure) => void }) {
  return (
    <div className="ranging">
      <div className="segment" role="group" aria-label="Measure">
        {MEASURE_KINDS.map(({ measure, words }) => (
          <button
            key={measure}
            type="button"
            className="btn"
            aria-pressed={measure === chosen}
            onClick={() => onChoose(measure)}
          >
            {words}
          </button>
        ))}
      </div>
    </div>
  );
}

function countWords({ count, venues }: Distribution, kind: MeasureKind | null, isRange: boolean): string {
  const unit = kind?.counted ? ` ${kind.counted[count === 1 ? 0 : 1]}` : "";
  const traded = venues && `, ${quantity(Math.round(venues.value))} ${venues.value === 1 ? "venue" : "venues"}`;
  return `${quantity(count)}${unit} ${isRange ? "in range" : "today"}${traded ?? ""}`;
}

function venueWords(venues: Estimate): string {
  const bound = venues.lower === venues.upper ? "" : ` ${estimated(venues).bound}`;
  return `Different venues of its whole hours and days${bound}: ${venues.method}`;
}

function nothingWords(measure: Measure, isRange: boolean): string {
  if (measure === "return") return "No two minutes follow each other here.";
  const what = measure === "spread" ? "quote" : "trade";
  return isRange
    ? `No ${what} of this range has a sketch.`
    : `No ${what} of this day has a sketch yet: the first minute brings one.`;
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
    <svg width={width} height={HEIGHT} role="img" aria-label="How often by size, logarithmic; percentiles follow">
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
