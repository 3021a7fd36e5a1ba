import type { Config } from "../config/config.ts";
import { names } from "../contracts/topics.ts";
import { createLog, type Log } from "../log.ts";
import { ElasticAlertStore } from "./alert-store.ts";
import { ElasticAuditStore } from "./audit-store.ts";
import { ElasticBarReader } from "./bar-reader.ts";
import { BulkWriter } from "./bulk-writer.ts";
import { createElastic, type Elastic } from "./client.ts";
import type { ElasticsearchConnection } from "./connection.ts";
import { ElasticEngineStore } from "./engine-store.ts";
import { IndexNames } from "./index-names.ts";
import { Indices } from "./indices.ts";
import { createLatestReader } from "./latest-reader.ts";
import { savedDesksSchema } from "../contracts/desks.ts";
import { drawingsSchema } from "../contracts/drawings.ts";
import { watchListsSchema } from "../contracts/lists.ts";
import { ElasticKeptStore } from "./kept-store.ts";
import { createMemoryReader } from "./memory-reader.ts";
import { ElasticPeopleStore } from "./people-store.ts";
import { ElasticSourceStore } from "./source-store.ts";
import { ElasticTickerStore } from "./ticker-store.ts";

export type { ElasticsearchConnection } from "./connection.ts";

const PROBE_TIMEOUT = 3000;

/** Connects to the server of the configuration; nothing is sent before the first call. BAD_CONFIGURATION when that is incomplete. */
export function createElasticsearch(
  config: Config,
  log: Log = createLog("elasticsearch", config.TAPEDECK_LOG_LEVEL),
): ElasticsearchConnection {
  const elastic = createElastic(config);
  const indexNames = new IndexNames(names(config.TAPEDECK_NAMESPACE).indexPrefix);
  const indices = new Indices(elastic, indexNames, config);
  const writer = new BulkWriter(elastic, indexNames, indices, log);
  const engineStore = new ElasticEngineStore(elastic, indexNames, writer, log);
  return {
    engineStore,
    tickers: new ElasticTickerStore(elastic, indexNames),
    sources: new ElasticSourceStore(elastic, indexNames),
    alerts: new ElasticAlertStore(elastic, indexNames),
    lists: new ElasticKeptStore(elastic, indexNames.fixed("lists"), watchListsSchema),
    desks: new ElasticKeptStore(elastic, indexNames.fixed("desks"), savedDesksSchema),
    drawings: new ElasticKeptStore(elastic, indexNames.fixed("drawings"), drawingsSchema),
    audit: new ElasticAuditStore(elastic, indexNames),
    people: new ElasticPeopleStore(elastic, indexNames),
    bars: new ElasticBarReader(elastic, indexNames),
    latest: createLatestReader(elastic, indexNames),
    memory: createMemoryReader(elastic, indexNames),
    createIndices: () => indices.createAll(),
    dropExpired: (now) => indices.dropExpired(now),
    dropPrices: () => indices.dropPrices(),
    ready: () => isReady(elastic),
    close: async () => {
      engineStore.close();
      await elastic.close();
    },
  };
}

async function isReady(elastic: Elastic): Promise<boolean> {
  try {
    const path = "/_cluster/health";
    const { status } = await elastic.request<{ status: string }>("Health", {
      method: "GET",
      path,
      timeout: PROBE_TIMEOUT,
    });
    return status === "green" || status === "yellow";
  } catch {
    return false;
  }
}
