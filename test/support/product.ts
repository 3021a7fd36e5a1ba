import { join } from "node:path";
import { z } from "zod";
import { startChild, untilReady } from "#infra/engines/child.ts";
import { freePorts } from "#infra/engines/ports.ts";
import { removeFolder, scratchFolder } from "./scratch.ts";
import type { TestEngines } from "./test-engines.ts";

/** The whole product, as `npm start` runs it, on engines, ports and data of its own. */
export interface Product {
  url: string;
  environment: Readonly<Record<string, string>>;
  /** What the sources and processes say of themselves. */
  sources(): Promise<{ channels: { rate: number; state: string }[]; workers: { role: string; pid: number }[] }>;
  /** Stops it as Ctrl-C does, and deletes its data; the engines stay. */
  close(): Promise<void>;
}

const sourcesSchema = z.object({
  result: z.object({
    data: z.object({
      channels: z.array(z.object({ rate: z.number(), state: z.string() })),
      workers: z.array(z.object({ role: z.string(), pid: z.number() })),
    }),
  }),
});

/** Starts it and waits until its pages answer; a first start builds them, hence the patience. */
export async function startProduct(
  engines: TestEngines,
  variables: Readonly<Record<string, string>>,
): Promise<Product> {
  const folder = scratchFolder();
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    ...engines.environment,
    TAPEDECK_DATA: folder,
    TAPEDECK_PORT: String(port),
    ...variables,
  };
  const running = startChild({
    name: "tapedeck",
    command: [process.execPath, "infra/start.ts"],
    cwd: process.cwd(),
    env: { ...process.env, ...environment },
    logFile: join(folder, "start.log"),
    stopWithin: 40_000,
  });
  const close = async (): Promise<void> => {
    await running.stop();
    removeFolder(folder);
  };
  const probe = async (signal: AbortSignal): Promise<boolean> => (await fetch(`${url}/api/health`, { signal })).ok;
  try {
    const readiness = { name: "the product", probe, every: 250, within: 180_000 };
    await untilReady(running, readiness, AbortSignal.timeout(200_000));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url,
    environment,
    close,
    sources: async () => sourcesSchema.parse(await (await fetch(`${url}/api/trpc/sources.view`)).json()).result.data,
  };
}
