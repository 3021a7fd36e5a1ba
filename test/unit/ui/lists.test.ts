import { describe, expect, test } from "vitest";
import { LIST_LIMITS, watchListsSchema, type WatchList } from "#lib/contracts/lists.ts";
import { keptId } from "../../../app/_kept/new-id.ts";
import { droppedBefore, gapAt } from "../../../app/_lib/drag-order.ts";
import { fileName, listCsv, listText } from "../../../app/_lib/list-export.ts";
import { parseSymbols, planImport } from "../../../app/_lib/list-import.ts";
import {
  addSymbols,
  createList,
  deleteList,
  mergeLists,
  moveSymbol,
  orderSymbols,
  removeSymbols,
  renameList,
  stepBefore,
  stepList,
} from "../../../app/_lib/lists.ts";
import {
  fittingColumns,
  formatColumns,
  parseColumns,
  toggleColumn,
  USUAL_COLUMNS,
  widthOf,
} from "../../../app/_lib/columns.ts";
import { parseLinkedList } from "../../../app/_lib/linked-list.ts";
import { formatMarketLink, linkOf, parseMarketLink } from "../../../app/_lib/market-link.ts";
import { instrument, quote } from "./market.ts";

const list = (id: string, symbols: readonly string[], name = id): WatchList => ({
  id,
  name,
  symbols: symbols.map((ticker) => `SIM:${ticker}`),
  columns: null,
});
const one = [list("aaaaaaaa", ["A", "B", "C", "D"])];
const symbols = (lists: readonly WatchList[]) =>
  lists.map((each) => each.symbols.map((name) => name.slice(4)).join(""));

describe("changes of lists", () => {
  test("are refused with more symbols than can be kept", () => {
    const many = Array.from({ length: LIST_LIMITS.symbols + 1 }, (_, number) => `SIM:T${number}`);
    expect(() => createList({ id: "aaaaaaaa", name: "All", symbols: many, columns: null })([])).toThrow("are the most");
  });

  test("a symbol goes before another, or to the end", () => {
    expect(symbols(moveSymbol("aaaaaaaa", "SIM:D", "SIM:B")(one))).toEqual(["ADBC"]);
    expect(symbols(moveSymbol("aaaaaaaa", "SIM:A", null)(one))).toEqual(["BCDA"]);
    expect(symbols(moveSymbol("aaaaaaaa", "SIM:A", "SIM:A")(one))).toEqual(["ABCD"]);
    expect(symbols(moveSymbol("aaaaaaaa", "SIM:X", null)(one))).toEqual(["ABCD"]);
  });

  test("a step up and down of what is shown, which may be a part", () => {
    expect(stepBefore(["A", "B", "C"], "B", -1)).toBe("A");
    expect(stepBefore(["A", "B", "C"], "A", 1)).toBe("C");
    expect(stepBefore(["A", "B", "C"], "B", 1)).toBeNull();
    expect(stepBefore(["A", "B", "C"], "C", 1)).toBeUndefined();
    expect(stepBefore(["A", "B", "C"], "A", -1)).toBeUndefined();
  });

  test("adding keeps each once and where it is; taking out and putting back restores the place", () => {
    expect(symbols(addSymbols("aaaaaaaa", ["SIM:B", "SIM:E", "SIM:E"])(one))).toEqual(["ABCDE"]);
    const without = removeSymbols("aaaaaaaa", ["SIM:B"])(one);
    expect(symbols(without)).toEqual(["ACD"]);
    expect(symbols(addSymbols("aaaaaaaa", ["SIM:B"], "SIM:C")(without))).toEqual(["ABCD"]);
  });

  test("an order names what it knows; what it does not know stays behind", () => {
    expect(symbols(orderSymbols("aaaaaaaa", ["SIM:D", "SIM:A", "SIM:X"])(one))).toEqual(["DABC"]);
  });

  test("names are their own; a deleted list comes back to its place", () => {
    const two = createList(list("bbbbbbbb", ["X"], "aaaaaaaa"))(one);
    expect(two.map(({ name }) => name)).toEqual(["aaaaaaaa", "aaaaaaaa 2"]);
    expect(renameList("bbbbbbbb", "  Tech  ")(two)[1]?.name).toBe("Tech");
    const back = createList(list("aaaaaaaa", ["A"]), 0)(deleteList("aaaaaaaa")(two));
    expect(back.map(({ id }) => id)).toEqual(["aaaaaaaa", "bbbbbbbb"]);
    expect(stepList("bbbbbbbb", -1)(back).map(({ id }) => id)).toEqual(["bbbbbbbb", "aaaaaaaa"]);
  });

  test("merging adds what is lacking and is the same when done twice", () => {
    const others = [list("aaaaaaaa", ["B", "E"]), list("cccccccc", ["Z"], "aaaaaaaa")];
    const merged = mergeLists(others)(one);
    expect(symbols(merged)).toEqual(["ABCDE", "Z"]);
    expect(mergeLists(others)(merged)).toEqual(merged);
    expect(watchListsSchema.safeParse(merged).success).toBe(true);
  });

  test("limits are refused, and nothing is added", () => {
    const many = Array.from({ length: LIST_LIMITS.symbols }, (_, i) => `SIM:S${i}`);
    expect(() => addSymbols("aaaaaaaa", many)(one)).toThrow(/more than 500/);
    const lists = Array.from({ length: LIST_LIMITS.lists }, (_, i) => list(`list${1000 + i}`, []));
    expect(() => createList(list("bbbbbbbb", []))(lists)).toThrow(/50 lists/);
  });

  test("an id is eight letters and digits", () => {
    expect(keptId(new Uint8Array([0, 25, 26, 35, 36, 255, 1, 2]))).toBe("az09adbc");
  });
});

describe("import and export", () => {
  test("lines, commas, sections, comments, quotes, and the symbol column of a CSV", () => {
    expect(parseSymbols("aapl\nMSFT\n\naapl")).toEqual(["AAPL", "MSFT"]);
    expect(parseSymbols("\uFEFF###Tech,NASDAQ:AAPL,NASDAQ:MSFT\r\n###Coins,COINBASE:BTC-USD")).toEqual([
      "NASDAQ:AAPL",
      "NASDAQ:MSFT",
      "COINBASE:BTC-USD",
    ]);
    expect(parseSymbols("# mine\nAAPL;MSFT\tBTC/USD")).toEqual(["AAPL", "MSFT", "BTC/USD"]);
    expect(parseSymbols('Name,Symbol,Last\n"Apple, ""the"" Inc",SIM:AAPL,1\nMicrosoft,SIM:MSFT,2')).toEqual([
      "SIM:AAPL",
      "SIM:MSFT",
    ]);
    expect(parseSymbols(" \n")).toEqual([]);
  });

  test("known, known elsewhere, unknown", () => {
    const known = [instrument("SIM:AAPL"), instrument("COINBASE:BTC-USD"), instrument("TAPE:AAPL")];
    expect(planImport(["AAPL", "TAPE:AAPL", "NASDAQ:AAPL", "BTC/USD", "COINBASE:BTCUSD", "NOPE"], known)).toEqual({
      symbols: ["SIM:AAPL", "TAPE:AAPL", "COINBASE:BTC-USD"],
      elsewhere: [{ wanted: "NASDAQ:AAPL", symbol: "SIM:AAPL" }],
      unknown: ["NOPE"],
      left: 0,
    });
  });

  test("what is exported is imported again", () => {
    const known = [instrument("SIM:B", { name: 'Bee, "the"' }), instrument("SIM:A")];
    const csv = listCsv(known, ["symbol", "name", "last", "today", "freshness"], (each) => ({
      instrument: each,
      quote: each.symbol === "SIM:B" ? quote(each.symbol, { time: 1_000_000 }) : undefined,
      normal: undefined,
    }));
    expect(csv).toBe('Symbol,Name,Last,Time\r\nSIM:B,"Bee, ""the""",100,1970-01-01T00:00:01Z\r\nSIM:A,A,,\r\n');
    expect(planImport(parseSymbols(csv), known).symbols).toEqual(["SIM:B", "SIM:A"]);
    expect(planImport(parseSymbols(listText(["SIM:B", "SIM:A"])), known).symbols).toEqual(["SIM:B", "SIM:A"]);
    expect(fileName("My “tech” list!", "csv")).toBe("my-tech-list.csv");
    expect(fileName("日本", "txt")).toBe("watchlist.txt");
  });
});

describe("columns of a narrow list", () => {
  test("are those that matter most, in their order; a wide one is scrolled", () => {
    const chosen = ["symbol", "name", "last", "change", "percent", "today"] as const;
    expect(fittingColumns(chosen, 900)).toBe(chosen);
    expect(fittingColumns(chosen, 560)).toBe(chosen);
    expect(fittingColumns(chosen, 300)).toEqual(["symbol", "last", "percent"]);
    expect(fittingColumns(chosen, 340)).toEqual(["symbol", "last", "change", "percent"]);
    expect(fittingColumns(chosen, 40)).toEqual(["symbol"]);
    expect(widthOf(fittingColumns(chosen, 480))).toBeLessThanOrEqual(480);
  });

  test("are all of them before the width is known", () => {
    expect(fittingColumns(USUAL_COLUMNS, 0)).toBe(USUAL_COLUMNS);
  });
});

describe("dragging", () => {
  test("the gap is the nearest, within the list", () => {
    expect([0, 13, 15, 41, 43, 999].map((y) => gapAt(100 + y, 100, 28, 3))).toEqual([0, 0, 1, 1, 2, 3]);
    expect(gapAt(0, 100, 28, 3)).toBe(0);
  });

  test("dropped beside itself a symbol stays", () => {
    expect([0, 1, 2, 3].map((gap) => droppedBefore(["A", "B", "C"], "B", gap))).toEqual([
      "A",
      undefined,
      undefined,
      null,
    ]);
  });
});

describe("the address", () => {
  test("keeps the list, its sort and its columns, and ignores what it does not understand", () => {
    const text = "?list=abcdefgh&sort=volume.descending&columns=symbol,last,volume&side=traded";
    const link = parseMarketLink(Object.fromEntries(new URLSearchParams(text)));
    expect(formatMarketLink(link)).toBe(text);
    const strange = parseMarketLink({ list: "<b>", sort: "x.y", columns: "nothing" });
    expect(formatMarketLink(strange)).toBe("");
  });

  test("carries a whole list for who does not have it, of symbols alone and of so many that it can be sent", () => {
    const query = linkOf(list("aaaaaaaa", ["A", "B"], "Tech & co"), {
      columns: ["symbol", "last"],
      sort: { key: "last", order: "ascending" },
    });
    expect(query).toBe("?name=Tech+%26+co&symbols=SIM:A,SIM:B&sort=last.ascending&columns=symbol,last");
    const opened = parseMarketLink(Object.fromEntries(new URLSearchParams(query)));
    expect(opened.linked).toEqual({ name: "Tech & co", symbols: ["SIM:A", "SIM:B"] });
    expect(parseMarketLink({ symbols: "SIM:A,<b>,SIM:A,", name: " " }).linked).toEqual({
      name: "Linked list",
      symbols: ["SIM:A"],
    });
    expect([parseLinkedList("<b>", "x"), parseLinkedList(null, "x")]).toEqual([null, null]);
    expect(parseMarketLink({ list: "abcdefgh", symbols: "SIM:A" }).linked).toBeNull();
    const long = list(
      "aaaaaaaa",
      Array.from({ length: 500 }, (_, number) => `LONG-TICKER-${number}`),
    );
    const [carried] = [linkOf(long, { columns: null, sort: null })];
    expect(parseMarketLink(Object.fromEntries(new URLSearchParams(carried))).linked?.symbols).toHaveLength(200);
    expect(carried.length).toBeLessThan(8_000);
  });

  test("columns: the symbol always, in one order, the usual ones unsaid", () => {
    expect(parseColumns("volume,last,volume")).toEqual(["symbol", "last", "volume"]);
    const without = toggleColumn(USUAL_COLUMNS, "bid");
    expect(formatColumns(without ?? [])).not.toContain("bid");
    expect(toggleColumn(without ?? [], "bid")).toBeNull();
    expect(toggleColumn(USUAL_COLUMNS, "symbol")).toBeNull();
  });
});
