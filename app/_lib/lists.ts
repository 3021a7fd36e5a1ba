import { type ColumnKey, LIST_LIMITS, type WatchList, type WatchLists } from "#lib/contracts/lists.ts";
import { TapedeckError } from "#lib/errors.ts";
import { freeName } from "../_kept/free-name.ts";

/**
 * What can be done to somebody's lists. Each is a function of the lists as they are when it is applied, by ids and symbols and never by
 * positions: it means the same after somebody else's change as before. What cannot be done any more is left as it is; what goes beyond
 * a limit is refused with BAD_INPUT.
 */
export type ListChange = (lists: WatchLists) => WatchLists;

export const createList =
  (list: WatchList, at: number = Infinity): ListChange =>
  (lists) => {
    if (lists.some(({ id }) => id === list.id)) return lists;
    if (list.symbols.length > LIST_LIMITS.symbols) {
      throw tooMany(`“${list.name}” would hold ${list.symbols.length} symbols; ${LIST_LIMITS.symbols} are the most`);
    }
    if (lists.length >= LIST_LIMITS.lists) throw tooMany(`There are ${LIST_LIMITS.lists} lists, as many as are kept`);
    return lists.toSpliced(Math.min(at, lists.length), 0, { ...list, name: freeName(lists, list.name) });
  };

export const deleteList =
  (id: string): ListChange =>
  (lists) =>
    lists.filter((list) => list.id !== id);

export const renameList = (id: string, name: string): ListChange => {
  const wanted = name.trim().slice(0, LIST_LIMITS.name);
  return (lists) =>
    wanted === "" ? lists : onList(id, (list) => ({ ...list, name: freeName(without(lists, id), wanted) }))(lists);
};

export const setColumns = (id: string, columns: readonly ColumnKey[] | null): ListChange =>
  onList(id, (list) => ({ ...list, columns: columns && [...columns] }));

/** Puts symbols at the end, or before another; those that are in the list already stay where they are. */
export const addSymbols = (id: string, symbols: readonly string[], before: string | null = null): ListChange =>
  onList(id, (list) => {
    const fresh = [...new Set(symbols)].filter((symbol) => !list.symbols.includes(symbol));
    if (list.symbols.length + fresh.length > LIST_LIMITS.symbols) {
      throw tooMany(`“${list.name}” would hold more than ${LIST_LIMITS.symbols} symbols`);
    }
    return { ...list, symbols: list.symbols.toSpliced(placeOf(list.symbols, before), 0, ...fresh) };
  });

export const removeSymbols = (id: string, symbols: readonly string[]): ListChange =>
  onList(id, (list) => ({ ...list, symbols: list.symbols.filter((symbol) => !symbols.includes(symbol)) }));

/** Puts a symbol before another; null: at the end. */
export const moveSymbol = (id: string, symbol: string, before: string | null): ListChange =>
  onList(id, (list) => {
    if (symbol === before || !list.symbols.includes(symbol)) return list;
    const others = list.symbols.filter((one) => one !== symbol);
    return { ...list, symbols: others.toSpliced(placeOf(others, before), 0, symbol) };
  });

/** Brings the symbols into this order; those that it does not name keep theirs, behind. */
export const orderSymbols = (id: string, order: readonly string[]): ListChange =>
  onList(id, (list) => {
    const held = new Set(list.symbols);
    const named = order.filter((symbol) => held.has(symbol));
    return { ...list, symbols: [...new Set([...named, ...list.symbols])] };
  });

/** Moves a list one place up or down among the others. */
export const stepList =
  (id: string, by: -1 | 1): ListChange =>
  (lists) => {
    const at = lists.findIndex((list) => list.id === id);
    const list = lists[at];
    const to = at + by;
    return !list || to < 0 || to >= lists.length ? lists : lists.toSpliced(at, 1).toSpliced(to, 0, list);
  };

/** Adds lists from elsewhere. One that is here already gets the symbols it lacks; a name that is taken gets a number. */
export const mergeLists =
  (others: WatchLists): ListChange =>
  (lists) =>
    others.reduce<WatchLists>(
      (merged, list) =>
        merged.some(({ id }) => id === list.id)
          ? addSymbols(list.id, list.symbols)(merged)
          : createList({ ...list })(merged),
      lists,
    );

/**
 * Before what a symbol must be put so that it goes one place up or down among those that are shown, which may be a part of the list.
 * undefined where it cannot.
 */
export function stepBefore(shown: readonly string[], symbol: string, by: -1 | 1): string | null | undefined {
  const at = shown.indexOf(symbol);
  if (at < 0) return undefined;
  if (by < 0) return shown[at - 1];
  return at + 1 < shown.length ? (shown[at + 2] ?? null) : undefined;
}

/** `name`, or with the lowest number that makes it one of its own. */
const without = (lists: WatchLists, id: string): WatchLists => lists.filter((list) => list.id !== id);

function onList(id: string, change: (list: Readonly<WatchList>) => Readonly<WatchList>): ListChange {
  return (lists) => lists.map((list) => (list.id === id ? change(list) : list));
}

function placeOf(symbols: readonly string[], before: string | null): number {
  const at = before === null ? -1 : symbols.indexOf(before);
  return at < 0 ? symbols.length : at;
}

function tooMany(what: string): TapedeckError {
  return new TapedeckError("BAD_INPUT", `${what}. Nothing was added.`);
}
