import { mergeBars } from "#lib/services/bars/merge-bars.ts";
import type { LiveFrame } from "#lib/contracts/views.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LiveTopics } from "#lib/contracts/views.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import type { LiveEvent } from "#lib/live/hub.ts";
import { PACE } from "#lib/live/frame-pace.ts";
import { MemoryHub } from "#lib/live/memory-hub.ts";
import { barLine, latestLine, print, TODAY } from "./lines.ts";
import { ScriptedReader } from "./scripted-reader.ts";

const ALL: LiveTopics = { quotes: "all", bars: [{ symbol: "SIM:AAPL", interval: "1m" }], prints: ["SIM:AAPL"] };

let reader: ScriptedReader;
let hub: MemoryHub;
let warnings: string[];
let pages: { leave: () => void; stream: AsyncGenerator<LiveEvent, undefined> }[];

function openHub(instance = "one"): MemoryHub {
  return new MemoryHub({
    reader,
    now: () => Date.now() * 1_000,
    warn: (message) => warnings.push(message),
    instance,
    partitions: 4,
    reference: () => ({ day: TODAY, previousClose: 100, ended: null, session: "regular" as const }),
  });
}

/** A page that reads its stream step by step. */
function openPage(topics: LiveTopics = ALL, lastEventId?: string) {
  const leaving = new AbortController();
  const stream = hub.subscribe(topics, { lastEventId, signal: leaving.signal });
  pages.push({ leave: () => leaving.abort(), stream });
  const next = async (): Promise<LiveEvent> => {
    const step: IteratorResult<LiveEvent, undefined> = await stream.next();
    if (step.done === true) throw new Error("the stream ended");
    return step.value;
  };
  return { next, leave: () => leaving.abort(), stream };
}

async function send(batch: Parameters<ScriptedReader["send"]>[0]): Promise<void> {
  reader.send(batch);
  await vi.advanceTimersByTimeAsync(0);
}

/** Waits for a frame while the beat goes on. */
async function beat<T>(frame: Promise<T>, milliseconds = 100): Promise<T> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  return frame;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: TODAY / 1_000 });
  warnings = [];
  pages = [];
  reader = new ScriptedReader();
  hub = openHub();
});

afterEach(async () => {
  vi.useRealTimers();
  for (const { leave, stream } of pages) {
    leave();
    await stream.return(undefined).catch(() => undefined);
  }
  await hub.close();
});

const closesOf = ({ bars }: LiveFrame): unknown[] => bars.map((bar) => ("gone" in bar ? "gone" : bar.close));

describe("a page that subscribes", () => {
  test("gets the newest of everything at once, then what changes", async () => {
    await send({ latest: [latestLine(1, { prints: [print(7)] })], bars: [barLine(1)] });
    const page = openPage();
    const first = await page.next();
    expect(first.frame.quotes.map(({ last }) => last)).toEqual([101]);
    expect(closesOf(first.frame)).toEqual([101]);
    expect(first.frame.prints).toEqual([{ symbol: "SIM:AAPL", prints: [print(7)], skipped: 0 }]);

    await send({ latest: [latestLine(2)] });
    const second = await beat(page.next());
    expect(second.frame.quotes.map(({ last }) => last)).toEqual([102]);
    expect(second.frame.bars).toEqual([]);
    expect(second.frame.prints).toEqual([]);
  });

  test("hears that a bar has no price any more, and of none that never had one", async () => {
    await send({ bars: [barLine(1)] });
    const page = openPage();
    expect(closesOf((await page.next()).frame)).toEqual([101]);
    const none = { open: null, high: null, low: null, close: null };
    await send({ bars: [barLine(2, none)] });
    expect((await beat(page.next())).frame.bars).toEqual([
      { symbol: "SIM:AAPL", interval: "1m", start: TODAY, gone: true },
    ]);
    expect(mergeBars([], hub.bars("SIM:AAPL", "1m"))).toEqual([]);
  });

  test("gets only what it asked for", async () => {
    await send({
      latest: [latestLine(1), latestLine(1, { symbol: "SIM:MSFT" })],
      bars: [barLine(1, { interval: "5m" })],
    });
    const page = openPage({ quotes: ["SIM:MSFT"], bars: ALL.bars, prints: [] });
    const { frame } = await page.next();
    expect(frame.quotes.map(({ symbol }) => symbol)).toEqual(["SIM:MSFT"]);
    expect(frame.bars).toEqual([]);
  });

  test("gets lines of the log in no other order than the log's", async () => {
    await send({ latest: [latestLine(5)], bars: [barLine(5)] });
    await send({ latest: [latestLine(4), latestLine(5)], bars: [barLine(4)] });
    const { frame } = await openPage().next();
    expect(frame.quotes[0]?.last).toBe(105);
    expect(closesOf(frame)).toEqual([105]);
    expect(hub.statistics).toMatchObject({ linesAccepted: 2, linesDropped: 3 });
  });

  test("takes a new epoch as newer, whatever its offsets", async () => {
    await send({ latest: [latestLine(5)] });
    await send({ latest: [latestLine(1, { epoch: 2 })] });
    expect(hub.quote("SIM:AAPL")?.last).toBe(101);
  });

  test("keeps what was stored before this process began only until the log says newer", async () => {
    await send({ latest: [latestLine(5)] });
    hub.warm([latestLine(3), latestLine(3, { symbol: "SIM:MSFT" })]);
    expect(hub.quote("SIM:AAPL")?.last).toBe(105);
    expect(hub.quote("SIM:MSFT")?.last).toBe(103);
  });
});

describe("a slow page", () => {
  test("finds the newest value of each key, not a queue", async () => {
    const page = openPage();
    await page.next();
    for (let offset = 1; offset <= 50; offset += 1) {
      await send({ latest: [latestLine(offset, { prints: [print(offset)] })], bars: [barLine(offset)] });
      await vi.advanceTimersByTimeAsync(100);
    }
    const { frame } = await beat(page.next());
    expect(frame.quotes.map(({ last }) => last)).toEqual([150]);
    expect(closesOf(frame)).toEqual([150]);
    expect(frame.prints[0]?.prints.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test("still gets each bar that closed meanwhile", async () => {
    const page = openPage();
    await page.next();
    for (const minute of [0, 1, 2]) {
      await send({ bars: [barLine(10 * minute, { start: TODAY + minute * MINUTE })] });
      await send({
        bars: [barLine(10 * minute + 1, { start: TODAY + minute * MINUTE, final: true, firing: "final" })],
      });
    }
    const { frame } = await beat(page.next());
    expect(frame.bars.map((bar) => [bar.start, "final" in bar && bar.final])).toEqual(
      [0, 1, 2].map((minute) => [TODAY + minute * MINUTE, true]),
    );
  });

  test("is told how many prints it missed", async () => {
    await send({ latest: [latestLine(1, { prints: [print(1)] })] });
    const page = openPage();
    await page.next();
    await send({ latest: [latestLine(2, { prints: [print(9), print(10)], skipped: 7 })] });
    const { frame } = await beat(page.next());
    expect(frame.prints).toEqual([{ symbol: "SIM:AAPL", prints: [print(9), print(10)], skipped: 7 }]);
  });
});

describe("a page that comes back", () => {
  test("gets only what changed since its last frame", async () => {
    await send({ latest: [latestLine(1), latestLine(1, { symbol: "SIM:MSFT" })] });
    const before = openPage();
    const { id } = await before.next();
    before.leave();
    await send({ latest: [latestLine(2)] });
    const { frame } = await openPage(ALL, id).next();
    expect(frame.quotes.map(({ symbol }) => symbol)).toEqual(["SIM:AAPL"]);
  });

  test.each(["other.1", "one.999999", "one.-1", "nonsense", ""])("gets everything when its id is %j", async (id) => {
    await send({ latest: [latestLine(1)] });
    const { frame } = await openPage(ALL, id).next();
    expect(frame.quotes).toHaveLength(1);
  });
});

describe("frames", () => {
  test("follow a change at once when the last one is long enough ago, and else the frames' distance after it", async () => {
    const page = openPage();
    await page.next();
    await vi.advanceTimersByTimeAsync(500);
    await send({ latest: [latestLine(1)] });
    expect((await beat(page.next(), 4)).frame.quotes).toHaveLength(1);

    await send({ latest: [latestLine(2)] });
    const arrived = vi.fn<() => void>();
    const second = page.next().then(arrived);
    await vi.advanceTimersByTimeAsync(PACE / 1000 - 10);
    expect(arrived).not.toHaveBeenCalled();
    await beat(second, 10);
    expect(arrived).toHaveBeenCalledTimes(1);
  });

  test("do not wait for the next change when the page was slow to take the last", async () => {
    await send({ latest: [latestLine(1)] });
    const page = openPage();
    await page.next();
    await send({ latest: [latestLine(2)] });
    await vi.advanceTimersByTimeAsync(600);
    expect((await beat(page.next(), 100)).frame.quotes).toMatchObject([{ last: 102 }]);
  });
});

describe("an idle market", () => {
  test("sends nothing but a sign of life every five seconds", async () => {
    await send({});
    const page = openPage();
    const first = await page.next();
    const beats = vi.fn<() => void>();
    const second = page.next().then((event) => {
      beats();
      return event;
    });
    for (let step = 0; step < 49; step += 1) await send({}).then(() => vi.advanceTimersByTimeAsync(100));
    expect(beats).not.toHaveBeenCalled();
    const { frame } = await beat(second, 200);
    expect(frame.serverTime - first.frame.serverTime).toBeGreaterThanOrEqual(5_000_000);
    expect(frame.quotes).toEqual([]);
  });

  test("runs no timer while nobody is connected", async () => {
    expect(vi.getTimerCount()).toBe(0);
    const page = openPage();
    await page.next();
    const rest = page.stream.next();
    expect(vi.getTimerCount()).toBe(1);
    page.leave();
    expect((await rest).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(hub.statistics.subscribers).toBe(0);
  });
});

describe("a log that falls silent", () => {
  test("is told to the page at once, and again when it speaks", async () => {
    await send({ latest: [latestLine(1)] });
    const page = openPage();
    expect((await page.next()).frame.connected).toBe(true);
    const silent = await beat(page.next(), 4_100);
    expect(silent.frame.connected).toBe(false);
    expect(silent.frame.quotes).toEqual([]);
    await send({});
    expect((await beat(page.next())).frame.connected).toBe(true);
  });

  test("is read again after a fault", async () => {
    vi.useRealTimers();
    reader.send(new Error("broken"));
    await vi.waitFor(() => expect(warnings).toHaveLength(1));
    reader.send({ latest: [latestLine(1)] });
    await vi.waitFor(() => expect(hub.quote("SIM:AAPL")?.last).toBe(101), { timeout: 3_000 });
  });
});

test("closing rejects every stream as UNAVAILABLE, so that pages come back", async () => {
  const page = openPage();
  await page.next();
  const rest = page.stream.next().catch((error: unknown) => error);
  vi.useRealTimers();
  await hub.close();
  expect(await rest).toMatchObject({ code: "UNAVAILABLE" });
});

test("a quote is sent again when what it is compared with changes", async () => {
  await send({ latest: [latestLine(1)] });
  const page = openPage();
  await page.next();
  hub.touch(["SIM:AAPL", "SIM:UNKNOWN"]);
  expect((await beat(page.next())).frame.quotes).toHaveLength(1);
});
