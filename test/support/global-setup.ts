import type { TestProject } from "vitest/node";
import { startTestEngines } from "./test-engines.ts";

declare module "vitest" {
  export interface ProvidedContext {
    engines: { KAFKA_BROKERS: string; ELASTICSEARCH_URL: string };
  }
}

/** Starts the engines once for the whole run of the integration tests, and stops them after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines = await startTestEngines();
  project.provide("engines", { ...engines.environment });
  return () => engines.close();
}
