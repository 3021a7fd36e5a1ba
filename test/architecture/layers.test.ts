import { describe, expect, test } from "vitest";
import { importsOf, projectImports } from "./imports.ts";
import { violation } from "./rules.ts";

const FOLDERS = ["app", "infra", "lib", "test", "workers"];

/** What one import in one file breaks. */
function judge(file: string, statement: string): string | null {
  const [found] = importsOf(file, statement);
  return found === undefined ? "no import found" : violation(found);
}

test("arrows point left only, and a vendor's package is imported in one folder only", () => {
  const imports = projectImports(process.cwd(), FOLDERS);
  expect(imports.length).toBeGreaterThan(200);
  expect(imports.map(violation).filter((broken) => broken !== null)).toEqual([]);
});

describe("the check finds", () => {
  test.each([
    ["lib/domain/a.ts", 'import { x } from "../contracts/ticks.ts";'],
    ["lib/domain/a.ts", 'import { x } from "#lib/errors.ts";'],
    ["lib/domain/a.ts", 'import { readFileSync } from "node:fs";'],
    ["lib/contracts/a.ts", 'import type { Feed } from "../feeds/feed.ts";'],
    ["lib/feeds/binance/a.ts", 'import { x } from "../../kafka/kafka.ts";'],
    ["lib/engine/a.ts", 'import { x } from "#lib/live/hub.ts";'],
    ["lib/services/a.ts", 'import { x } from "#lib/api/router.ts";'],
    ["lib/config/a.ts", 'import { x } from "../services/a.ts";'],
    ["lib/api/a.ts", 'import { x } from "#infra/start.ts";'],
    ["lib/new/a.ts", 'import { x } from "../domain/interval.ts";'],
    ["lib/api/a.ts", 'const x = await import("#app/page.tsx");'],
    ["app/page.tsx", 'import { x } from "#workers/web.ts";'],
    ["infra/a.ts", 'export * from "../workers/web.ts";'],
    ["lib/engine/a.ts", 'import { Kafka } from "kafkajs";'],
    ["lib/engine/a.ts", 'import {\n  Kafka,\n} from "kafkajs";'],
    ["lib/kafka/a.ts", 'import { Client } from "@elastic/elasticsearch";'],
    ["lib/engine/a.ts", 'type Client = import("@elastic/elasticsearch").Client;'],
    ["workers/ingest.ts", 'import WebSocket from "ws";'],
    ["lib/services/a.ts", 'import { TRPCError } from "@trpc/server";'],
    ["lib/services/a.ts", 'import { unstable_cache } from "next/cache";'],
  ])("in %s: %s", (file, statement) => {
    expect(judge(file, statement)).toContain(file);
  });
});

describe("the check allows", () => {
  test.each([
    ["lib/domain/a.ts", 'import { x } from "./interval.ts";'],
    ["lib/contracts/a.ts", 'import { x } from "../domain/interval.ts";'],
    ["lib/kafka/a.ts", 'import { Kafka } from "kafkajs";'],
    ["lib/engine/a.ts", 'import { x } from "#lib/kafka/kafka.ts";'],
    ["lib/api/a.ts", 'import { initTRPC } from "@trpc/server";'],
    ["lib/metrics/a.ts", 'import { Registry } from "prom-client";'],
    ["lib/metrics.ts", 'import { Registry } from "prom-client";'],
    ["workers/web.ts", 'import next from "next";'],
    ["app/page.tsx", 'import { x } from "#lib/domain/interval.ts";'],
    ["test/unit/a.test.ts", 'import { x } from "#workers/args.ts";'],
    ["lib/engine/a.ts", 'import { z } from "zod";'],
  ])("in %s: %s", (file, statement) => {
    expect(judge(file, statement)).toBeNull();
  });

  test("what stands in comments", () => {
    expect(importsOf("lib/domain/a.ts", '// import "kafkajs";\n/* import { x } from "kafkajs"; */')).toEqual([]);
  });
});
