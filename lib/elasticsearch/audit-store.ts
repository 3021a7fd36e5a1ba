import {
  AUDIT_GROUPS,
  type AuditAction,
  type AuditEntry,
  auditEntrySchema,
  type AuditOutcome,
  auditOutcomeSchema,
  type AuditQuery,
  type AuditRow,
  type AuditStore,
} from "../contracts/audit.ts";
import { PEOPLE_LIMITS } from "../contracts/people.ts";
import type { Micros } from "../domain/interval.ts";
import { splitSymbol } from "../domain/symbol.ts";
import type { Elastic } from "./client.ts";
import { writeIf } from "./documents.ts";
import type { IndexNames } from "./index-names.ts";
import { scan } from "./scan.ts";

const PAGE = 1000;

/** A document as stored: a few fields to find it by, and itself, whole. */
interface Stored {
  report: unknown;
}

interface SignInsAnswer {
  aggregations?: { who: { buckets: { key: string; last: { value: Micros } }[] } };
}

const PEOPLE_ACTIONS: readonly AuditAction[] = AUDIT_GROUPS.people;

const ofPerson = (name: string) => ({
  bool: { should: [{ prefix: { who: name } }, { prefix: { person: name } }] },
});

const outcomeId = (id: string): string => `${id}|outcome`;

/** The audit log: documents that are created and, when old, deleted; never replaced. What became of an entry is a document beside it. */
export class ElasticAuditStore implements AuditStore {
  readonly #elastic: Elastic;
  readonly #index: string;

  constructor(elastic: Elastic, names: IndexNames) {
    this.#elastic = elastic;
    this.#index = names.fixed("audit");
  }

  append(entry: AuditEntry): Promise<void> {
    const { id, time, action, symbol, who, about } = entry;
    const isOfPerson = PEOPLE_ACTIONS.includes(action);
    const found = {
      ...(symbol !== null && { symbol, ticker: splitSymbol(symbol).ticker }),
      ...(who !== null && { who }),
      ...(isOfPerson && { person: about }),
    };
    return this.#create(id, { kind: "entry", id, time, action, ...found, report: entry }, true);
  }

  settle(id: string, outcome: AuditOutcome): Promise<void> {
    // Read by its id alone, in real time.
    return this.#create(outcomeId(id), { kind: "outcome", report: outcome }, false);
  }

  async page({ ticker, actions, person, before, limit }: AuditQuery): Promise<AuditRow[]> {
    const filter = [
      { term: { kind: "entry" } },
      ...(ticker === undefined ? [] : [{ prefix: { [ticker.includes(":") ? "symbol" : "ticker"]: ticker } }]),
      ...(actions === undefined ? [] : [{ terms: { action: actions } }]),
      ...(person === undefined ? [] : [ofPerson(person)]),
    ];
    const answer = await this.#elastic.request<{ hits?: { hits?: { _source: Stored }[] } }>("Reading the audit log", {
      method: "POST",
      path: `/${this.#index}/_search`,
      query: { filter_path: "hits.hits._source", allow_partial_search_results: false },
      body: {
        size: limit,
        query: { bool: { filter } },
        sort: [{ time: "desc" }, { id: "desc" }],
        ...(before && { search_after: [before.time, before.id] }),
        track_total_hits: false,
        _source: ["report"],
      },
    });
    const entries = (answer.hits?.hits ?? []).map(({ _source }) => auditEntrySchema.parse(_source.report));
    const outcomes = await this.#outcomes(entries);
    return entries.map((entry, index) => ({ entry, outcome: outcomes[index] ?? null }));
  }

  async lastSignIns(): Promise<Map<string, Micros>> {
    const { aggregations } = await this.#elastic.request<SignInsAnswer>("Reading who signed in", {
      method: "POST",
      path: `/${this.#index}/_search`,
      body: {
        size: 0,
        track_total_hits: false,
        query: { term: { action: "signed-in" } },
        aggs: {
          who: { terms: { field: "who", size: PEOPLE_LIMITS.people }, aggs: { last: { max: { field: "time" } } } },
        },
      },
    });
    return new Map((aggregations?.who.buckets ?? []).map(({ key, last }) => [key, last.value]));
  }

  async forget({ actions, before, most }: Parameters<AuditStore["forget"]>[0]): Promise<number> {
    let excess = (await this.#count(actions)) - most;
    let forgotten = 0;
    const pages = scan<{ id: string; time: Micros }>(this.#elastic, {
      index: this.#index,
      query: { terms: { action: actions } },
      sort: [{ time: "asc" }, { id: "asc" }],
      size: PAGE,
      source: ["id", "time"],
    });
    for await (const hits of pages) {
      const old = hits.filter(({ source: { time } }, position) => time < before || position < excess);
      if (old.length > 0) await this.#delete(old.map(({ source }) => source.id));
      forgotten += old.length;
      excess -= old.length;
      if (old.length < hits.length) break;
    }
    return forgotten;
  }

  async #create(id: string, document: Readonly<Record<string, unknown>>, refresh: boolean): Promise<void> {
    await writeIf(this.#elastic, { index: this.#index, id, document, version: null, refresh });
  }

  async #outcomes(entries: readonly AuditEntry[]): Promise<(AuditOutcome | null)[]> {
    if (entries.length === 0) return [];
    const { docs } = await this.#elastic.request<{ docs: { found?: boolean; _source?: Stored }[] }>(
      "Reading what became of changes",
      { method: "POST", path: `/${this.#index}/_mget`, body: { ids: entries.map(({ id }) => outcomeId(id)) } },
    );
    return docs.map(({ _source }) => (_source ? auditOutcomeSchema.parse(_source.report) : null));
  }

  async #count(actions: readonly AuditAction[]): Promise<number> {
    const { hits } = await this.#elastic.request<{ hits: { total: { value: number } } }>("Counting the audit log", {
      method: "POST",
      path: `/${this.#index}/_search`,
      body: { size: 0, track_total_hits: true, query: { terms: { action: actions } } },
    });
    return hits.total.value;
  }

  async #delete(ids: readonly string[]): Promise<void> {
    const lines = ids.flatMap((id) => [id, outcomeId(id)].map((_id) => `${JSON.stringify({ delete: { _id } })}\n`));
    const request = { method: "POST", path: `/${this.#index}/_bulk`, lines: Buffer.from(lines.join("")) } as const;
    await this.#elastic.request("Forgetting old entries of the audit log", request);
  }
}
