import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { buildPages, isBuilt } from "#infra/build.ts";
import { LOCK_FILE } from "#infra/data-lock.ts";
import { sendSignal, startChild } from "#infra/engines/child.ts";
import type { Running } from "#infra/engines/engine.ts";
import { freePorts } from "#infra/engines/ports.ts";
import { processIdentity } from "#infra/process-identity.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";

/** `npm start` on the engines of this run: what the start itself promises. The pages are tested end to end. */
const folder = scratchFolder();
/** Milliseconds for any one step on a busy machine; quiet ones need a tenth of it. */
const PATIENCE = 150_000;
let started: Running[] = [];
let environment: Record<string, string> = {};

beforeAll(async () => {
  const pages = isBuilt(".next") ? ".next" : ".next-test";
  await buildPages(pages, AbortSignal.timeout(290_000));
  environment = {
    ...engineEnvironment(),
    TAPEDECK_DATA: folder,
    TAPEDECK_PORT: String(await freePorts(1)),
    TAPEDECK_SOURCES: "simulator",
    TAPEDECK_BUILD: pages,
    SIMULATOR_SYMBOLS: "5",
    SIMULATOR_HALTS: "none",
  };
}, 300_000);

afterEach(async () => {
  await Promise.all(started.map((running) => running.kill()));
  started = [];
});

afterAll(() => removeFolder(folder));

interface Start extends Running {
  log: () => string;
}

function start(): Start {
  const logFile = join(folder, `start-${performance.now()}.log`);
  const running = startChild({
    name: "start",
    command: [process.execPath, "infra/start.ts"],
    cwd: process.cwd(),
    env: { ...process.env, ...environment },
    logFile,
    stopWithin: 40_000,
  });
  started.push(running);
  return { ...running, log: () => readFileSync(logFile, "utf8") };
}

async function untilSaid(running: Start, words: string): Promise<void> {
  await vi.waitFor(() => expect(running.log()).toContain(words), { timeout: PATIENCE, interval: 100 });
}

/** Processes that the data folder knows of, by name. */
function children(): Record<string, { pid: number; identity: string }> {
  const content = JSON.parse(readFileSync(join(folder, LOCK_FILE), "utf8")) as {
    children: ReturnType<typeof children>;
  };
  return content.children;
}

const gone = (child: { pid: number; identity: string }): boolean => processIdentity(child.pid) !== child.identity;

test(
  "it brings live prices to the pages, restarts what dies, refuses a second start, and leaves nothing",
  async () => {
    const first = start();
    await untilSaid(first, "first live price: SIM:");
    expect(Object.keys(children()).toSorted()).toEqual(["aggregate", "alerts", "ingest", "web"]);

    const second = start();
    expect((await second.exited).code).toBe(1);
    expect(second.log()).toContain(`Another Tapedeck (process ${first.pid}) runs on the data folder ${folder}`);

    sendSignal(children()["aggregate"]?.pid ?? 0, "SIGKILL");
    await untilSaid(first, "aggregate ended unexpectedly (SIGKILL)");
    await untilSaid(first, "aggregate is running again");

    const last = Object.values(children());
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    expect(last.every(gone)).toBe(true);
  },
  2 * PATIENCE,
);

test(
  "its workers end when it is killed, and the next start takes over",
  async () => {
    const first = start();
    await untilSaid(first, "Tapedeck is at");
    const workers = Object.values(children());
    await first.kill();
    await vi.waitFor(() => expect(workers.every(gone)).toBe(true), { timeout: PATIENCE });

    const second = start();
    await untilSaid(second, "first live price: SIM:");
    await second.stop();
    expect((await second.exited).code).toBe(0);
  },
  2 * PATIENCE,
);
