import { expect, test } from "vitest";
import type { Ticker } from "#lib/contracts/tickers.ts";
import { compact, fold } from "#lib/elasticsearch/fold.ts";
import { toTickerDocument } from "#lib/elasticsearch/ticker-document.ts";
import { explainMatch } from "#lib/elasticsearch/ticker-search.ts";

const META: Ticker = {
  symbol: "SIM:META",
  name: "Meta Platforms",
  sourceSymbol: "META",
  source: "simulator",
  sector: "Communication Services",
  formerTickers: ["FB"],
  aliases: ["Facebook", "Estée"],
  calendar: "utc",
  profile: "all",
  currency: "USD",
  actions: [],
  tickSize: 0.01,
  marketValue: null,
  liquidity: 1,
  state: "enabled",
  addedAt: 0,
  updatedAt: 0,
};

test("accents and case fold away, also letters that are no base and accent", () => {
  expect(fold(" Estée LAUDER ")).toBe("estee lauder");
  expect(fold("Mærsk Straße Łódź")).toBe("maersk strasse lodz");
  expect(compact("BRK.B")).toBe("brkb");
  expect(compact("AT&T")).toBe("att");
});

test("what is searched is folded by the writer", () => {
  expect(toTickerDocument({ ...META, symbol: "NYSE:BRK.B", name: "Estée Lauder" }).search).toEqual({
    ticker: "brk.b",
    compact: "brkb",
    compactName: "esteelauder",
    formerTickers: ["fb"],
    name: "estee lauder",
    aliases: ["facebook", "estee"],
  });
});

test.each([
  ["META", null],
  ["sim:meta", null],
  ["met", null],
  ["meta plat", null],
  ["metaplat", null],
  ["fb", "former ticker FB"],
  ["face", "also Facebook"],
  ["estee", "also Estée"],
  ["platfroms", "similar name"],
  ["", null],
])("%j is explained by %j", (words, matched) => {
  expect(explainMatch(META, words)).toBe(matched);
});
