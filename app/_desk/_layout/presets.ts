import { type Desk, newPanel, type Panel, type PanelKind } from "./desk.ts";
import { parseTree } from "./tree-text.ts";
import { type LayoutNode, panelsOf } from "./tree.ts";

export interface Preset {
  name: string;
  words: string;
  tree: LayoutNode;
  /** What its panels show, by number; charts where nothing is said. */
  kinds: readonly PanelKind[];
}

function preset(name: string, words: string, text: string, kinds: readonly PanelKind[] = []): Preset {
  const tree = parseTree(text);
  if (tree === null) throw new Error(`no layout: ${text}`);
  return { name, words, tree, kinds };
}

const TRADING = preset("trading", "List, chart and tape", "h3.26.1.50.2.24.v3.16.3.34.4.50.5", [
  "watchlist",
  "chart",
  "quote",
  "sizes",
  "tape",
]);

/** Desks to begin with. */
export const PRESETS: readonly Preset[] = [
  TRADING,
  preset("one", "One chart", "1"),
  preset("two", "Two side by side", "h2.50.1.50.2"),
  preset("stacked", "Two, one below the other", "v2.50.1.50.2"),
  preset("three", "One large, two small", "h2.66.1.34.v2.50.2.50.3"),
  preset("four", "Four", "v2.50.h2.50.1.50.2.50.h2.50.3.50.4"),
  preset("six", "Six", "v2.50.h3.33.1.33.2.33.3.50.h3.33.4.33.5.33.6"),
  preset("eight", "Eight", "v2.50.h4.25.1.25.2.25.3.25.4.50.h4.25.5.25.6.25.7.25.8"),
];

/** The desk of somebody who has none: all panels linked, so that a row of the list drives the rest. */
export function firstDesk(symbol: string | null): Desk {
  const panels = panelsOf(TRADING.tree).map((id): [number, Panel] => [
    id,
    newPanel(TRADING.kinds[id - 1] ?? "chart", { symbol, link: "a" }),
  ]);
  return { tree: TRADING.tree, panels: new Map(panels), crosshair: true, range: false };
}

/** Of what a preset says nothing of, charts come first, then what is there in reading order. */
function chartsFirst(panels: readonly Panel[]): Panel[] {
  return [...panels.filter(({ kind }) => kind === "chart"), ...panels.filter(({ kind }) => kind !== "chart")];
}

/** A desk cut as the preset says, with those of its panels that fit in; new ones show the symbol of the first. */
export function arranged(desk: Desk, { tree, kinds }: Preset): Desk {
  const before = panelsOf(desk.tree).flatMap((id) => desk.panels.get(id) ?? []);
  const left = chartsFirst(before);
  const { symbol = null, link = null } = before[0] ?? {};
  const panels = panelsOf(tree).map((id): [number, Panel] => {
    const kind = kinds[id - 1];
    const found = kind === undefined ? 0 : left.findIndex((panel) => panel.kind === kind);
    const [kept] = found < 0 ? [] : left.splice(found, 1);
    return [id, kept ?? newPanel(kind ?? "chart", { symbol, link })];
  });
  return { ...desk, tree, panels: new Map(panels) };
}
