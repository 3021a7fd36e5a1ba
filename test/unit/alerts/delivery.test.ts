import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { AlertCounters } from "#lib/alerts/alert-counters.ts";
import { Deliveries, MOST_SETTLING, MOST_WAITING, MUTED_AFTER, POSTED_AGAIN_FOR } from "#lib/alerts/delivery.ts";
import { type Answer, type Post, webhook } from "#lib/alerts/webhook.ts";
import type { AlertTrigger } from "#lib/contracts/alerts.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { FakeAlertStore } from "./fakes.ts";
import { alertRule, BEGIN, SYMBOL } from "./lines.ts";

function trigger(number: number, over: Partial<AlertTrigger> = {}): AlertTrigger {
  const { id: rule, condition } = alertRule(1);
  return {
    id: `${rule}|1|0|1|${number}|0`,
    rule,
    revision: 1,
    symbol: SYMBOL,
    condition,
    interval: "1m",
    start: BEGIN,
    note: "a note",
    price: 101,
    value: 101,
    time: BEGIN,
    partition: 0,
    epoch: 1,
    offset: number,
    line: 0,
    ticks: 1,
    recorded: BEGIN + SECOND,
    delivery: { state: "pending", attempts: 0, reason: null, time: null },
    ...over,
  };
}

function setUp(post: Post | null) {
  const store = new FakeAlertStore();
  const told: AlertTrigger[] = [];
  const aborted = new AbortController();
  const clock = { now: BEGIN + SECOND };
  const deliveries = new Deliveries({
    store,
    producer: {
      send: async (_, frames) =>
        void told.push(...frames.map(({ value }) => JSON.parse(String(value)) as AlertTrigger)),
    },
    topic: "alerts",
    post,
    counters: new AlertCounters(),
    now: () => clock.now,
    warn: () => undefined,
    signal: aborted.signal,
    random: () => 0,
    wait: async (milliseconds) => void (clock.now += milliseconds * 1000),
  });
  const settled = () =>
    [...store.log.values()].map(({ delivery: { state, attempts, reason } }) => ({ state, attempts, reason }));
  return { deliveries, told, store, settled, aborted, clock };
}

const answers = (...kinds: Answer["kind"][]): Post => {
  return () => {
    const kind = kinds.shift() ?? "again";
    return Promise.resolve({ kind, reason: kind === "sent" ? null : "503" });
  };
};

test("without a webhook it is told to open pages", async () => {
  const { deliveries, told, settled } = setUp(null);
  deliveries.take([trigger(1)]);
  await deliveries.done();
  expect(told).toMatchObject([{ offset: 1, delivery: { state: "pages" } }]);
  expect(settled()).toEqual([{ state: "pages", attempts: 0, reason: null }]);
});

test("a receiver that does not answer is asked again", async () => {
  const { deliveries, told, settled } = setUp(answers("again", "again", "sent"));
  deliveries.take([trigger(1)]);
  await deliveries.done();
  expect(told).toHaveLength(1);
  expect(settled()).toEqual([{ state: "sent", attempts: 3, reason: null }]);
});

test("one that refuses is asked no more", async () => {
  const { deliveries, settled } = setUp(answers("refused", "sent"));
  deliveries.take([trigger(1)]);
  await deliveries.done();
  expect(settled()).toEqual([{ state: "failed", attempts: 1, reason: "503" }]);
});

test("while it stays down each alert has failed after two minutes, and those behind it are told to pages at once", async () => {
  const { deliveries, told, settled, clock } = setUp(answers());
  deliveries.take([trigger(1), trigger(2)]);
  expect(told).toHaveLength(2);
  await deliveries.done();
  expect(settled()).toMatchObject([{ state: "failed" }, { state: "failed", reason: "503" }]);
  expect(clock.now - BEGIN).toBeLessThanOrEqual(POSTED_AGAIN_FOR + SECOND);
});

test("what was noticed too late is muted", async () => {
  const { deliveries, told, settled } = setUp(answers("sent"));
  deliveries.take([trigger(1, { recorded: BEGIN + MUTED_AFTER + SECOND })]);
  await deliveries.done();
  expect(told).toMatchObject([{ delivery: { state: "muted" } }]);
  expect(settled()).toEqual([{ state: "muted", attempts: 0, reason: "Noticed 61 s after it happened." }]);
});

test("beyond its capacity an alert is not posted, and says so", async () => {
  const { deliveries, settled } = setUp(answers(...Array.from({ length: MOST_WAITING + 1 }, () => "sent" as const)));
  deliveries.take(Array.from({ length: MOST_WAITING + 1 }, (_, number) => trigger(number)));
  await deliveries.done();
  expect(settled().filter(({ state }) => state === "sent")).toHaveLength(MOST_WAITING);
  const failed = settled().filter(({ state }) => state === "failed");
  expect(failed).toMatchObject([{ reason: "More than 1000 alerts wait for the webhook." }]);
});

test("a receiver that hangs holds back nothing that does not wait for it, and no more than its capacity", async () => {
  const asked: AlertTrigger[] = [];
  const answer = Promise.withResolvers<Answer>();
  const { deliveries, settled, store } = setUp((alert) => {
    asked.push(alert);
    return answer.promise;
  });
  deliveries.take(Array.from({ length: MOST_WAITING }, (_, number) => trigger(number)));
  const late = Array.from({ length: 50 }, (_, number) => {
    return trigger(9_000 + number, { recorded: BEGIN + MUTED_AFTER + SECOND });
  });
  deliveries.take([trigger(5_000), ...late]);
  await vi.waitFor(() => expect(store.log.size).toBe(51));
  expect(settled()[0]).toMatchObject({ state: "failed", reason: "More than 1000 alerts wait for the webhook." });
  expect(settled().filter(({ state }) => state === "muted")).toHaveLength(50);
  expect(asked).toHaveLength(1);
  answer.resolve({ kind: "refused", reason: "404" });
  await deliveries.done();
  expect(store.log.size).toBe(MOST_WAITING + 51);
});

test("of what waits for a log that does not answer, more than its capacity stays pending there and can be taken again", async () => {
  const { deliveries, store, told } = setUp(null);
  const written = Promise.withResolvers<undefined>();
  const { settle } = store;
  store.settle = (alert) => written.promise.then(() => settle(alert));
  const triggers = Array.from({ length: MOST_SETTLING + 7 }, (_, number) => trigger(number));
  deliveries.take(triggers);
  expect(told).toHaveLength(MOST_SETTLING + 7);
  written.resolve(undefined);
  await deliveries.done();
  expect(store.log.size).toBe(MOST_SETTLING);
  deliveries.take(triggers.slice(-7));
  await deliveries.done();
  expect(store.log.size).toBe(MOST_SETTLING + 7);
});

test("what is under way is not taken again", async () => {
  const { deliveries, told } = setUp(answers("sent", "sent"));
  deliveries.take([trigger(1)]);
  deliveries.take([trigger(1)]);
  await deliveries.done();
  expect(told).toHaveLength(1);
});

test("a log that does not answer is written when it does", async () => {
  const { deliveries, store, settled } = setUp(null);
  store.failures = 2;
  deliveries.take([trigger(1)]);
  await deliveries.done();
  expect(settled()).toHaveLength(1);
});

test("when the process ends, what is not settled stays pending", async () => {
  const { deliveries, settled, aborted } = setUp(answers());
  deliveries.take([trigger(1), trigger(2)]);
  aborted.abort();
  await deliveries.done();
  expect(settled()).toEqual([]);
});

let server: Server | null = null;
afterEach(() => void server?.close());

/** A receiver that answers with a status. */
async function receiver(status: number): Promise<{ url: string; bodies: unknown[] }> {
  const bodies: unknown[] = [];
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      bodies.push({ key: request.headers["idempotency-key"], ...(JSON.parse(String(Buffer.concat(parts))) as object) });
      response.writeHead(status, { location: "/elsewhere" }).end("a body");
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", () => listening.resolve());
  await listening.promise;
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, bodies };
}

test.each([
  [204, "sent"],
  [302, "refused"],
  [404, "refused"],
  [429, "again"],
  [503, "again"],
] as const)("an answer of %i means %s", async (status, kind) => {
  const { url, bodies } = await receiver(status);
  expect(await webhook(url, "ticks", () => undefined)(trigger(7))).toMatchObject({ kind });
  expect(bodies).toMatchObject([
    {
      key: trigger(7).id,
      id: trigger(7).id,
      text: "SIM:AAPL: price crosses up 100",
      time: "2026-01-05T15:00:00.000Z",
      tick: { topic: "ticks", partition: 0, offset: 7, line: 0 },
    },
  ]);
});

test("why a receiver cannot be reached is told by its code alone; what else there is to say goes to the process", async () => {
  const { url } = await receiver(204);
  const closed = Promise.withResolvers<void>();
  server?.close(() => closed.resolve());
  await closed.promise;
  const said: unknown[] = [];
  const post = webhook(url, "ticks", (error) => said.push(error));
  expect(await post(trigger(1))).toEqual({ kind: "again", reason: "The receiver cannot be reached: ECONNREFUSED." });
  expect(String(said[0])).toContain(new URL(url).host);
});

test("nothing of a URL that cannot be asked is told", async () => {
  const post = webhook("http://user:geheim@127.0.0.1:9/", "ticks", () => undefined);
  expect(await post(trigger(1))).toEqual({ kind: "again", reason: "The receiver cannot be reached." });
});
