import type { Config } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { chooseSeed, readSeed, SEED_FILE } from "./seed.ts";

/** Creates the topics that are missing. */
export async function prepareTopics(config: Config): Promise<void> {
  const kafka = createKafka(config);
  try {
    await kafka.createTopics(names(config.TAPEDECK_NAMESPACE), config);
  } finally {
    await kafka.close();
  }
}

/** Creates the indices that are missing, and the tickers of the seed file; says how many of those are new. */
export async function prepareIndices(config: Config): Promise<number> {
  const elasticsearch = createElasticsearch(config);
  try {
    await elasticsearch.createIndices();
    return await elasticsearch.tickers.seed(chooseSeed(readSeed(SEED_FILE), config, Date.now() * 1000));
  } finally {
    await elasticsearch.close();
  }
}
