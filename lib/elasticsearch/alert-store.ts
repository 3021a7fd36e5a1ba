import {
  type AlertLogQuery,
  type AlertRule,
  type AlertStates,
  type AlertStore,
  type AlertTrigger,
  type RuleFirings,
  type StoredRules,
  type VersionedRule,
  alertRuleSchema,
  alertStateSchema,
  alertTriggerSchema,
  ruleKey,
} from "../contracts/alerts.ts";
import type { Micros } from "../domain/interval.ts";
import { errorMessage, TapedeckError } from "../errors.ts";
import type { BulkAnswer } from "./bulk-format.ts";
import type { Elastic } from "./client.ts";
import { parseStored, readDocument, writeIf } from "./documents.ts";
import { codeOfStatus } from "./elastic-errors.ts";
import type { IndexNames } from "./index-names.ts";
import { scan } from "./scan.ts";

const PAGE = 1000;

/** A document as stored: a few fields to find it by, and itself, whole. */
interface Stored {
  report: unknown;
}

interface FiringsAnswer {
  aggregations?: { keys: { buckets: { key: string; doc_count: number; last: { value: number | null } }[] } };
}

/** Rules, what is remembered of them, and the log of what they found. */
export class ElasticAlertStore implements AlertStore {
  readonly #elastic: Elastic;
  readonly #rules: string;
  readonly #log: string;

  constructor(elastic: Elastic, names: IndexNames) {
    this.#elastic = elastic;
    this.#rules = names.fixed("alert-rules");
    this.#log = names.fixed("alerts-log");
  }

  async rules(): Promise<StoredRules> {
    const rules: VersionedRule[] = [];
    const unread: StoredRules["unread"][number][] = [];
    const pages = scan<Stored & { id: string }>(this.#elastic, {
      index: this.#rules,
      query: { term: { kind: "rule" } },
      sort: [{ created: "asc" }, { id: "asc" }],
      size: PAGE,
      source: ["id", "report"],
      versions: true,
    });
    for await (const hits of pages) {
      for (const { source, version } of hits) {
        try {
          rules.push({ rule: this.#ruleOf(source), version });
        } catch (error) {
          unread.push({ id: source.id, why: errorMessage(error) });
        }
      }
    }
    return { rules, unread };
  }

  async rule(id: string): Promise<VersionedRule | null> {
    const found = await readDocument<Stored>(this.#elastic, this.#rules, `rule|${id}`);
    return found && { rule: this.#ruleOf(found.source), version: found.version };
  }

  createRule(rule: AlertRule): Promise<VersionedRule> {
    return this.#writeRule(rule, null);
  }

  replaceRule(rule: AlertRule, version: string): Promise<VersionedRule> {
    return this.#writeRule(rule, version);
  }

  async removeRule(id: string): Promise<void> {
    const path = `/${this.#rules}/_doc/${encodeURIComponent(`rule|${id}`)}`;
    await this.#elastic.find("Removing an alert", { method: "DELETE", path, query: { refresh: true } });
  }

  async states(topic: string, partition: number): Promise<{ states: AlertStates; version: string } | null> {
    const found = await readDocument<Stored>(this.#elastic, this.#rules, stateId(topic, partition));
    return found && { states: parseStored(alertStateSchema, found.source.report, this.#rules), version: found.version };
  }

  putStates(states: AlertStates, version: string | null): Promise<string> {
    const { topic, partition } = states;
    const document = { kind: "state", id: stateId(topic, partition), report: states };
    return writeIf(this.#elastic, { index: this.#rules, id: document.id, document, version, refresh: false });
  }

  async record(triggers: readonly AlertTrigger[]): Promise<boolean[]> {
    if (triggers.length === 0) return [];
    const lines = triggers.map(
      (trigger) => `{"create":{"_id":${JSON.stringify(trigger.id)}}}\n${JSON.stringify(storedTrigger(trigger))}\n`,
    );
    const { items = [] } = await this.#elastic.request<BulkAnswer>("Recording alerts", {
      method: "POST",
      path: `/${this.#log}/_bulk`,
      lines: Buffer.from(lines.join("")),
    });
    return triggers.map((_, position) => {
      const { status = 500, error } = items[position]?.["create"] ?? {};
      if (status >= 300 && status !== 409) {
        throw new TapedeckError(codeOfStatus(status), `Recording alerts: ${status} ${error?.reason ?? ""}`);
      }
      return status !== 409;
    });
  }

  async settle(trigger: AlertTrigger): Promise<void> {
    const path = `/${this.#log}/_doc/${encodeURIComponent(trigger.id)}`;
    await this.#elastic.request("Recording a delivery", { method: "PUT", path, body: storedTrigger(trigger) });
  }

  async pending(partition: number): Promise<AlertTrigger[]> {
    await this.#refresh();
    const filter = [{ term: { state: "pending" } }, { term: { partition } }];
    return this.#search({ bool: { filter } }, "asc", PAGE);
  }

  async log({ rule, symbol, before, limit }: AlertLogQuery): Promise<AlertTrigger[]> {
    await this.#refresh();
    const filter = [
      ...(rule === undefined ? [] : [{ term: { rule } }]),
      ...(symbol === undefined ? [] : [{ term: { symbol } }]),
      ...(before === undefined ? [] : [{ range: { recorded: { lt: before } } }]),
    ];
    return this.#search({ bool: { filter } }, "desc", limit);
  }

  async firings(keys: readonly string[]): Promise<Map<string, RuleFirings>> {
    if (keys.length === 0) return new Map();
    await this.#refresh();
    const { aggregations } = await this.#elastic.request<FiringsAnswer>("Counting alerts", {
      method: "POST",
      path: `/${this.#log}/_search`,
      body: {
        size: 0,
        track_total_hits: false,
        query: { terms: { key: keys } },
        aggs: { keys: { terms: { field: "key", size: keys.length }, aggs: { last: { max: { field: "time" } } } } },
      },
    });
    const buckets = aggregations?.keys.buckets ?? [];
    return new Map(buckets.map(({ key, doc_count: count, last }) => [key, { count, last: last.value ?? 0 }]));
  }

  async forget(before: Micros, kept: readonly string[]): Promise<number> {
    let forgotten = 0;
    const pages = scan<{ id: string }>(this.#elastic, {
      index: this.#log,
      query: { bool: { filter: [{ range: { recorded: { lt: before } } }], must_not: [{ terms: { key: kept } }] } },
      sort: [{ recorded: "asc" }, { id: "asc" }],
      size: PAGE,
      source: ["id"],
    });
    for await (const hits of pages) {
      const lines = hits.map(({ source }) => `{"delete":{"_id":${JSON.stringify(source.id)}}}\n`);
      const request = { method: "POST", path: `/${this.#log}/_bulk`, lines: Buffer.from(lines.join("")) } as const;
      await this.#elastic.request("Forgetting old alerts", request);
      forgotten += hits.length;
    }
    return forgotten;
  }

  #ruleOf(stored: Stored): AlertRule {
    return parseStored(alertRuleSchema, stored.report, this.#rules);
  }

  /** What was recorded a moment ago is found, too: few read the log, and without changes this costs next to nothing. */
  async #refresh(): Promise<void> {
    await this.#elastic.request("Refreshing the log of alerts", { method: "POST", path: `/${this.#log}/_refresh` });
  }

  async #writeRule(rule: AlertRule, version: string | null): Promise<VersionedRule> {
    const { id, symbol, created } = rule;
    const document = { kind: "rule", id, symbol, created, report: rule };
    const write = { index: this.#rules, id: `rule|${id}`, document, version, refresh: true };
    return { rule, version: await writeIf(this.#elastic, write) };
  }

  async #search(
    query: Readonly<Record<string, unknown>>,
    order: "asc" | "desc",
    size: number,
  ): Promise<AlertTrigger[]> {
    const answer = await this.#elastic.request<{ hits?: { hits?: { _source: Stored }[] } }>(
      "Reading the log of alerts",
      {
        method: "POST",
        path: `/${this.#log}/_search`,
        query: { filter_path: "hits.hits._source" },
        body: { size, query, sort: [{ recorded: order }, { id: order }], track_total_hits: false, _source: ["report"] },
      },
    );
    return (answer.hits?.hits ?? []).map(({ _source }) => parseStored(alertTriggerSchema, _source.report, this.#log));
  }
}

function stateId(topic: string, partition: number): string {
  return `state|${topic}|${partition}`;
}

function storedTrigger(trigger: AlertTrigger): Readonly<Record<string, unknown>> {
  const { id, rule, revision, symbol, partition, time, recorded, delivery } = trigger;
  const key = ruleKey({ id: rule, revision });
  return { id, rule, key, symbol, partition, time, recorded, state: delivery.state, report: trigger };
}
