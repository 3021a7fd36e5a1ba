import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ruleKey, type AlertTrigger, type RuleContent } from "#lib/contracts/alerts.ts";
import type { LogProducer } from "#lib/contracts/log.ts";
import type { AlertList, AlertPreview, AlertRow } from "#lib/contracts/alert-views.ts";
import { names } from "#lib/contracts/topics.ts";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { MINUTE, SECOND, type Micros } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import type { Running } from "#infra/engines/engine.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { ticker } from "#test/support/ticker.ts";
import { eventually, workerFolder, type WorkerFolder } from "#test/support/workers.ts";
import { ask, change, listen, take } from "./api-client.ts";
import { PASSWORD, startApi, type ApiHarness } from "./api-harness.ts";

const SYMBOL = "SIM:ALERTED";
const CHANNEL = "alerted-0";
const PATIENCE = 60_000;

let api: ApiHarness;
let workers: WorkerFolder;
let producer: LogProducer;
let receiver: Server;
let watching: Running;
let admin: Readonly<Record<string, string>>;
const posted: { id: string }[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      posted.push(JSON.parse(String(Buffer.concat(parts))) as { id: string });
      // The first time it is not there yet.
      response.writeHead(posted.length === 1 ? 503 : 204).end();
    });
  });
  const listening = Promise.withResolvers<void>();
  receiver.listen(0, "127.0.0.1", () => listening.resolve());
  await listening.promise;
  const environment = {
    ...engineEnvironment(),
    TAPEDECK_ALERT_WEBHOOK: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    TAPEDECK_CHECKPOINT: "200",
  };
  api = await startApi(environment);
  await api.elasticsearch.tickers.seed([ticker(SYMBOL)]);
  producer = await api.kafka.producer();
  workers = workerFolder(environment);
  workers.start("aggregate");
  watching = workers.start("alerts");
  const { cookie } = await change(api.address, "session.login", { password: PASSWORD });
  admin = { cookie: cookie?.split(";")[0] ?? "" };
  await eventually("all partitions to be watched", PATIENCE, async () => {
    const reports = (await api.elasticsearch.sources.workers()).filter(({ role }) => role === "alerts");
    return reports.some(({ partitions }) => partitions.length === api.config.TAPEDECK_PARTITIONS) ? true : null;
  });
}, PATIENCE);

afterAll(async () => {
  await workers.close();
  await api.close();
  receiver.close();
});

let id = 0;

/** One trade a message; gives its offset. */
async function send(price: number): Promise<number> {
  const now: Micros = Date.now() * 1_000;
  id += 1;
  const shared = { symbol: SYMBOL, channel: CHANNEL } as const;
  const lateness = { "1s": SECOND, "1m": SECOND, "5m": SECOND, "1h": SECOND, "1d": SECOND };
  const begin: TickLine[] = [
    {
      type: "config",
      channel: CHANNEL,
      n: 1,
      symbols: [SYMBOL],
      calendar: "utc",
      profile: "all",
      guard: { band: 0.5, prints: 5 },
      lateness,
      tolerance: MINUTE,
      correctionHorizon: MINUTE,
    },
    { type: "ready", ...shared, n: 1, from: now - MINUTE },
  ];
  const trade: TickLine = { type: "trade", ...shared, time: now, receivedTime: now, price, size: 10, id };
  const partition = partitionOf(SYMBOL, api.config.TAPEDECK_PARTITIONS);
  const { ticks } = names(api.config.TAPEDECK_NAMESPACE);
  const value = Buffer.from([...(id === 1 ? begin : []), trade].map((line) => JSON.stringify(line)).join("\n"));
  await producer.send(ticks, [{ partition, value }]);
  return ((await api.kafka.topicEnds(ticks)).find((each) => each.partition === partition)?.end ?? 0) - 1;
}

const content = (over: Partial<RuleContent> = {}): Partial<RuleContent> => {
  const condition = { kind: "cross", level: 110, direction: "up" } as const;
  return { symbol: SYMBOL, condition, frequency: { kind: "once" }, note: "watch me", ...over };
};
/** What an edit says: the symbol stays. */
const edited = (over: Partial<RuleContent> = {}): Omit<Partial<RuleContent>, "symbol"> => {
  const { symbol: _symbol, ...rest } = content(over);
  return rest;
};
const fired = async (): Promise<AlertTrigger[]> =>
  (await ask<AlertTrigger[]>(api.address, "alerts.fired", { symbol: SYMBOL })).data;
const rules = async (): Promise<AlertRow[]> => (await ask<AlertList>(api.address, "alerts.list")).data.rows;
/** Keys of the rules that have fired for good. */
const done = async (): Promise<string[]> =>
  (await rules()).filter(({ status }) => status === "done").map(({ rule }) => ruleKey(rule));
/** Until the rules are noticed and the price before is known to them. */
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 2_500));

test(
  "a tick over the level yields one entry of the log with its place, pages and the webhook are told, and a restart repeats nothing",
  async () => {
    const stranger = await change(api.address, "alerts.add", content());
    expect(stranger.error?.data.reason).toBe("UNAUTHORIZED");
    const added = await change<AlertRow>(api.address, "alerts.add", content(), admin);
    expect(added.data).toMatchObject({ status: "watching", firings: null, rule: { revision: 1, interval: "1m" } });
    await settled();
    for (let count = 0; count < 6; count += 1) await send(100);
    await settled();

    const leaving = new AbortController();
    const stream = listen(api.address, { quotes: [], bars: [], prints: [] }, { signal: leaving.signal });
    // Held by the guard: no price, and so no cross.
    await send(400);
    const offset = await send(111);
    const { frame } = await take(stream, ({ frame: { alerts } }) => alerts.length > 0);
    leaving.abort();
    expect(frame.alerts).toMatchObject([{ symbol: SYMBOL, price: 111, offset, line: 0, ticks: 1, note: "watch me" }]);

    const sent = await eventually("the webhook", PATIENCE, async () => {
      const found = await fired();
      return found[0]?.delivery.state === "sent" ? found : null;
    });
    expect(sent).toMatchObject([{ price: 111, offset, line: 0, epoch: 1, delivery: { attempts: 2, reason: null } }]);
    expect(posted).toMatchObject([{ id: sent[0]?.id }, { id: sent[0]?.id, price: 111, tick: { offset } }]);
    expect(await rules()).toMatchObject([{ status: "done", firings: { count: 1 } }]);

    await settled();
    await watching.kill();
    watching = workers.start("alerts");
    await send(100);
    await send(112);
    const changed = await change<AlertRow>(
      api.address,
      "alerts.edit",
      { ...edited({ note: "again" }), id: added.data.rule.id, version: added.data.version },
      admin,
    );
    expect(changed.data).toMatchObject({ status: "watching", rule: { revision: 2, note: "again" } });
    await settled();
    await send(100);
    await settled();
    const second = await send(113);
    const both = await eventually("the new revision to fire", PATIENCE, async () => {
      const found = await fired();
      return found.length > 1 ? found : null;
    });
    expect(both.map((trigger) => [trigger.revision, trigger.offset])).toEqual([
      [2, second],
      [1, offset],
    ]);
  },
  4 * PATIENCE,
);

test(
  "killed between the tick and its position, the worker that follows finds it once",
  async () => {
    await change(
      api.address,
      "alerts.add",
      content({ note: "killed", frequency: { kind: "every", seconds: 10 } }),
      admin,
    );
    await settled();
    await send(100);
    await settled();
    await watching.kill();
    const offset = await send(115);
    watching = workers.start("alerts");
    const found = await eventually("the alert after the crash", PATIENCE, async () => {
      const own = (await fired()).filter(({ note }) => note === "killed");
      return own.length > 0 ? own : null;
    });
    expect(found).toMatchObject([{ price: 115, offset }]);
    await settled();
    expect((await fired()).filter(({ note }) => note === "killed")).toHaveLength(1);
  },
  2 * PATIENCE,
);

test("a preview says how often a rule would have fired over the stored minutes", async () => {
  await api.elasticsearch.bars.refresh();
  const { condition, frequency } = content({ condition: { kind: "above", level: 90 }, frequency: { kind: "close" } });
  const wanted = { symbol: SYMBOL, condition, frequency, interval: "1m", session: "all" };
  expect((await ask(api.address, "alerts.preview", wanted)).error?.data.reason).toBe("UNAUTHORIZED");
  const { data } = await ask<AlertPreview>(api.address, "alerts.preview", wanted, admin);
  expect(data.interval).toBe("1m");
  expect(data.bars).toBeGreaterThan(0);
});

test("edits against an older version, and of rules that are gone, are refused", async () => {
  const { data } = await change<AlertRow>(api.address, "alerts.add", content({ note: "mine" }), admin);
  const { rule, version } = data;
  const edit = { ...edited(), id: rule.id, version };
  expect((await change(api.address, "alerts.edit", edit, admin)).status).toBe(200);
  expect((await change(api.address, "alerts.edit", edit, admin)).error?.data.reason).toBe("CONFLICT");
  expect((await change(api.address, "alerts.remove", { id: rule.id }, admin)).status).toBe(200);
  expect((await change(api.address, "alerts.edit", edit, admin)).error?.data.reason).toBe("NOT_FOUND");
  const over = await change(api.address, "alerts.add", content({ expires: 1 }), admin);
  expect(over.error?.data.reason).toBe("BAD_INPUT");
});

test("what was recorded before a time is forgotten, but for what says that a rule has fired for good", async () => {
  const { alerts } = api.elasticsearch;
  const count = (await alerts.log({ limit: 100 })).length;
  expect(count).toBeGreaterThan(1);
  const kept = await done();
  expect(kept).toHaveLength(1);
  expect(await alerts.forget(Date.now() * 1_000 + SECOND, kept)).toBe(count - 1);
  expect(await done()).toEqual(kept);
  expect(await alerts.forget(Date.now() * 1_000 + SECOND, [])).toBe(1);
});
