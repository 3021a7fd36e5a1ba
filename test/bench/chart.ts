import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession, Page } from "@playwright/test";
import type { TestEngines } from "#test/support/test-engines.ts";
import { percentile, type Figure } from "./figures.ts";
import { countUpdates, withPage } from "./in-page.ts";
import { mainThreadFrames } from "./main-thread.ts";

const SYMBOL = "SIM:AAPL";
const BARS = 2_000;
/** Twenty times the natural pace: the busiest symbol trades in nearly every tenth of a second, which is how often its bar is published. */
const RATE = 20;
const MEASURE = 8_000;
/** Indicators over the bars, and one in a pane of its own. */
const STUDIES = "sma:20,bb:20:2,rsi:14";
const HISTORY = 240_000;
/** Milliseconds between the pointer's moves, and pixels of each. */
const MOVE_EVERY = 16;
const MOVE = 9;

interface Chart {
  page: Page;
  session: CDPSession;
}

/** What drawing a chart costs a browser: 2,000 bars in sight. */
export function chartInBrowser(engines: TestEngines): Promise<Figure[]> {
  // Few symbols: their history is soon there, and the processes beside the browser are idle.
  return withPage(engines, RATE, async (page, url) => {
    const chart = { page, session: await page.context().newCDPSession(page) };
    const drawn: Figure[] = [];
    for (const type of ["candles", "line"] as const) drawn.push(...(await wideChart(chart, url, type)));
    return drawn;
  });
}

/** Opens a chart and waits until so many bars are in sight. */
async function open({ page }: Chart, address: string, bars: number): Promise<void> {
  await page.goto(address);
  await page.locator(".plot").waitFor({ timeout: 60_000 });
  const summary = page.locator(".plot .sr p");
  const deadline = Date.now() + HISTORY;
  for (;;) {
    const inSight = Number(/(\d+) closed bars/.exec(await summary.innerText())?.[1] ?? 0);
    if (inSight >= bars) return;
    if (Date.now() > deadline) throw new Error(`${inSight} of ${bars} bars are in sight`);
    await sleep(1_000);
  }
}

async function wideChart(chart: Chart, url: string, type: string): Promise<Figure[]> {
  const query = `interval=1m&type=${type}&bars=${BARS}&ind=${STUDIES}`;
  await open(chart, `${url}/symbols/${encodeURIComponent(SYMBOL)}?${query}`, BARS * 0.8);
  await sleep(2_000);
  let updates = 0;
  const ticking = await mainThreadFrames(chart.session, async () => {
    updates = await chart.page.evaluate(countUpdates, MEASURE);
  });
  let moves = 0;
  const panning = await mainThreadFrames(chart.session, async () => {
    moves = await pan(chart.page);
  });
  const [rate, pace] = [updates, moves].map((count) => (count / (MEASURE / 1000)).toFixed(1));
  return [
    ...spread(`${BARS} ${type}, three indicators, ${rate} updates/s, main thread a frame`, ticking),
    ...spread(`${BARS} ${type}, three indicators, panned by ${pace} moves/s, main thread a frame`, panning),
  ];
}

function spread(name: string, frames: readonly number[]): Figure[] {
  const late = (frames.filter((frame) => frame > 1000 / 60).length / frames.length) * 100;
  return [
    { name: `${name}, p50`, value: percentile(frames, 0.5), unit: "ms", aim: null },
    { name: `${name}, p95`, value: percentile(frames, 0.95), unit: "ms", aim: "≤ 16.7" },
    { name: `${name}, above 16.7 ms`, value: late, unit: "%", aim: null },
  ];
}

/** Drags the chart to and fro, a step of the pointer about every frame; says how many they were. */
async function pan(page: Page): Promise<number> {
  const box = await page.locator(".plot").boundingBox();
  if (!box) throw new Error("the chart has no box");
  const y = box.y + 200;
  let x = box.x + 300;
  let way = MOVE;
  await page.mouse.move(x, y);
  await page.mouse.down();
  const end = Date.now() + MEASURE;
  let moves = 0;
  while (Date.now() < end) {
    if (x > box.x + 700 || x < box.x + 200) way = x > box.x + 450 ? -MOVE : MOVE;
    x += way;
    moves += 1;
    await page.mouse.move(x, y);
    await sleep(MOVE_EVERY);
  }
  await page.mouse.up();
  return moves;
}
