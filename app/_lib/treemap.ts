import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { isCounted } from "./breadth.ts";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Tile extends Box {
  instrument: InstrumentView;
}

export interface SectorBox extends Box {
  sector: string;
  tiles: Tile[];
}

interface Node {
  sector: string;
  instrument: InstrumentView | null;
  children: Node[];
  weight: number;
}

const EDGE = 12;
const LABEL = 18;
const GAP = 2;
const NO_SECTOR = "Other";

/** What the area of an instrument stands for; null where that is not known. */
type WeightOf = (instrument: InstrumentView) => number | null;

/** Where the weight is not known the tile is as small as the smallest known one. */
function weights(instruments: readonly InstrumentView[], weightOf: WeightOf): (instrument: InstrumentView) => number {
  const known = instruments.map((instrument) => weightOf(instrument) ?? 0).filter((value) => value > 0);
  const smallest = known.length > 0 ? Math.min(...known) : 1;
  return (instrument) => weightOf(instrument) ?? smallest;
}

/** Sectors and their tiles within `width` × `height`, whole pixels, the heaviest first (squarified, Bruls et al. 2000). */
export function sectorTreemap(
  instruments: readonly InstrumentView[],
  width: number,
  height: number,
  weighed: WeightOf,
): SectorBox[] {
  const counted = instruments.filter(isCounted);
  if (counted.length === 0 || width < 2 * EDGE + LABEL || height < EDGE + LABEL) return [];
  const weightOf = weights(counted, weighed);
  const sectors = [...Map.groupBy(counted, (instrument) => instrument.sector ?? NO_SECTOR)].map(
    ([sector, members]): Node => ({
      sector,
      instrument: null,
      weight: 0,
      children: members.map((instrument) => ({ sector, instrument, weight: weightOf(instrument), children: [] })),
    }),
  );
  const root = hierarchy<Node>({ sector: "", instrument: null, weight: 0, children: sectors })
    .sum((node) => node.weight)
    // d3's own: it sorts the tree's levels, there is no other.
    // oxlint-disable-next-line unicorn/no-array-sort
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const layout = treemap<Node>()
    .tile(treemapSquarify.ratio(1))
    .size([width - 2 * EDGE, height - EDGE])
    .round(true)
    .paddingTop((node) => (node.depth === 1 ? LABEL : 0))
    .paddingBottom((node) => (node.depth === 1 ? GAP : 0))
    .paddingLeft((node) => (node.depth === 1 ? GAP : 0))
    .paddingRight((node) => (node.depth === 1 ? GAP : 0));
  return (layout(root).children ?? []).map((sector) =>
    Object.assign(box(sector), {
      sector: sector.data.sector,
      tiles: (sector.children ?? []).flatMap((tile) =>
        tile.data.instrument ? [Object.assign(box(tile), { instrument: tile.data.instrument })] : [],
      ),
    }),
  );
}

const box = (node: { x0: number; x1: number; y0: number; y1: number }): Box => ({
  x: node.x0 + EDGE,
  y: node.y0,
  width: node.x1 - node.x0,
  height: node.y1 - node.y0,
});

/** The step of the heat ramp, cut at ±0.15, ±1 and ±2 %; none where there is no change. */
export function heatStep(percent: number | null): "0" | "u1" | "u2" | "u3" | "d1" | "d2" | "d3" {
  if (percent === null) return "0";
  const size = Math.abs(percent);
  if (size < 0.15) return "0";
  const step = size < 1 ? 1 : size < 2 ? 2 : 3;
  return percent > 0 ? `u${step}` : `d${step}`;
}

/** What a tile has room for. */
export function tileText(tile: Box, ticker: string): { ticker: boolean; change: boolean; large: boolean } {
  const fits = tile.width > ticker.length * 7.4 + 6 && tile.height > 15;
  return { ticker: fits, change: fits && tile.width > 56 && tile.height > 36, large: tile.width > 90 };
}

/** The change of a sector: its members' by their weight; null while none is known. */
export function sectorChange(sector: SectorBox, percentOf: (symbol: string) => number | null): number | null {
  let sum = 0;
  let area = 0;
  for (const tile of sector.tiles) {
    const percent = percentOf(tile.instrument.symbol);
    if (percent === null) continue;
    sum += percent * tile.width * tile.height;
    area += tile.width * tile.height;
  }
  return area > 0 ? sum / area : null;
}
