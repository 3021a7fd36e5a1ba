import { execFile } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const MODULES = join(import.meta.dirname, "../../node_modules");

/** A function of a generated client, by an object of parameters or none. */
type Call = (...parameters: unknown[]) => Promise<{ status: number; data: unknown; headers: Headers }>;

export interface GeneratedClient {
  defaults: { baseUrl: string; headers: Record<string, string> };
  /** Of every operation its function. */
  call(operationId: string, ...parameters: unknown[]): ReturnType<Call>;
  source: string;
}

/** Lets oazapfts write a TypeScript client from a description, into `folder`, and loads it. */
export async function generateClient(description: object, folder: string): Promise<GeneratedClient> {
  const [input, source] = [join(folder, "openapi.json"), join(folder, "client.ts")];
  writeFileSync(input, JSON.stringify(description));
  // What it generates imports its runtime.
  symlinkSync(MODULES, join(folder, "node_modules"));
  await promisify(execFile)(process.execPath, [join(MODULES, "oazapfts/dist/cli.js"), input, source]);
  const client = (await import(pathToFileURL(source).href)) as Record<string, unknown>;
  return {
    defaults: client["defaults"] as GeneratedClient["defaults"],
    call: (operationId, ...parameters) => {
      const call = client[operationId];
      if (typeof call !== "function") throw new Error(`the client has no ${operationId}`);
      return (call as Call)(...parameters);
    },
    source,
  };
}
