import { expect, test } from "vitest";
import type { Elastic, Request } from "#lib/elasticsearch/client.ts";
import { volumesOf } from "#lib/elasticsearch/volumes.ts";

const RANGES = [
  { from: 200, to: 300 },
  { from: 100, to: 200 },
];

/** Answers with one after the other. */
function scripted(answers: readonly unknown[]): { elastic: Elastic; asked: Request[] } {
  const asked: Request[] = [];
  const elastic: Elastic = {
    request: <T>(_doing: string, request: Request) => {
      asked.push(request);
      return Promise.resolve(answers[asked.length - 1] as T);
    },
    find: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  };
  return { elastic, asked };
}

const origin = (volume: number, first: number, last: number) => ({
  volume: { value: volume },
  first: { value: first },
  last: { value: last },
});

const answer = (buckets: readonly object[]) => ({
  aggregations: { symbols: { buckets: [{ key: "SIM:A", ranges: { buckets } }] } },
});

const row = (start: number, volume: number, given: boolean, complete = !given) => ({
  fields: {
    symbol: ["SIM:A"],
    start: [start],
    volume: [volume],
    given: [given],
    ...(given ? {} : { complete: [complete] }),
  },
  sort: [],
});

test("each range has the sum of its windows in the order asked for, and null where there is none", async () => {
  const { elastic, asked } = scripted([
    answer([
      { from: 100, to: 200, origins: { buckets: [origin(7, 100, 150), origin(5, 160, 190)] } },
      { from: 200, to: 300, origins: { buckets: [] } },
    ]),
  ]);
  expect(await volumesOf(elastic, "bars-1m", ["SIM:A", "SIM:B"], RANGES)).toEqual(new Map([["SIM:A", [null, 12]]]));
  expect(asked).toHaveLength(1);
});

test("where built and given bars lie over each other, a window's complete built bar counts, else the given one", async () => {
  const { elastic } = scripted([
    answer([{ from: 100, to: 200, origins: { buckets: [origin(60, 100, 130), origin(500, 120, 190)] } }]),
    {
      hits: {
        hits: [row(120, 10, false), row(120, 11, true), row(130, 20, false, false), row(130, 25, true)],
      },
    },
  ]);
  // Of the first window the given bar is taken off, of the second the built one.
  expect(await volumesOf(elastic, "bars-1m", ["SIM:A"], RANGES)).toEqual(new Map([["SIM:A", [null, 560 - 11 - 20]]]));
});
