import type { ColumnKey, WatchList } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { formatColumns, type RowFacts, USUAL_COLUMNS } from "../_lib/columns.ts";
import { LINK_SYMBOLS, type LinkedList } from "../_lib/linked-list.ts";
import { fileName, listCsv, listText } from "../_lib/list-export.ts";
import { stepBefore } from "../_lib/lists.ts";
import { linkOf } from "../_lib/market-link.ts";
import type { Sort } from "../_lib/sort.ts";
import type { MenuItem } from "../_ui/menu.tsx";
import { save } from "../_ui/save.ts";
import { toast } from "../_ui/toasts.tsx";
import { moveToServer } from "./browser-offer.tsx";
import type { ListActions } from "./use-list-actions.ts";
import type { Lists } from "./use-lists.ts";

/** Lists that the menu of a row offers to add to at most: the first ones. */
const OFFERED = 8;

export interface ListMenuParts {
  lists: Lists;
  list: WatchList | null;
  /** What the address names instead. */
  linked: LinkedList | null;
  sort: Sort | null;
  /** As they are shown. */
  shown: readonly InstrumentView[];
  columns: readonly ColumnKey[];
  factsOf: (instrument: InstrumentView) => RowFacts;
  actions: ListActions;
  open: (dialog: "rename" | "edit") => void;
  /** Makes the shown order the list's own. */
  keepOrder: () => void;
}

/** What can be done with the list that is shown. */
export function listMenu(parts: ListMenuParts): MenuItem[] {
  const { lists, list, linked, shown, columns, sort, factsOf, actions, open, keepOrder } = parts;
  const sorted = sort !== null;
  const name = list?.name ?? linked?.name ?? "All symbols";
  const symbols = shown.map((one) => one.symbol);
  const own: MenuItem[] = list
    ? [
        { words: "Edit symbols", run: () => open("edit") },
        { words: "Rename", run: () => open("rename") },
        { words: "Duplicate", run: () => actions.duplicate(list) },
        ...(sorted ? [{ words: "Keep this order", run: keepOrder }] : []),
      ]
    : [{ words: "Copy as a list", run: () => void actions.create(linked?.name ?? "My symbols", symbols) }];
  return [
    ...own,
    ...(list ? [{ words: "Copy link", run: () => void copyLink(list, parts) }] : []),
    {
      words: "Export as text",
      run: () => saveText(fileName(name, "txt"), listText(list ? exported(list, sorted, symbols) : symbols)),
    },
    {
      words: "Export as CSV",
      run: () => saveText(fileName(name, "csv"), listCsv(shown, columns, factsOf)),
    },
    ...(lists.place === "server" && lists.inBrowser.length > 0
      ? [{ words: "Move lists here", run: () => void moveToServer(lists) }]
      : []),
    ...(list ? [{ words: "Delete", run: () => actions.remove(list) }] : []),
  ];
}

async function copyLink(list: WatchList, { columns, sort }: ListMenuParts): Promise<void> {
  const same = formatColumns(columns) === formatColumns(USUAL_COLUMNS);
  const query = linkOf(list, { columns: same ? null : columns, sort });
  const left = list.symbols.length - LINK_SYMBOLS;
  try {
    await navigator.clipboard.writeText(`${window.location.origin}/${query}`);
    toast(
      left > 0 ? `Link copied, with the first ${LINK_SYMBOLS} symbols` : "Link copied: who opens it sees this list",
    );
  } catch {
    toast("This browser lets no page write to the clipboard");
  }
}

const saveText = (name: string, text: string): void => save(new Blob([text]), name);

/** The whole list, also what is not collected now; as it is sorted. */
function exported(list: WatchList, sorted: boolean, shown: readonly string[]): readonly string[] {
  return sorted ? [...new Set([...shown, ...list.symbols])] : list.symbols;
}

/** What can be done with one symbol of it. */
export function rowMenu(parts: ListMenuParts, symbol: string): MenuItem[] {
  const { lists, list, shown, sort, actions } = parts;
  const others = (lists.lists ?? []).filter((one) => one.id !== list?.id && !one.symbols.includes(symbol));
  const adding = others.slice(0, OFFERED).map((one): MenuItem => ({
    words: `Add to ${one.name}`,
    run: () => actions.add(one, [symbol]),
  }));
  if (!list) return [...adding, { words: "Add to a new list", run: () => void actions.create("My symbols", [symbol]) }];
  const order = shown.map((one) => one.symbol);
  const step = (words: string, before: string | null | undefined): MenuItem[] =>
    sort !== null || before === undefined || before === symbol
      ? []
      : [{ words, run: () => actions.move(list, symbol, before) }];
  return [
    ...step("Move up", stepBefore(order, symbol, -1)),
    ...step("Move down", stepBefore(order, symbol, 1)),
    ...step("To the top", order[0]),
    ...step("To the end", order.at(-1) === symbol ? undefined : null),
    { words: "Remove", run: () => actions.take(list, [symbol]) },
    ...adding,
  ];
}
