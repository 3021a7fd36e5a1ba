import type { Config } from "../config/config.ts";
import { INTERVALS, type Interval, type Micros } from "../domain/interval.ts";
import { TapedeckError } from "../errors.ts";
import type { Elastic } from "./client.ts";
import { typeOf } from "./elastic-errors.ts";
import { FIXED_INDICES, type IndexNames, retentionOf } from "./index-names.ts";
import { barBody, fixedBody, type IndexBody } from "./mappings.ts";

const TIMEOUT = 30_000;

type Retention = Pick<Config, "RETENTION_1S_DAYS" | "RETENTION_1M_DAYS">;

/** Makes and drops indices. */
export class Indices {
  readonly #elastic: Elastic;
  readonly #names: IndexNames;
  readonly #config: Retention;
  /** Creations under way: many writers want the same index at the same moment. */
  readonly #creating = new Map<string, Promise<void>>();

  constructor(elastic: Elastic, names: IndexNames, config: Retention) {
    this.#elastic = elastic;
    this.#names = names;
    this.#config = config;
  }

  retention(interval: Interval): Micros {
    return retentionOf(interval, this.#config);
  }

  /**
   * Puts the templates, which above all forbid that a write creates an index by itself, and creates the fixed indices. Those that
   * exist, made by an older version, learn the fields that they lack.
   */
  async createAll(): Promise<void> {
    for (const interval of INTERVALS) {
      await this.#putTemplate(
        this.#names.bars(interval),
        this.#names.pattern(interval),
        barBody(this.#names, interval),
      );
      await this.#putMapping(this.#names.pattern(interval), barBody(this.#names, interval));
    }
    for (const index of FIXED_INDICES) {
      const name = this.#names.fixed(index);
      await this.#putTemplate(name, name, fixedBody(index));
      if (await this.#exists(name)) await this.#putMapping(name, fixedBody(index));
      else await this.create(name);
    }
  }

  /** Creates one index; one that exists already is left as it is. */
  create(index: string, signal?: AbortSignal): Promise<void> {
    let creating = this.#creating.get(index);
    if (!creating) {
      creating = this.#create(index, signal).finally(() => this.#creating.delete(index));
      this.#creating.set(index, creating);
    }
    return creating;
  }

  /** Drops the indices of bars to which nothing has been written for longer than their retention. Gives their names. */
  async dropExpired(now: Micros): Promise<string[]> {
    const dropped: string[] = [];
    for (const interval of INTERVALS) {
      const limit = now - this.retention(interval);
      if (limit === -Infinity) continue;
      for (const index of await this.#list(interval)) {
        const newest = await this.#newestWrite(index);
        if (newest === null || newest >= limit) continue;
        await this.#elastic.find(`Dropping ${index}`, { method: "DELETE", path: `/${index}`, timeout: TIMEOUT });
        dropped.push(index);
      }
    }
    return dropped;
  }

  /** Drops everything that the engine has stored, and makes the empty indices that must exist. */
  async dropPrices(): Promise<void> {
    const bars = (await Promise.all(INTERVALS.map((interval) => this.#list(interval)))).flat();
    const fixed = (["latest", "checkpoints"] as const).map((index) => this.#names.fixed(index));
    for (const index of [...bars, ...fixed]) {
      await this.#elastic.find(`Dropping ${index}`, { method: "DELETE", path: `/${index}`, timeout: TIMEOUT });
    }
    await this.createAll();
  }

  async #create(index: string, signal: AbortSignal | undefined): Promise<void> {
    const body = this.#body(index);
    try {
      await this.#elastic.request(`Creating ${index}`, {
        method: "PUT",
        path: `/${index}`,
        body: { ...body },
        timeout: TIMEOUT,
        signal,
      });
    } catch (error) {
      if (typeOf(error) !== "resource_already_exists_exception") throw error;
    }
  }

  #body(index: string): IndexBody {
    const interval = this.#names.intervalOf(index);
    if (interval !== null) return barBody(this.#names, interval);
    const fixed = FIXED_INDICES.find((each) => this.#names.fixed(each) === index);
    if (fixed) return fixedBody(fixed);
    throw new TapedeckError("INTERNAL", `${index} is no index of this installation`);
  }

  async #putTemplate(name: string, pattern: string, { aliases, ...body }: IndexBody): Promise<void> {
    await this.#elastic.request(`The template ${name}`, {
      method: "PUT",
      path: `/_index_template/${name}`,
      body: {
        index_patterns: [pattern],
        allow_auto_create: false,
        priority: 500,
        template: aliases ? { ...body, aliases } : body,
      },
      timeout: TIMEOUT,
    });
  }

  async #putMapping(pattern: string, { mappings }: IndexBody): Promise<void> {
    await this.#elastic.request(`The fields of ${pattern}`, {
      method: "PUT",
      path: `/${pattern}/_mapping`,
      query: { allow_no_indices: true, ignore_unavailable: true },
      body: { ...mappings },
      timeout: TIMEOUT,
    });
  }

  async #exists(index: string): Promise<boolean> {
    return (await this.#elastic.find(`Looking for ${index}`, { method: "GET", path: `/${index}/_settings` })) !== null;
  }

  async #list(interval: Interval): Promise<string[]> {
    const found = await this.#elastic.find<Record<string, unknown>>(`The indices of ${interval} bars`, {
      method: "GET",
      path: `/${this.#names.pattern(interval)}/_settings`,
      query: { filter_path: "*.settings.index.uuid" },
    });
    return Object.keys(found ?? {});
  }

  /** The newest `written` of an index; when it was created where nothing is in it; null where it is gone. Microseconds. */
  async #newestWrite(index: string): Promise<Micros | null> {
    const path = `/${index}/_refresh`;
    // What is not refreshed is not found: without this the newest writes would not count.
    if ((await this.#elastic.find(`Refreshing ${index}`, { method: "POST", path, timeout: TIMEOUT })) === null)
      return null;
    const found = await this.#elastic.find<{ aggregations?: { newest: { value: number | null } } }>(
      `The newest write to ${index}`,
      {
        method: "POST",
        path: `/${index}/_search`,
        body: { size: 0, track_total_hits: false, aggs: { newest: { max: { field: "written" } } } },
        timeout: TIMEOUT,
      },
    );
    return found?.aggregations?.newest.value ?? (found ? await this.#created(index) : null);
  }

  async #created(index: string): Promise<Micros | null> {
    const found = await this.#elastic.find<Record<string, { settings: { index: { creation_date: string } } }>>(
      `The age of ${index}`,
      { method: "GET", path: `/${index}/_settings` },
    );
    const date = found?.[index]?.settings.index.creation_date;
    return date === undefined ? null : Number(date) * 1000;
  }
}
