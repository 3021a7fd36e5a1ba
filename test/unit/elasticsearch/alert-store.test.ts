import { expect, test } from "vitest";
import { NEW_STATE } from "#lib/domain/alerts/advance.ts";
import { ElasticAlertStore } from "#lib/elasticsearch/alert-store.ts";
import type { Elastic, Request } from "#lib/elasticsearch/client.ts";
import { IndexNames } from "#lib/elasticsearch/index-names.ts";
import { errorCode } from "#lib/errors.ts";
import { alertRule } from "../alerts/lines.ts";

/** A server that answers every search with these documents, and every get with the first. */
function holding(...reports: readonly unknown[]) {
  const asked: Request[] = [];
  const hits = reports.map((report, number) => ({ _source: { report, id: String(number) }, sort: [number] }));
  const elastic: Elastic = {
    request: <T>(_doing: string, request: Request) => {
      asked.push(request);
      return Promise.resolve({ hits: { hits } } as T);
    },
    find: <T>() => Promise.resolve(hits[0] as T),
    close: () => Promise.resolve(),
  };
  return { store: new ElasticAlertStore(elastic, new IndexNames("")), asked };
}

const codeOf = (failing: Promise<unknown>): Promise<string> =>
  failing.then(
    () => "",
    (error: unknown) => errorCode(error),
  );

test("what is stored of alerts is read by its schema", async () => {
  const rule = alertRule(1);
  expect((await holding(rule).store.rules()).rules.map((stored) => stored.rule)).toEqual([rule]);
  const states = { topic: "bars", partition: 0, position: 7, states: { [`${rule.id}|1`]: NEW_STATE } };
  expect((await holding(states).store.states("bars", 0))?.states).toEqual(states);
});

test("what is not as it should be is refused, saying where it stands", async () => {
  const { store } = holding({ ...alertRule(1), condition: { kind: "above", level: "high" } });
  await expect(store.rule("1")).rejects.toThrow(/alert-rules.*condition.level/);
  expect(await codeOf(store.log({ limit: 1 }))).toBe("REFUSED");
  expect(await codeOf(store.states("bars", 0))).toBe("REFUSED");
});

test("a rule that cannot be read is passed over and named, and the others stay", async () => {
  const bad = { ...alertRule(2), symbol: 7 };
  const { rules, unread } = await holding(alertRule(1), bad, alertRule(3)).store.rules();
  expect(rules.map(({ rule }) => rule)).toEqual([alertRule(1), alertRule(3)]);
  expect(unread.map(({ id }) => id)).toEqual(["1"]);
  expect(unread[0]?.why).toContain("symbol");
});

test("the log forgets nothing of the rules that it is told to keep", async () => {
  const { store, asked } = holding();
  await store.forget(9, ["a|1"]);
  expect(asked[0]?.body).toMatchObject({
    query: { bool: { filter: [{ range: { recorded: { lt: 9 } } }], must_not: [{ terms: { key: ["a|1"] } }] } },
  });
});
