import { expect, test } from "vitest";
import { appRouter } from "#lib/api/router.ts";
import type { ApiMeta } from "#lib/api/trpc.ts";
import type { Permission } from "#lib/contracts/permissions.ts";

interface Defined {
  _def: { type: string; meta?: ApiMeta };
}

const { _def: definition } = appRouter;
const procedures = Object.entries(definition.procedures as unknown as Record<string, Defined>);
const needs = (kind: string): Map<string, ApiMeta["needs"]> =>
  new Map(
    procedures.flatMap(([name, { _def: procedure }]) =>
      procedure.type === kind ? [[name, procedure.meta?.needs] as const] : [],
    ),
  );

test("everything that changes something says what it needs; only signing in and out need nothing", () => {
  const mutations = needs("mutation");
  expect(mutations.size).toBeGreaterThan(10);
  expect([...mutations].filter(([, needed]) => needed === undefined)).toEqual([]);
  expect([...mutations].filter(([, needed]) => needed === null).map(([name]) => name)).toEqual([
    "session.login",
    "session.logout",
  ]);
});

test("what is not for everybody to read says so", () => {
  const guarded = [...needs("query")].filter(([, needed]) => needed !== undefined);
  expect(Object.fromEntries(guarded)).toEqual({
    "lists.own": "keep",
    "desks.own": "keep",
    "drawings.own": "keep",
    "alerts.preview": "alertPreview",
    "audit.page": "audit",
    "people.list": "people",
  });
});

test("each part of the application asks for its own permission", () => {
  const parts: Readonly<Record<string, Permission>> = {
    tickers: "tickers",
    held: "prints",
    alerts: "alerts",
    people: "people",
    lists: "keep",
    desks: "keep",
    drawings: "keep",
  };
  const asked = [...needs("mutation")].filter(([name]) => !name.startsWith("session."));
  expect(asked).toEqual(asked.map(([name]) => [name, parts[name.split(".")[0] ?? ""]]));
});
