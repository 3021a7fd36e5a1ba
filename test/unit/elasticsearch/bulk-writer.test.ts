import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { WriteItem } from "#lib/contracts/engine-store.ts";
import { DAY } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import type { Elastic, Request } from "#lib/elasticsearch/client.ts";
import { BulkWriter } from "#lib/elasticsearch/bulk-writer.ts";
import { IndexNames } from "#lib/elasticsearch/index-names.ts";
import { Indices } from "#lib/elasticsearch/indices.ts";
import { until } from "#test/support/until.ts";

const names = new IndexNames("x-");
const DONE = { index: { status: 201 } };
const BUSY = { index: { status: 429, error: { type: "es_rejected_execution_exception" } } };
const GONE = { index: { status: 404, error: { type: "index_not_found_exception" } } };
const BAD = { index: { status: 400, error: { type: "mapper_parsing_exception", reason: "no number" } } };

type Answer = object[] | Error | "hang";

/** A server that answers bulk requests as told, then with success. */
class FakeServer implements Elastic {
  readonly sent: string[] = [];
  readonly created: string[] = [];
  readonly answers: Answer[];
  inFlight = 0;
  ended = 0;
  mostInFlight = 0;

  constructor(answers: Answer[] = []) {
    this.answers = answers;
  }

  async request<T>(_doing: string, { path, lines, signal }: Request): Promise<T> {
    if (lines === undefined) {
      this.created.push(path);
      return {} as T;
    }
    const text = lines.toString();
    this.sent.push(text);
    this.mostInFlight = Math.max(this.mostInFlight, (this.inFlight += 1));
    const answer = this.answers.shift();
    await sleep(answer === "hang" ? 10_000 : 1, null, { signal }).catch(() => undefined);
    this.inFlight -= 1;
    this.ended += 1;
    if (answer instanceof Error) throw answer;
    if (signal?.aborted) throw new TapedeckError("UNAVAILABLE", "aborted");
    const items = Array.isArray(answer)
      ? answer
      : text.split("\n").flatMap((_, index) => (index % 2 === 1 ? [DONE] : []));
    return { errors: true, items } as T;
  }

  find<T>(): Promise<T | null> {
    return Promise.resolve(null);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function writerFor(server: FakeServer): BulkWriter {
  const indices = new Indices(server, names, { RETENTION_1S_DAYS: 1, RETENTION_1M_DAYS: 60 });
  return new BulkWriter(server, names, indices, { warn: () => {} });
}

function window(id: string, written = Date.now() * 1000, start = 0): WriteItem {
  return { target: { kind: "window", interval: "1s", start }, id, version: 1, body: JSON.stringify({ id, written }) };
}
const ids = (lines: string): string[] => [...lines.matchAll(/"_id":"(.*?)"/g)].map(([, id = ""]) => id);

test("only what failed is sent again, the same bytes", async () => {
  const server = new FakeServer([[DONE, BUSY, DONE, BUSY]]);
  await writerFor(server).write(["a", "b", "c", "d"].map((id) => window(id)));
  expect(server.sent.map(ids)).toEqual([
    ["a", "b", "c", "d"],
    ["b", "d"],
  ]);
  const [first = "", second = ""] = server.sent;
  const lines = first.split("\n");
  expect(second.split("\n")).toEqual([lines[2], lines[3], lines[6], lines[7], ""]);
});

test("a request that was lost is sent again whole", async () => {
  const server = new FakeServer([
    new TapedeckError("TIMEOUT", "no answer"),
    new TapedeckError("UNAVAILABLE", "refused"),
  ]);
  await writerFor(server).write([window("a"), window("b")]);
  expect(server.sent.map(ids)).toEqual([
    ["a", "b"],
    ["a", "b"],
    ["a", "b"],
  ]);
});

test("an item that will never be taken rejects the round, naming it, and ends its other requests", async () => {
  const server = new FakeServer([[...Array.from({ length: 1999 }, () => DONE), BAD], "hang"]);
  const items = Array.from({ length: 2002 }, (_, index) => window(`item ${index}`));
  await expect(writerFor(server).write(items)).rejects.toMatchObject({
    code: "REJECTED",
    message: expect.stringMatching(/item 1999.*no number/) as string,
  });
  await until(() => server.ended === 2);
});

test("a request that is refused as a whole rejects, naming where it began", async () => {
  const server = new FakeServer([new TapedeckError("REJECTED", "illegal version")]);
  await expect(writerFor(server).write([window("a")])).rejects.toMatchObject({
    code: "REJECTED",
    message: expect.stringMatching(/from a on.*illegal version/) as string,
  });
});

test("a missing index is created once, then its items are sent again", async () => {
  const server = new FakeServer([[GONE, DONE, GONE]]);
  await writerFor(server).write([window("a"), window("b"), window("c")]);
  expect(server.created).toEqual(["/x-bars-1s-1970.01.01"]);
  expect(server.sent.map(ids)).toEqual([
    ["a", "b", "c"],
    ["a", "c"],
  ]);
});

test("a bar written longer ago than its retention counts as done: its dropped index does not come back", async () => {
  const server = new FakeServer([[GONE, GONE]]);
  const old = Date.now() * 1000 - DAY - 1;
  await writerFor(server).write([window("old", old), window("new")]);
  expect(server.sent.map(ids)).toEqual([["old", "new"], ["new"]]);
});

test("a missing index of checkpoints is never made anew by a write", async () => {
  const server = new FakeServer([[GONE]]);
  const slot: WriteItem = { target: { kind: "slot" }, id: "slot|X:A", version: 1, body: "{}" };
  await expect(writerFor(server).write([slot])).rejects.toMatchObject({ code: "REJECTED" });
  expect(server.created).toEqual([]);
});

test("at most three requests are out, whoever writes", async () => {
  const server = new FakeServer();
  const writer = writerFor(server);
  const round = Array.from({ length: 2000 * 4 }, (_, index) => window(String(index)));
  await Promise.all([writer.write(round), writer.write(round)]);
  expect(server.mostInFlight).toBe(3);
  expect(server.sent).toHaveLength(8);
});

test("an abort ends the waiting for a server that does not answer", async () => {
  const server = new FakeServer(["hang"]);
  const stop = new AbortController();
  const writing = writerFor(server).write([window("a")], stop.signal);
  await sleep(20);
  stop.abort();
  await expect(writing).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
