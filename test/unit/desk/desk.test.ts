import { describe, expect, test } from "vitest";
import {
  asKind,
  chosen,
  closed,
  cutInTwo,
  type Desk,
  linked,
  swappedBy,
  reopened,
  withChart,
  withFirstSymbol,
  withList,
} from "../../../app/_desk/_layout/desk.ts";
import { formatDeskLink, parseDeskLink } from "../../../app/_desk/_layout/desk-link.ts";
import { arranged, firstDesk, PRESETS } from "../../../app/_desk/_layout/presets.ts";
import { formatTree, MOST_PANELS } from "../../../app/_desk/_layout/tree-text.ts";
import { panelsOf } from "../../../app/_desk/_layout/tree.ts";
import { USUAL_CHART } from "../../../app/_lib/chart-link.ts";
import { USUAL_LIST } from "../../../app/_lib/market-link.ts";

const FIRST = firstDesk("SIM:AAPL");
const symbols = (desk: Desk): (string | null)[] => panelsOf(desk.tree).map((id) => desk.panels.get(id)?.symbol ?? null);
const kinds = (desk: Desk): (string | undefined)[] => panelsOf(desk.tree).map((id) => desk.panels.get(id)?.kind);
const presetOf = (name: string) => {
  const found = PRESETS.find((preset) => preset.name === name);
  if (!found) throw new Error(`no preset ${name}`);
  return found;
};

const parsed = (query: string) => parseDeskLink(Object.fromEntries(new URLSearchParams(query)));

describe("panels of one colour", () => {
  test("show one symbol, whichever of them chooses it", () => {
    expect(symbols(chosen(FIRST, 1, "SIM:MSFT"))).toEqual(Array.from({ length: 5 }, () => "SIM:MSFT"));
  });

  test("are left by one that takes no colour, or another", () => {
    const apart = chosen(linked(FIRST, 2, null), 1, "SIM:MSFT");
    expect(symbols(apart)).toEqual(["SIM:MSFT", "SIM:AAPL", "SIM:MSFT", "SIM:MSFT", "SIM:MSFT"]);
  });

  test("give their symbol to one that joins", () => {
    const apart = chosen(linked(FIRST, 2, "b"), 2, "SIM:NVDA");
    expect(symbols(linked(apart, 5, "b"))[4]).toBe("SIM:NVDA");
  });

  test("keep how a chart is drawn, and not which part of another symbol's past is in sight", () => {
    const chart = { ...USUAL_CHART, interval: "1h" as const, to: 1_700_000_000_000_000, prices: { low: 1, high: 2 } };
    const desk = chosen(withChart(FIRST, 2, chart), 1, "SIM:MSFT");
    expect(desk.panels.get(2)?.chart).toEqual({ ...chart, to: null, prices: null });
    expect(chosen(withChart(FIRST, 2, chart), 1, "SIM:AAPL").panels.get(2)?.chart).toEqual(chart);
  });
});

describe("a panel without a symbol", () => {
  test("takes that of its colour, and where that has none the one that is given", () => {
    const { desk } = parsed("?grid=h3.33.1.33.2.33.3&1=chart&1.symbol=SIM:MSFT&1.link=a&2=quote&2.link=a&3=tape");
    expect(desk && symbols(withFirstSymbol(desk, "SIM:NVDA"))).toEqual(["SIM:MSFT", "SIM:MSFT", "SIM:NVDA"]);
  });
});

describe("a desk", () => {
  test("takes a closed panel back to its place, with what was done since", () => {
    const since = chosen(closed(FIRST, 2), 1, "SIM:MSFT");
    const back = reopened(since, FIRST, 2);
    expect(back.tree).toEqual(FIRST.tree);
    expect(symbols(back)).toEqual(["SIM:MSFT", "SIM:AAPL", "SIM:MSFT", "SIM:MSFT", "SIM:MSFT"]);
    const cut = cutInTwo(closed(FIRST, 5), 4, "row");
    expect(kinds(reopened(closed(cut, 1), FIRST, 1))).toContain("watchlist");
  });

  test("cuts a panel in two that show the same, up to eight", () => {
    let desk = arranged(FIRST, presetOf("one"));
    for (let cuts = 0; cuts < 10; cuts++) desk = cutInTwo(desk, panelsOf(desk.tree).at(-1) ?? 1, "row");
    expect(panelsOf(desk.tree)).toHaveLength(MOST_PANELS);
    expect(new Set(symbols(desk))).toEqual(new Set(["SIM:AAPL"]));
  });

  test("closes all panels but the last", () => {
    const desk = [1, 2, 3, 4, 5].reduce(closed, FIRST);
    expect(kinds(desk)).toEqual(["tape"]);
    expect([...desk.panels.keys()]).toEqual([5]);
  });

  test("swaps a panel with the next, the last with the first", () => {
    expect(kinds(swappedBy(FIRST, 1, 1)).slice(0, 2)).toEqual(["chart", "watchlist"]);
    expect(kinds(swappedBy(FIRST, 5, 1))).toEqual(["tape", "chart", "quote", "sizes", "watchlist"]);
  });

  test("is arranged with the panels it has: charts first, new ones with the first one's symbol", () => {
    expect(kinds(arranged(FIRST, presetOf("two")))).toEqual(["chart", "watchlist"]);
    const eight = arranged(FIRST, presetOf("eight"));
    expect(kinds(eight)).toEqual(["chart", "watchlist", "quote", "sizes", "tape", "chart", "chart", "chart"]);
    expect(new Set(symbols(eight))).toEqual(new Set(["SIM:AAPL"]));
    expect(kinds(arranged(arranged(FIRST, presetOf("one")), presetOf("trading")))).toEqual(kinds(FIRST));
  });
});

describe("a link to a desk", () => {
  test("keeps the ratio of two", () => {
    const desk = chosen(FIRST, 2, "SIM:AAPL/SIM:MSFT");
    expect(parsed(formatDeskLink({ desk, alone: null, saved: null, zone: null })).desk).toEqual(desk);
  });

  test("restores everything", () => {
    const chart = {
      ...USUAL_CHART,
      interval: "1h" as const,
      type: "line" as const,
      compared: ["SIM:NVDA"],
      bars: 300,
      to: 1_700_000_000_000_000,
    };
    const listed = withList(FIRST, 1, { list: "abcdefgh1", sort: { key: "volume", order: "descending" } });
    const desk: Desk = {
      ...withChart(linked(asKind(listed, 3, "chart"), 3, "c"), 3, chart),
      crosshair: false,
      range: true,
    };
    const link = { desk, alone: 3, saved: "abcdefgh1", zone: "utc" };
    expect(parsed(formatDeskLink(link))).toEqual(link);
  });

  test("is readable", () => {
    expect(
      decodeURIComponent(
        formatDeskLink({ desk: arranged(FIRST, presetOf("two")), alone: null, saved: null, zone: null }),
      ),
    ).toBe("?grid=h2.50.1.50.2&1=chart&1.symbol=SIM:AAPL&1.link=a&2=watchlist&2.symbol=SIM:AAPL&2.link=a");
  });

  test("leaves out what is not understood", () => {
    expect(parsed("?grid=nonsense")).toEqual({ desk: null, alone: null, saved: null, zone: null });
    const { desk, alone } = parsed("?grid=h2.50.1.50.2&1=news&1.symbol=nothing%20here&1.interval=7m&2.link=z&alone=7");
    expect(desk?.panels.get(1)).toEqual({
      kind: "chart",
      symbol: null,
      link: null,
      chart: USUAL_CHART,
      list: USUAL_LIST,
    });
    expect(desk?.panels.get(2)?.link).toBeNull();
    expect(alone).toBeNull();
  });

  test.each(PRESETS)("holds the preset $name", ({ tree }) => {
    expect(panelsOf(tree).length).toBeLessThanOrEqual(MOST_PANELS);
    expect(parsed(`?grid=${formatTree(tree)}`).desk?.tree).toEqual(tree);
  });
});
