import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HeldRow } from "#lib/contracts/views.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { eventually, finished, workerFolder, type WorkerFolder } from "#test/support/workers.ts";
import { ask, change } from "./api-client.ts";
import { PASSWORD, startApi, type ApiHarness } from "./api-harness.ts";

const SYMBOL = "TAPE:HELD";
const BEGIN = Date.UTC(2024, 7, 8, 15) * 1_000;
const SECOND = 1_000_000;
const PATIENCE = 60_000;

/** A trade a second around 100, and two far outside. */
const OUTLIERS = new Map([
  [40, 150],
  [45, 60],
]);
const rows = Array.from({ length: 50 }, (_, second) => {
  const price = OUTLIERS.get(second) ?? 100 + (second % 5) / 100;
  return `${BEGIN + second * SECOND},HELD,${price},10,${second + 1},XNAS,@`;
});

const folder = scratchFolder();
let api: ApiHarness;
let workers: WorkerFolder;

beforeAll(async () => {
  const environment = engineEnvironment();
  api = await startApi(environment);
  workers = workerFolder(environment);
  workers.start("aggregate");
}, PATIENCE);

afterAll(async () => {
  await workers.close();
  await api.close();
  removeFolder(folder);
});

const waiting = async (): Promise<HeldRow[]> =>
  (await ask<HeldRow[]>(api.address, "held.list")).data.filter(({ symbol }) => symbol === SYMBOL);
const minute = async () => (await api.elasticsearch.bars.get(SYMBOL, "1m", BEGIN))?.document ?? null;

const decisionOn = (id: number, verdict: string): object => {
  return { symbol: SYMBOL, id, verdict, tradeTime: BEGIN + (id - 1) * SECOND };
};

test(
  "prints far outside wait in the queue, outside their bars, until an admin accepts or rejects them",
  async () => {
    const file = join(folder, "held.csv");
    writeFileSync(file, `time,symbol,price,size,id,venue,conditions\n${rows.join("\n")}\n`);
    const flags = ["--format", "csv", "--profile", "us-equities", "--wait", file];
    await finished(workers.start("replay", flags), "replay");
    const held = await eventually("both prints in the queue", PATIENCE, async () => {
      const found = await waiting();
      return found.length === 2 ? found : null;
    });
    expect(held.map(({ print }) => [print.id, print.price])).toEqual([
      [46, 60],
      [41, 150],
    ]);
    expect(await minute()).toMatchObject({ high: 100.04, low: 100, trades: 48, volume: 480, final: true, revision: 0 });

    const stranger = await change(api.address, "held.decide", decisionOn(41, "accept"));
    expect(stranger.error?.data.reason).toBe("UNAUTHORIZED");
    const { cookie } = await change(api.address, "session.login", { password: PASSWORD });
    const admin = { cookie: cookie?.split(";")[0] ?? "" };
    for (const [id, verdict] of [
      [41, "accept"],
      [41, "accept"],
      [46, "reject"],
    ] as const) {
      expect((await change(api.address, "held.decide", decisionOn(id, verdict), admin)).status).toBe(200);
    }

    const after = await eventually("the accepted print in its bar", PATIENCE, async () => {
      const bar = await minute();
      return bar?.trades === 49 ? bar : null;
    });
    expect(after).toMatchObject({ high: 150, low: 100, volume: 490, final: true, revision: 1 });
    await eventually("an empty queue", PATIENCE, async () => ((await waiting()).length === 0 ? true : null));
    expect((await minute())?.trades).toBe(49);

    // One that was accepted, and one that nobody held: the engine reads the log again.
    for (const id of [41, 3, 3]) {
      expect((await change(api.address, "held.decide", decisionOn(id, "reject"), admin)).status).toBe(200);
    }
    const again = await eventually("both out of their bar", PATIENCE, async () => {
      const bar = await minute();
      return bar?.trades === 47 ? bar : null;
    });
    expect(again).toMatchObject({ high: 100.04, low: 100, volume: 470, final: true, revision: 3 });
    // Its bar of a second is stored with that of the minute, in another index.
    const empty = await eventually("the emptied second", PATIENCE, async () => {
      const bar = (await api.elasticsearch.bars.get(SYMBOL, "1s", BEGIN + 2 * SECOND))?.document;
      return bar?.trades === 0 ? bar : null;
    });
    expect(empty).toMatchObject({ close: null, volume: 0, final: true, revision: 1 });
    await api.elasticsearch.bars.refresh();
    const range = { symbol: SYMBOL, interval: "1s", from: BEGIN, to: BEGIN + 5 * SECOND } as const;
    const shown = await api.elasticsearch.bars.read({ ...range, limit: 9, order: "ascending" });
    expect(shown.map(({ start }) => (start - BEGIN) / SECOND)).toEqual([0, 1, 3, 4]);
  },
  4 * PATIENCE,
);
