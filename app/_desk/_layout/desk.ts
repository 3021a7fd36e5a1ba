import { type ChartState, USUAL_CHART } from "../../_lib/chart-link.ts";
import { type ListView, USUAL_LIST } from "../../_lib/market-link.ts";
import { MOST_PANELS } from "./tree-text.ts";
import { type Direction, halved, type LayoutNode, panelsOf, swapped, without } from "./tree.ts";

/** What a panel can show. */
export const PANEL_KINDS = ["chart", "watchlist", "quote", "sizes", "tape"] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

export const KIND_WORDS: Readonly<Record<PanelKind, string>> = {
  chart: "Chart",
  watchlist: "Watchlist",
  quote: "Quote",
  sizes: "Distribution",
  tape: "Time and sales",
};

/** Panels of one colour show one symbol. Each colour has a letter, so that it is never alone. */
export const LINKS = ["a", "b", "c", "d"] as const;
export type LinkName = (typeof LINKS)[number];

export interface Panel {
  readonly kind: PanelKind;
  /** null: none is chosen yet. */
  readonly symbol: string | null;
  readonly link: LinkName | null;
  /** Of a chart. */
  readonly chart: ChartState;
  /** Of a watchlist. */
  readonly list: ListView;
}

export interface Desk {
  readonly tree: LayoutNode;
  readonly panels: ReadonlyMap<number, Panel>;
  /** Whether charts share the crosshair's time, and the range in sight. */
  readonly crosshair: boolean;
  readonly range: boolean;
}

export const newPanel = (kind: PanelKind, part: Partial<Panel> = {}): Panel => ({
  kind,
  symbol: null,
  link: null,
  chart: USUAL_CHART,
  list: USUAL_LIST,
  ...part,
});

function changed(desk: Desk, id: number, change: Partial<Panel>): Desk {
  const panel = desk.panels.get(id);
  return panel ? { ...desk, panels: new Map(desk.panels).set(id, { ...panel, ...change }) } : desk;
}

/** A view of another symbol's past would show nothing. */
const ofAnother = (chart: ChartState): ChartState => ({ ...chart, to: null, prices: null });

const showing = (panel: Panel, symbol: string): Panel =>
  panel.symbol === symbol ? panel : { ...panel, symbol, chart: ofAnother(panel.chart) };

/** A panel shows a symbol, and with it all of its colour. */
export function chosen(desk: Desk, id: number, symbol: string): Desk {
  const link = desk.panels.get(id)?.link ?? null;
  const panels = [...desk.panels].map(([other, panel]): [number, Panel] => {
    const goesAlong = other === id || (link !== null && panel.link === link);
    return [other, goesAlong ? showing(panel, symbol) : panel];
  });
  return { ...desk, panels: new Map(panels) };
}

/** A panel takes a colour, and the symbol that this colour shows already; null: it goes its own way from now on. */
export function linked(desk: Desk, id: number, link: LinkName | null): Desk {
  const shown = [...desk.panels].find(([other, panel]) => other !== id && panel.link === link)?.[1].symbol ?? null;
  const joined = changed(desk, id, { link });
  return link === null || shown === null ? joined : chosen(joined, id, shown);
}

/** Panels without a symbol take that of their colour, and where that has none either this one. */
export function withFirstSymbol(desk: Desk, symbol: string): Desk {
  const all = [...desk.panels];
  const ofLink = (link: LinkName | null): string | null =>
    link === null ? null : (all.find(([, panel]) => panel.link === link && panel.symbol !== null)?.[1].symbol ?? null);
  const panels = all.map(([id, panel]): [number, Panel] => [
    id,
    panel.symbol === null ? { ...panel, symbol: ofLink(panel.link) ?? symbol } : panel,
  ]);
  return { ...desk, panels: new Map(panels) };
}

/** A closed panel comes back: where the others are as they were to its place, else as half of one that there is. */
export function reopened(desk: Desk, before: Desk, id: number): Desk {
  const panel = before.panels.get(id);
  if (!panel || desk.panels.has(id)) return desk;
  const panels = new Map(desk.panels).set(id, panel);
  const isAsBefore = panels.size === before.panels.size && [...before.panels.keys()].every((one) => panels.has(one));
  if (isAsBefore) return { ...desk, tree: before.tree, panels };
  const [beside] = panelsOf(desk.tree);
  return beside === undefined ? desk : { ...desk, tree: halved(desk.tree, beside, "row", id), panels };
}

export function asKind(desk: Desk, id: number, kind: PanelKind): Desk {
  return changed(desk, id, { kind });
}

export function withChart(desk: Desk, id: number, chart: ChartState): Desk {
  return changed(desk, id, { chart });
}

export function withList(desk: Desk, id: number, change: Partial<ListView>): Desk {
  return changed(desk, id, { list: { ...(desk.panels.get(id)?.list ?? USUAL_LIST), ...change } });
}

/** Cuts a panel in two that show the same; as it was where there is no room for one more. */
export function cutInTwo(desk: Desk, id: number, direction: Direction): Desk {
  const panel = desk.panels.get(id);
  const added = freeId(desk);
  if (!panel || added === null) return desk;
  return {
    ...desk,
    tree: halved(desk.tree, id, direction, added),
    panels: new Map(desk.panels).set(added, panel),
  };
}

function freeId({ panels }: Desk): number | null {
  for (let id = 1; id <= MOST_PANELS; id++) if (!panels.has(id)) return id;
  return null;
}

/** Without a panel; as it was where it is the only one. */
export function closed(desk: Desk, id: number): Desk {
  const tree = without(desk.tree, id);
  if (tree === null) return desk;
  const panels = new Map(desk.panels);
  panels.delete(id);
  return { ...desk, tree, panels };
}

/** The panel beside it in reading order takes its place, and it theirs. */
export function swappedBy(desk: Desk, id: number, by: -1 | 1): Desk {
  const order = panelsOf(desk.tree);
  const other = order.at((order.indexOf(id) + by) % order.length);
  return other === undefined || other === id ? desk : { ...desk, tree: swapped(desk.tree, id, other) };
}
