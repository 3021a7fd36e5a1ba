import type { ColumnKey } from "#lib/contracts/lists.ts";
import type { TradedSession } from "#lib/domain/calendar/day-sessions.ts";
import { formatColumns, parseColumns } from "./columns.ts";
import { formatHeat, type HeatChoice, parseHeat } from "./heat.ts";
import { LINK_SYMBOLS, type LinkedList, parseLinkedList } from "./linked-list.ts";
import { parseMoversSession } from "./movers.ts";
import { parseSideList, type SideList } from "./side-list.ts";
import { formatSort, parseSort, type Sort } from "./sort.ts";

/** What is chosen of a watchlist. */
export interface ListView {
  /** Id of the list that is shown; null: all symbols, or those that the address names. */
  list: string | null;
  linked: LinkedList | null;
  sort: Sort | null;
  /** null: those that are kept with the list, else the usual ones. */
  columns: readonly ColumnKey[] | null;
  exchange: string | null;
}

/** What the address of the market page keeps. */
export interface MarketLink extends ListView {
  /** What is beside the watchlist. */
  side: SideList;
  /** Of the movers; null: the session that goes on. */
  session: TradedSession | null;
  heat: HeatChoice;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? value[0] : value) ?? null;

/** Of all symbols, as nobody has changed it. */
export const USUAL_LIST: ListView = { list: null, linked: null, sort: null, columns: null, exchange: null };

/** Anything that is not understood is as if it were not there. */
export function parseMarketLink(parameters: Parameters): MarketLink {
  return {
    ...parseListView(parameters),
    side: parseSideList(one(parameters["side"])),
    session: parseMoversSession(one(parameters["session"])),
    heat: parseHeat(one(parameters["heat"])),
  };
}

/** As above, of the watchlist alone. */
export function parseListView(parameters: Parameters): ListView {
  const asked = one(parameters["list"]);
  const list = asked !== null && /^[a-z0-9]{8,24}$/.test(asked) ? asked : null;
  return {
    list,
    linked: list === null ? parseLinkedList(one(parameters["symbols"]), one(parameters["name"])) : null,
    sort: parseSort(one(parameters["sort"])),
    columns: parseColumns(one(parameters["columns"])),
    exchange: one(parameters["exchange"]),
  };
}

/** With its `?`; empty for the usual page. */
export function formatMarketLink({ side, session, heat, ...view }: MarketLink): string {
  const parameters = listParameters(view);
  if (side !== "movers") parameters.set("side", side);
  if (session) parameters.set("session", session);
  const heatWords = formatHeat(heat);
  if (heatWords !== null) parameters.set("heat", heatWords);
  return parameters.size === 0 ? "" : `?${parameters.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

/** A list as an address of its own, with its columns and how it is sorted; nothing else of the page. */
export function linkOf(list: LinkedList, { columns, sort }: Pick<ListView, "columns" | "sort">): string {
  const linked = { name: list.name, symbols: list.symbols.slice(0, LINK_SYMBOLS) };
  const plain = parseMarketLink({});
  return formatMarketLink({ ...plain, linked, columns, sort });
}

/** What of a watchlist is not as usual. */
export function listParameters({ list, linked, sort, columns, exchange }: ListView): URLSearchParams {
  const parameters = new URLSearchParams();
  if (list !== null) parameters.set("list", list);
  if (linked) {
    parameters.set("name", linked.name);
    parameters.set("symbols", linked.symbols.join(","));
  }
  if (sort) parameters.set("sort", formatSort(sort));
  if (columns) parameters.set("columns", formatColumns(columns));
  if (exchange !== null) parameters.set("exchange", exchange);
  return parameters;
}
