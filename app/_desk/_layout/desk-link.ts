import { keptIdSchema } from "#lib/contracts/kept.ts";
import { isChartSymbol } from "#lib/domain/composite/name.ts";
import { chartParameters, parseChartState, USUAL_CHART } from "../../_lib/chart-link.ts";
import { listParameters, parseListView, USUAL_LIST } from "../../_lib/market-link.ts";
import { parseZone } from "../../_lib/zone.ts";
import { type Desk, LINKS, newPanel, PANEL_KINDS, type Panel } from "./desk.ts";
import { formatTree, parseTree } from "./tree-text.ts";
import { panelsOf } from "./tree.ts";

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** What an address says of a desk. */
export interface DeskLink {
  /** null: nothing that is understood. */
  desk: Desk | null;
  /** The panel that alone is shown; null: all are. */
  alone: number | null;
  /** Id of the kept desk that it is; only who keeps it knows it. */
  saved: string | null;
  /** The zone of its times; null: as the person has chosen. */
  zone: string | null;
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? "";

const of = <T extends string>(all: readonly T[], text: string): T | null => all.find((name) => name === text) ?? null;

/**
 * `grid` says how the desk is cut, `1` to `8` what each panel shows, `1.symbol`, `1.link` and so on how; the parameters of a panel's chart
 * are those of a symbol's page with the number before them. Anything else is as if it were not there.
 */
export function parseDeskLink(parameters: Parameters): DeskLink {
  const tree = parseTree(one(parameters["grid"]));
  const zone = parseZone(one(parameters["tz"]));
  const saved = keptIdSchema.safeParse(one(parameters["saved"])).data ?? null;
  if (tree === null) return { desk: null, alone: null, saved, zone };
  const ids = panelsOf(tree);
  const panels = new Map(ids.map((id) => [id, parsePanel(id, parameters)]));
  const sync = one(parameters["sync"]).split(",");
  const alone = Number(one(parameters["alone"]));
  return {
    desk: { tree, panels, crosshair: !sync.includes("none"), range: sync.includes("range") },
    alone: ids.includes(alone) ? alone : null,
    saved,
    zone,
  };
}

function parsePanel(id: number, parameters: Parameters): Panel {
  const own: Record<string, string | string[] | undefined> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (name.startsWith(`${id}.`)) own[name.slice(2)] = value;
  }
  const kind = of(PANEL_KINDS, one(parameters[String(id)])) ?? "chart";
  const symbol = one(own["symbol"]);
  return newPanel(kind, {
    symbol: isChartSymbol(symbol) ? symbol : null,
    link: of(LINKS, one(own["link"])),
    chart: kind === "chart" ? parseChartState(own) : USUAL_CHART,
    list: kind === "watchlist" ? parseListView(own) : USUAL_LIST,
  });
}

/** The address's query, with `?`. */
export function formatDeskLink({ desk, alone, saved, zone }: DeskLink & { desk: Desk }): string {
  const parameters = new URLSearchParams({ grid: formatTree(desk.tree) });
  for (const id of panelsOf(desk.tree)) {
    const panel = desk.panels.get(id);
    if (panel) writePanel(parameters, id, panel);
  }
  const sync = [...(desk.crosshair ? [] : ["none"]), ...(desk.range ? ["range"] : [])];
  if (sync.length > 0) parameters.set("sync", sync.join(","));
  if (alone !== null) parameters.set("alone", String(alone));
  if (saved !== null) parameters.set("saved", saved);
  if (zone !== null) parameters.set("tz", zone);
  return `?${parameters.toString()}`;
}

function writePanel(parameters: URLSearchParams, id: number, { kind, symbol, link, chart, list }: Panel): void {
  parameters.set(String(id), kind);
  if (symbol !== null) parameters.set(`${id}.symbol`, symbol);
  if (link !== null) parameters.set(`${id}.link`, link);
  const own = kind === "chart" ? chartParameters(chart) : kind === "watchlist" ? listParameters(list) : [];
  for (const [name, value] of own) parameters.set(`${id}.${name}`, value);
}
