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
/** Milliseconds from one move of the pointer to the next, and pixels of each. */
const FRAME = 1_000 / 60;
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
  let drawn = 0;
  const panning = await mainThreadFrames(chart.session, async () => {
    drawn = await pan(chart);
  });
  const [rate, pace] = [updates, drawn].map((count) => (count / (MEASURE / 1000)).toFixed(1));
  return [
    ...spread(`${BARS} ${type}, three indicators, ${rate} updates/s, main thread a frame`, ticking),
    ...spread(`${BARS} ${type}, three indicators, panned in ${pace} frames/s, main thread a frame`, panning),
  ];
}

function spread(name: string, frames: readonly number[]): Figure[] {
  const late = (frames.filter((frame) => frame > FRAME).length / frames.length) * 100;
  return [
    { name: `${name}, p50`, value: percentile(frames, 0.5), unit: "ms", aim: null },
    { name: `${name}, p95`, value: percentile(frames, 0.95), unit: "ms", aim: "≤ 16.7" },
    { name: `${name}, above 16.7 ms`, value: late, unit: "%", aim: null },
  ];
}

/** Drags the chart to and fro, a step of the pointer every sixtieth of a second, as a mouse does; says in how many frames it was drawn. */
async function pan({ page, session }: Chart): Promise<number> {
  const box = await page.locator(".plot").boundingBox();
  if (!box) throw new Error("the chart has no box");
  const y = box.y + 200;
  let x = box.x + 300;
  let way = MOVE;
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frames = page.evaluate(countFrames, MEASURE);
  const begin = performance.now();
  const sent: Promise<unknown>[] = [];
  while (performance.now() < begin + MEASURE) {
    if (x > box.x + 700 || x < box.x + 200) way = x > box.x + 450 ? -MOVE : MOVE;
    x += way;
    // Not waited for: a mouse does not wait until a page has drawn.
    sent.push(session.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y, button: "left", buttons: 1 }));
    await sleep(Math.max(0, begin + sent.length * FRAME - performance.now()));
  }
  await Promise.all(sent);
  await page.mouse.up();
  return await frames;
}

/** Runs in the page: in how many frames of `duration` milliseconds the chart stood elsewhere than in the one before. */
function countFrames(duration: number): Promise<number> {
  return new Promise((resolve) => {
    const end = performance.now() + duration;
    let before: string | null = null;
    let frames = 0;
    const look = (): void => {
      const place = document.querySelector(".plot .panes g[transform]")?.getAttribute("transform") ?? null;
      if (place !== before) frames++;
      before = place;
      if (performance.now() < end) requestAnimationFrame(look);
      else resolve(frames);
    };
    requestAnimationFrame(look);
  });
}
