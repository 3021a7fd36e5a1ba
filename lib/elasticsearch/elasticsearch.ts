import type { Config } from "../config/config.ts";
import { TapedeckError } from "../errors.ts";
import type { ElasticsearchConnection } from "./connection.ts";

export type { ElasticsearchConnection } from "./connection.ts";

/** Connects to the server of the configuration; nothing is sent before the first call. */
export function createElasticsearch(config: Config): ElasticsearchConnection {
  throw new TapedeckError("UNSUPPORTED", `No store at ${config.ELASTICSEARCH_URL ?? "?"} yet`);
}
