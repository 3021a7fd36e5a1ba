"use client";
import { useMemo } from "react";
import type { SizeDistribution } from "#lib/contracts/views.ts";
import { DASH, estimated, quantity, short } from "../_lib/format.ts";
import { sizeChart } from "../_lib/sizes.ts";
import { Badge } from "../_ui/badge.tsx";
import { Failure } from "../_ui/failure.tsx";
import { useSize } from "../_ui/use-size.ts";
import type { useSizes } from "./use-sizes.ts";

const HEIGHT = 112;
const SIDE = 16;
const TOP = 20;
const FOOT = 20;
const SHOWN: readonly number[] = [25, 50, 90, 99, 99.9];

/** How large trades are today: what of it is estimated shows its bound. */
export function SizesPanel({ query }: { query: ReturnType<typeof useSizes> }) {
  const { data, error, refetch } = query;
  return (
    <section className="panel sizes" aria-label="Trade sizes">
      <header>
        <h2>Trade sizes</h2>
        {data && <span className="dim">{quantity(data.trades)} today</span>}
        <span className="grow" />
        {error && data && <Badge kind="error" words="Not up to date" />}
        {data?.percentiles[0] && (
          <span className="dim" title={`${data.percentiles[0].size.method}; merged from ${data.documents} bars`}>
            from {quantity(data.documents)} {data.documents === 1 ? "sketch" : "sketches"}
          </span>
        )}
      </header>
      {error && !data ? (
        <Failure
          title="The distribution could not be read"
          error={error}
          still="Prices and the candles are not affected. It is rebuilt from the log."
          onRetry={() => void refetch()}
        />
      ) : data && data.trades === 0 ? (
        <div className="calm">
          <p>No trade of this day has a sketch yet: the first minute that closes brings one.</p>
        </div>
      ) : (
        <Distribution distribution={data ?? null} />
      )}
    </section>
  );
}

function Distribution({ distribution }: { distribution: SizeDistribution | null }) {
  const [box, { width }] = useSize<HTMLDivElement>();
  return (
    <>
      <div className="fill sizes-fill" ref={box} style={{ height: HEIGHT }}>
        {distribution && width > 0 && <Drawing distribution={distribution} width={width} />}
      </div>
      <dl className="percentiles">
        {SHOWN.map((percentile) => {
          const found = distribution?.percentiles.find((one) => one.percentile === percentile);
          const text = found && estimated(found.size);
          return (
            <div key={percentile}>
              <dt>p{percentile}</dt>
              <dd>{text?.value ?? DASH}</dd>
              <dd title={found ? `${found.size.lower} to ${found.size.upper}, ${found.size.method}` : undefined}>
                {text?.bound ?? ""}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

function Drawing({ distribution, width }: { distribution: SizeDistribution; width: number }) {
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
