"use client";
import { useRouter } from "next/navigation";
import { memo, useMemo, type MouseEvent } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { percent } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { HEAT_COLOURS, HEAT_SIZES, type HeatChoice, heatOf, type HeatSize, heatWeight } from "../_lib/heat.ts";
import { heatStep, sectorChange, sectorTreemap, tileText, type Tile } from "../_lib/treemap.ts";
import { useFreshness, useQuotesVersion } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import { type Size, useSize } from "../_ui/use-size.ts";

/** Colours follow the market this often, milliseconds. */
const EVERY = 1_000;
/** Areas that move with it, so often. */
const REARRANGED_EVERY = 10_000;
const STEPS = ["d3", "d2", "d1", "0", "u1", "u2", "u3"] as const;

interface HeatMapProps {
  instruments: readonly InstrumentView[];
  selected: string | null;
  choice: HeatChoice;
  /** What is not named stays as chosen. */
  onChoose: (choice: Partial<HeatChoice>) => void;
}

/** The tiles, laid out anew where what they stand for has moved. */
function useSectors(instruments: readonly InstrumentView[], size: HeatSize, { width, height }: Size) {
  const { quotes } = useLive();
  const version = useQuotesVersion(REARRANGED_EVERY);
  const moving = size === "traded" ? version : 0;
  return useMemo(
    () => sectorTreemap(instruments, width, height, (one) => heatWeight(one, quotes.quote(one.symbol), size)),
    // `moving` stands for the quotes, which live outside React.
    // oxlint-disable-next-line react/exhaustive-deps
    [instruments, width, height, quotes, size, moving],
  );
}

/** Area and colour as chosen: by market value and today's change as usual. */
export function HeatMap({ instruments, selected, choice, onChoose }: HeatMapProps) {
  const { quotes } = useLive();
  const [box, size] = useSize<HTMLDivElement>();
  const { width, height } = size;
  const sectors = useSectors(instruments, choice.size, size);
  useQuotesVersion(EVERY);
  const percentOf = (symbol: string): number | null => heatOf(quotes.quote(symbol), choice.colour);
  return (
    <section className="panel heat" aria-label="Heat map">
      <header>
        <h2>Sectors</h2>
        <Choice
          label="Area"
          words={HEAT_SIZES}
          chosen={choice.size}
          onChoose={(chosen) => onChoose({ size: chosen })}
        />
        <Choice
          label="Colour"
          words={HEAT_COLOURS}
          chosen={choice.colour}
          onChoose={(chosen) => onChoose({ colour: chosen })}
        />
        <span className="grow" />
        <Scale />
      </header>
      <div className="fill" ref={box}>
        {sectors.length > 0 && (
          <svg
            width={width}
            height={height}
            role="group"
            aria-label={`Sectors: ${HEAT_SIZES[choice.size]} as area, ${HEAT_COLOURS[choice.colour]} as colour`}
          >
            {sectors.map((sector) => {
              const mean = sectorChange(sector, percentOf);
              return (
                <g key={sector.sector}>
                  <text x={sector.x + 5} y={sector.y + 13} className="sector">
                    {fitting(sector.sector, sector.width)}
                    {mean !== null && sector.width > sector.sector.length * 6.5 + 72 && (
                      <tspan dx={6} className="mean">
                        {percent(mean)}
                      </tspan>
                    )}
                  </text>
                  {sector.tiles.map((tile) => (
                    <TileView
                      key={tile.instrument.symbol}
                      tile={tile}
                      change={percentOf(tile.instrument.symbol)}
                      selected={tile.instrument.symbol === selected}
                    />
                  ))}
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </section>
  );
}

interface ChoiceProps<Key extends string> {
  label: string;
  words: Readonly<Record<Key, string>>;
  chosen: Key;
  onChoose: (chosen: Key) => void;
}

function Choice<Key extends string>({ label, words, chosen, onChoose }: ChoiceProps<Key>) {
  const keys = Object.keys(words) as Key[];
  const choose = (value: string): void => {
    const key = keys.find((one) => one === value);
    if (key !== undefined) onChoose(key);
  };
  return (
    <select
      className="choice"
      aria-label={label}
      title={label}
      value={chosen}
      onChange={({ target }) => choose(target.value)}
    >
      {keys.map((key) => (
        <option key={key} value={key}>
          {words[key]}
        </option>
      ))}
    </select>
  );
}

/** A heading is cut to whole letters that fit; the tiles' titles say the rest. */
function fitting(sector: string, width: number): string {
  const room = Math.floor((width - 8) / 6.2);
  return sector.length <= room ? sector : room < 3 ? "" : `${sector.slice(0, room - 1)}…`;
}

interface TileProps {
  tile: Tile;
  change: number | null;
  selected: boolean;
}

const TileView = memo(function TileView({ tile, change, selected }: TileProps) {
  const router = useRouter();
  const state = useFreshness(tile.instrument);
  const trouble = state === "stale" || state === "halted" ? `, ${state}` : "";
  const { symbol, ticker, name } = tile.instrument;
  const text = tileText(tile, ticker);
  const middle = { x: tile.x + tile.width / 2, y: tile.y + tile.height / 2 };
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    router.push(symbolHref(symbol));
  };
  return (
    // The watchlist beside it holds the same links for the keyboard.
    <a
      href={symbolHref(symbol)}
      tabIndex={-1}
      onClick={open}
      className={`tile${selected ? " sel" : ""}${state === "stale" ? " old" : ""}`}
    >
      <title>{`${name}, ${symbol} ${percent(change)}${trouble}`}</title>
      <rect
        x={tile.x + 0.5}
        y={tile.y + 0.5}
        width={Math.max(0, tile.width - 1)}
        height={Math.max(0, tile.height - 1)}
        rx={2}
        style={{ fill: `var(--heat-${heatStep(change)})` }}
      />
      {text.ticker && (
        <text
          className={text.large ? "s large" : "s"}
          textAnchor="middle"
          x={middle.x}
          y={middle.y + (text.change ? -2 : 4)}
        >
          {ticker}
        </text>
      )}
      {text.change && (
        <text textAnchor="middle" x={middle.x} y={middle.y + 13}>
          {percent(change)}
        </text>
      )}
      {state === "halted" && tile.width >= 20 && tile.height >= 18 && (
        <path className="halted" d={`M${tile.x + 6} ${tile.y + 5}v8m4 0v-8`} />
      )}
    </a>
  );
});

function Scale() {
  return (
    <svg width={180} height={16} role="img" aria-label="Colours from −2 % to +2 %">
      {STEPS.map((step, i) => (
        <rect key={step} x={30 + i * 17} y={4} width={16} height={8} style={{ fill: `var(--heat-${step})` }} />
      ))}
      <text x={26} y={12} textAnchor="end">
        −2 %
      </text>
      <text x={152} y={12}>
        +2 %
      </text>
    </svg>
  );
}
