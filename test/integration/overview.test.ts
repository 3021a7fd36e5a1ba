import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import type { MoversView, VolumeNormalsView } from "#lib/contracts/overview-views.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { sameMinutes } from "#lib/domain/calendar/day-sessions.ts";
import { MINUTE, SECOND, type Micros } from "#lib/domain/interval.ts";
import { movers } from "#lib/services/market/movers.ts";
import { volumeNormals } from "#lib/services/market/volume-normals.ts";
import { givenItem, windowDocument, windowItem } from "#test/support/stored-bars.ts";
import { eventually } from "#test/support/workers.ts";
import { ticker } from "../unit/services/fixtures.ts";
import { ask } from "./api-client.ts";
import { startApi, type ApiHarness } from "./api-harness.ts";

const at = (text: string): Micros => Date.parse(text) * 1_000;
const us = calendarOf("us-equities");
const STOCK = "SIM:OVER";
const SILENT = "SIM:SILENT";
const OPEN = at("2026-11-20T14:30Z");
/** Twenty minutes after the open, and a little more. */
const NOW = OPEN + 20 * MINUTE + 15 * SECOND;
const SESSIONS = 8;

let api: ApiHarness;

const day = (start: Micros, session: WindowDocument["session"], close: number) =>
  windowItem(windowDocument(STOCK, start, { interval: "1d", session, close, complete: true }));

/** Services whose clock stands. */
const servicesAt = (time: Micros) => ({ ...api.opened.services, now: () => time });

beforeAll(async () => {
  api = await startApi();
  const { tickers, engineStore, bars } = api.elasticsearch;
  await tickers.create(ticker({ symbol: STOCK, calendar: "us-equities" }));
  await tickers.create(ticker({ symbol: SILENT, calendar: "us-equities" }));
  // Today 1,000 shares a minute, in the session before 100, in the one before that 200, and so on; each goes on after these minutes.
  const minutes = sameMinutes(us, us.segmentOf(OPEN), 20 * MINUTE, SESSIONS).flatMap(({ from }, session) =>
    Array.from({ length: 30 }, (_, minute) =>
      windowDocument(STOCK, from + minute * MINUTE, { volume: session === 0 ? 1_000 : session * 100 }),
    ),
  );
  const [, yesterday = { from: 0 }] = sameMinutes(us, us.segmentOf(OPEN), MINUTE, 1);
  await engineStore.write(minutes.map(windowItem));
  await engineStore.write([
    // A complete built bar counts, not the given one beside it; of an incomplete one the given counts.
    givenItem(STOCK, yesterday.from + 3 * MINUTE, { volume: 7_777 }),
    windowItem(windowDocument(STOCK, yesterday.from + 4 * MINUTE, { volume: 1, complete: false, position: 9 })),
    givenItem(STOCK, yesterday.from + 4 * MINUTE, { volume: 100 }),
    day(at("2026-11-19T14:30Z"), "regular", 100),
    day(at("2026-11-20T09:00Z"), "pre", 104),
    day(OPEN, "regular", 110),
    day(at("2026-11-20T21:00Z"), "post", 99),
  ]);
  await bars.refresh();
  api.opened.services.directory.invalidate();
});

afterAll(() => api.close());

describe("the volume of a session so far", () => {
  test("is held against the same minutes of earlier sessions, each minute counted once", async () => {
    const { rows } = await volumeNormals(servicesAt(NOW), { symbols: [STOCK, SILENT] });
    // Of eight earlier sessions the oldest may be cut: seven count, with 20 minutes of 100 to 700.
    expect(rows).toEqual([
      {
        symbol: STOCK,
        session: "regular",
        from: OPEN,
        to: OPEN + 20 * MINUTE,
        volume: 20_000,
        sessions: 7,
        median: 8_000,
        ratio: 2.5,
        percentile: 100,
        fetching: false,
      },
      expect.objectContaining({ symbol: SILENT, volume: null, sessions: 0, percentile: null, fetching: true }),
    ]);
    const { data } = await ask<VolumeNormalsView>(api.address, "market.volumeNormals", { symbols: [STOCK] });
    expect(data.rows).toMatchObject([{ symbol: STOCK }]);
  });

  test("is the sum of its minutes to the share", async () => {
    const ranges = sameMinutes(us, us.segmentOf(OPEN), 20 * MINUTE, 2);
    const read = await api.elasticsearch.bars.volumes([STOCK, SILENT], "1m", [...ranges, { from: 0, to: MINUTE }]);
    expect([...read]).toEqual([[STOCK, [20_000, 2_000, 4_000, null]]]);
  });
});

test("movers are held against the right close in each session, and who did not trade is not among them", async () => {
  const evening = servicesAt(at("2026-11-20T22:00Z"));
  const found = async (session: "pre" | "regular" | "post") => {
    const { moves } = await eventually("the previous close", 10_000, async () => {
      const view = await movers(evening, { session });
      return view.moves.length > 0 ? view : null;
    });
    return moves.map(({ symbol, price, base, percent }) => [symbol, price, base, Math.round(percent)]);
  };
  expect(await found("pre")).toEqual([[STOCK, 104, 100, 4]]);
  expect(await found("regular")).toEqual([[STOCK, 110, 100, 10]]);
  expect(await found("post")).toEqual([[STOCK, 99, 110, -10]]);
  const { data } = await ask<MoversView>(api.address, "market.movers", { session: "post" });
  expect(data.session).toBe("post");
});
