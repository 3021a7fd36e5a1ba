import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { chromium } from "@playwright/test";
import { readConfig } from "#lib/config/config.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { unpackedChromium } from "#test/support/chromium.ts";
import { uniqueNamespace } from "#test/support/namespace.ts";
import { startProduct } from "#test/support/product.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { eventually } from "#test/support/workers.ts";
import { percentile, type Figure } from "./figures.ts";
import { liveAddress, openLiveClient } from "./live-client.ts";
import { processUsage } from "./process-usage.ts";

const SETTLE = 8000;
const MEASURE = 15_000;
const MEBIBYTE = 2 ** 20;

export interface RunningProduct {
  url: string;
  /** Process ids by role. */
  pids: Map<string, number>;
  environment: Readonly<Record<string, string>>;
  /** Ticks a second that the sources report. */
  rate: () => Promise<number>;
}

/** Runs the whole product with a simulated market of this pace, and gives it to `measure`. */
export async function withProduct<T>(
  engines: TestEngines,
  simulatorRate: number,
  measure: (product: RunningProduct) => Promise<T>,
  variables: Readonly<Record<string, string>> = {},
): Promise<T> {
  const product = await startProduct(engines, {
    TAPEDECK_NAMESPACE: uniqueNamespace(),
    TAPEDECK_SOURCES: "simulator",
    SIMULATOR_RATE: String(simulatorRate),
    SIMULATOR_HALTS: "none",
    ...variables,
  });
  try {
    await sleep(SETTLE);
    const { workers } = await product.sources();
    const rate = async (): Promise<number> =>
      (await product.sources()).channels.reduce((sum, channel) => sum + channel.rate, 0);
    return await measure({ ...product, pids: new Map(workers.map(({ role, pid }) => [role, pid])), rate });
  } finally {
    await product.close();
  }
}

/** From the event time of a quote to the handler in a real browser's page, with one market page open. */
export function ingestToBrowser(engines: TestEngines, simulatorRate: number, wanted: string): Promise<Figure[]> {
  return withProduct(engines, simulatorRate, async ({ url, pids, rate }) => {
    const { executablePath, args, env } = await unpackedChromium();
    const browser = await chromium.launch({ executablePath, args, env });
    try {
      const page = await browser.newPage();
      await page.goto(`${url}/api/health`);
      const latencies = await page.evaluate(collectLatencies, {
        address: liveAddress(url, { quotes: "all", bars: [], prints: [] }),
        duration: MEASURE,
      });
      const pace = `${Math.round(await rate())} ticks/s`;
      const memory = await Promise.all(
        [...pids].map(async ([role, pid]): Promise<Figure> => {
          const { residentBytes } = await processUsage(pid);
          return {
            name: `resident memory of ${role} at ${pace}`,
            value: residentBytes / MEBIBYTE,
            unit: "MiB",
            aim: null,
          };
        }),
      );
      return [
        { name: `ingest to browser at ${pace}, p50`, value: percentile(latencies, 0.5), unit: "ms", aim: "≤ 60" },
        {
          name: `ingest to browser at ${pace}, p99 (${wanted})`,
          value: percentile(latencies, 0.99),
          unit: "ms",
          aim: "≤ 200",
        },
        ...memory,
      ];
    } finally {
      await browser.close();
    }
  });
}

/** Runs in the page. */
function collectLatencies({ address, duration }: { address: string; duration: number }): Promise<number[]> {
  return new Promise((resolve) => {
    const latencies: number[] = [];
    const newest = new Map<string, number>();
    const stream = new EventSource(address);
    let first = true;
    stream.addEventListener("message", (event: MessageEvent<string>) => {
      const now = Date.now();
      const { quotes = [] } = JSON.parse(event.data) as { quotes?: { symbol: string; time: number | null }[] };
      for (const { symbol, time } of quotes) {
        // Quotes of silent symbols are sent again with their proof: those are no events.
        if (time === null || time <= (newest.get(symbol) ?? 0)) continue;
        newest.set(symbol, time);
        // The first frame is a snapshot of what is known, however old.
        if (!first) latencies.push(now - time / 1000);
      }
      if (quotes.length > 0) first = false;
    });
    setTimeout(() => {
      stream.close();
      resolve(latencies);
    }, duration);
  });
}

const CHART_BARS = 500;
const CHART_QUERIES = 200;

/** What a chart asks, and what many connected dashboards cost the web process. */
export function chartAndDashboards(engines: TestEngines, dashboards: number): Promise<Figure[]> {
  return withProduct(engines, 1, async ({ url, environment, pids }) => {
    const history = await firstHistory(environment);
    const chart = await chartQueries(url);
    const web = pids.get("web") ?? 0;
    const clients = Array.from({ length: dashboards }, () =>
      openLiveClient(url, { quotes: "all", bars: [], prints: [] }),
    );
    await sleep(SETTLE);
    for (const client of clients) {
      client.takeLatencies();
      client.takeFrames();
    }
    const begin = await processUsage(web);
    await sleep(MEASURE);
    const end = await processUsage(web);
    const latencies = clients.flatMap((client) => client.takeLatencies());
    const frames = clients.reduce((sum, client) => sum + client.takeFrames(), 0) / dashboards / (MEASURE / 1000);
    for (const client of clients) client.close();
    const share = ((end.cpuSeconds - begin.cpuSeconds) / (MEASURE / 1000)) * 100;
    const what = `${dashboards} dashboards at ${frames.toFixed(1)} frames/s`;
    return [
      history,
      ...chart,
      { name: `${what}, web process`, value: share, unit: "% of a core", aim: "≤ 30" },
      { name: `${what}, p99 from event to client`, value: percentile(latencies, 0.99), unit: "ms", aim: "≤ 150" },
    ];
  });
}

const CHARTS = ["SIM:AAPL", "SIM:MSFT", "SIM:NVDA", "SIM:AMZN", "SIM:JPM"];
const pageSchema = z.object({
  result: z.object({ data: z.object({ bars: z.array(z.unknown()) }) }),
});

async function chartPage(url: string, symbol: string): Promise<z.infer<typeof pageSchema>["result"]["data"]> {
  const input = encodeURIComponent(JSON.stringify({ symbol, interval: "1m", limit: CHART_BARS }));
  return pageSchema.parse(await (await fetch(`${url}/api/trpc/bars.page?input=${input}`)).json()).result.data;
}

/** Waits for the history that the first start asks for in the background. */
async function firstHistory(environment: Readonly<Record<string, string>>): Promise<Figure> {
  const began = performance.now();
  const elasticsearch = createElasticsearch(readConfig(environment));
  try {
    await eventually("the first history", 600_000, async () => {
      const open = await elasticsearch.sources.backfills({ states: ["wanted", "fetching"] });
      return open.length === 0 ? true : null;
    });
  } finally {
    await elasticsearch.close();
  }
  const value = (performance.now() - began + SETTLE) / 1000;
  return { name: "two days of minutes and a year of days of all symbols, from the start", value, unit: "s", aim: null };
}

async function chartQueries(url: string): Promise<Figure[]> {
  const times: number[] = [];
  let bars = Infinity;
  for (let query = 0; query < CHART_QUERIES; query++) {
    const begin = performance.now();
    const page = await chartPage(url, CHARTS[query % CHARTS.length] ?? "");
    times.push(performance.now() - begin);
    bars = Math.min(bars, page.bars.length);
  }
  return [
    { name: `chart query at the API, ${bars} bars, p95`, value: percentile(times, 0.95), unit: "ms", aim: "≤ 10" },
    { name: `chart query at the API, ${bars} bars, p50`, value: percentile(times, 0.5), unit: "ms", aim: null },
  ];
}
