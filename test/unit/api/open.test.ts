import { describe, expect, test } from "vitest";
import { z } from "zod";
import { microsSchema } from "#lib/contracts/ticks.ts";
import type { LiveFrame } from "#lib/contracts/views.ts";
import { frameText } from "#lib/api/open/event-stream.ts";
import { OPEN_OPERATIONS } from "#lib/api/open/open-operations.ts";
import { exampleOf, openApiDocument } from "#lib/api/open/openapi.ts";
import { queries } from "#lib/api/open/procedure-operations.ts";
import { DESCRIBED, OF_PAGES } from "#lib/api/open/procedures.ts";
import { inputSchema, queryInput } from "#lib/api/open/query-input.ts";
import { scriptStreamInput, scriptTopics } from "#lib/services/live/script-stream.ts";
import { unknownQuote } from "#lib/live/quote-view.ts";
import { print, TODAY } from "../live/lines.ts";

const SCHEMA = inputSchema(
  z.object({
    words: z.string(),
    limit: z.int().min(1).default(20),
    share: z.number().optional(),
    exact: z.boolean().optional(),
    from: microsSchema.optional(),
    symbols: z.array(z.string()).optional(),
  }),
);

function input(query: string): Record<string, unknown> {
  return queryInput(SCHEMA, new URLSearchParams(query));
}

describe("parameters of an address", () => {
  test("become what the schema wants", () => {
    expect(input("words=7&limit=3&share=-0.5&exact=false&from=1728000000000000&symbols=A:B,C:D")).toEqual({
      words: "7",
      limit: 3,
      share: -0.5,
      exact: false,
      from: 1_728_000_000_000_000,
      symbols: ["A:B", "C:D"],
    });
  });

  test("take times in ISO 8601, and lists repeated", () => {
    expect(input("from=2024-10-04&symbols=A&symbols=B,C")).toEqual({
      from: 1_728_000_000_000_000,
      symbols: ["A", "B", "C"],
    });
  });

  test("stay text where they are nothing else, for the schema to complain of", () => {
    expect(input("limit=many&exact=yes&from=yesterday")).toEqual({ limit: "many", exact: "yes", from: "yesterday" });
    expect(input("limit=")).toEqual({ limit: "" });
    expect(input("limit=1&limit=2")).toEqual({ limit: ["1", "2"] });
  });

  test("of which there are none are refused by name, those of every object too", () => {
    expect(() => input("wrods=x")).toThrow('no parameter "wrods" here: it takes words, limit');
    expect(() => input("constructor=x")).toThrow("no parameter");
    expect(queryInput(SCHEMA, new URLSearchParams("_=1&words=x"), true)).toEqual({ words: "x" });
  });
});

describe("the description", () => {
  const document = openApiDocument(OPEN_OPERATIONS, { version: "1.2.3", limit: 600, now: TODAY });

  test("has every query of the router but those of our own pages, and nothing that changes anything", () => {
    expect([...Object.keys(DESCRIBED), ...OF_PAGES].toSorted()).toEqual([...queries().keys()].toSorted());
    const described = Object.keys(document.paths).filter((path) => path.startsWith("/api/v1/"));
    expect(described).toEqual(expect.arrayContaining(Object.keys(DESCRIBED).map((name) => `/api/v1/${name}`)));
    expect(described.filter((path) => /add|edit|set|decide|log/.test(path))).toEqual([]);
  });

  test("says of a procedure what the router itself demands", () => {
    const { parameters, responses } = document.paths["/api/v1/bars.page"]?.get ?? {};
    expect(parameters?.map(({ name, required }) => [name, required])).toEqual([
      ["symbol", true],
      ["interval", true],
      ["session", false],
      ["to", false],
      ["limit", false],
      ["adjust", false],
    ]);
    expect(parameters?.find(({ name }) => name === "limit")?.schema).toMatchObject({ maximum: 2_000, default: 500 });
    expect(parameters?.find(({ name }) => name === "to")?.schema).toMatchObject({
      anyOf: [{ type: "integer" }, { type: "string" }],
    });
    expect(JSON.stringify(responses)).toContain('"vwap"');
  });

  test("names each operation once", () => {
    const ids = Object.values(document.paths).map(({ get }) => get.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["barsPage", "barsCsv", "barsParquet", "stream", "udfHistory"]));
  });

  test("has examples of the day", () => {
    expect(document.paths["/api/v1/correlation.matrix"]?.get["x-example"]).toBe(
      "/api/v1/correlation.matrix?symbols=SIM:AAPL,SIM:MSFT&from=2024-10-03&to=2024-10-04",
    );
  });

  test("has an example of each that the operation takes", () => {
    for (const operation of OPEN_OPERATIONS) {
      const parameters = new URL(`http://desk${exampleOf(operation, TODAY)}`).searchParams;
      expect([...parameters.keys()]).toEqual(Object.keys(operation.example));
      expect(() => queryInput(operation.input, parameters)).not.toThrow();
      for (const name of operation.input.required ?? []) expect(operation.example).toHaveProperty(name);
    }
  });
});

describe("events of a frame", () => {
  const empty: LiveFrame = { serverTime: 5, connected: true, quotes: [], bars: [], prints: [], alerts: [] };

  test("are one for each thing told, and only the last has the id to go on from", () => {
    const frame = {
      ...empty,
      quotes: [unknownQuote("SIM:AAPL"), unknownQuote("SIM:MSFT")],
      prints: [{ symbol: "SIM:AAPL", prints: [print(1)], skipped: 2 }],
    };
    const events = frameText({ id: "a.7", frame }, empty).split("\n\n").slice(0, -1);
    expect(events.map((event) => event.split("\n").map((line) => line.split(": ")[0]))).toEqual([
      ["event", "data"],
      ["event", "data"],
      ["event", "id", "data"],
    ]);
    const told = events.map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "") as object);
    expect(told).toMatchObject([
      { type: "quote", symbol: "SIM:AAPL" },
      { type: "quote", symbol: "SIM:MSFT" },
      { type: "print", symbol: "SIM:AAPL", skipped: 2 },
    ]);
  });

  test("tell at first, and when it changes, whether the log is read", () => {
    expect(frameText({ id: "a.1", frame: empty }, null)).toBe(
      'event: status\nid: a.1\ndata: {"type":"status","connected":true,"serverTime":5}\n\n',
    );
    expect(frameText({ id: "a.1", frame: { ...empty, connected: false } }, empty)).toContain('"connected":false');
  });

  test("are a comment where there is no news", () => {
    expect(frameText({ id: "a.1", frame: empty }, empty)).toBe(": heartbeat 5\n\n");
  });
});

const topics = (over: object) => scriptTopics(scriptStreamInput.parse({ symbols: ["SIM:AAPL", "SIM:AAPL"], ...over }));

describe("what a stream tells of", () => {
  test("is quotes, unless bars and prints are named, each symbol once", () => {
    expect(topics({})).toEqual({ quotes: ["SIM:AAPL"], bars: [], prints: [] });
    expect(topics({ types: ["bar", "print"], interval: "1s" })).toEqual({
      quotes: [],
      bars: [{ symbol: "SIM:AAPL", interval: "1s" }],
      prints: ["SIM:AAPL"],
    });
  });

  test("is bounded", () => {
    const symbols = Array.from({ length: 33 }, (_, index) => `SIM:S${index}`);
    expect(topics({ symbols }).quotes).toHaveLength(33);
    expect(() => topics({ symbols, types: ["quote", "bar"] })).toThrow("bars of 32 symbols at most");
    expect(() => topics({ symbols: symbols.slice(0, 9), types: ["print"] })).toThrow("prints of 8 symbols at most");
  });
});
