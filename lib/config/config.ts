import type { z } from "zod";
import { TapedeckError } from "../errors.ts";
import { allowedValues } from "./allowed-values.ts";
import { marketsOf } from "./servers.ts";
import { isSecret, VARIABLES, type VariableName } from "./variables.ts";

export { VARIABLES, type VariableName };

export type Config = {
  readonly [K in VariableName]: (typeof VARIABLES)[K]["fallback"] extends undefined
    ? z.output<(typeof VARIABLES)[K]["schema"]> | undefined
    : z.output<(typeof VARIABLES)[K]["schema"]>;
};

/** Where the brokers are: those given, or the local one. */
export function kafkaBrokers(config: Config): string[] {
  return config.KAFKA_BROKERS?.split(",") ?? [`127.0.0.1:${config.LOCAL_KAFKA_PORT}`];
}

/** Where Elasticsearch is: the one given, or the local one. */
export function elasticsearchUrl(config: Config): string {
  return config.ELASTICSEARCH_URL ?? `http://127.0.0.1:${config.LOCAL_ELASTICSEARCH_PORT}`;
}

/**
 * Parses the environment once. Throws BAD_CONFIGURATION naming every wrong variable, its value and what is allowed.
 * An empty value counts as not set. Secrets are never repeated in the message.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const wrong: string[] = [];
  const entries = Object.entries(VARIABLES).map(([name, { schema, fallback, help }]) => {
    const value = environment[name] || fallback;
    if (value === undefined) return [name, undefined];
    const parsed = schema.safeParse(value);
    if (parsed.success) return [name, parsed.data];
    const shown = isSecret(name) ? "(hidden)" : JSON.stringify(value);
    wrong.push(`${name}=${shown}, ${help}: must be ${allowedValues(schema)}`);
    return [name, undefined];
  });
  // The keys are those of VARIABLES; where nothing is wrong each value has passed its schema.
  const config = Object.fromEntries(entries) as Config;
  if (wrong.length === 0) wrong.push(...mixedMarkets(config));
  if (wrong.length > 0) throw new TapedeckError("BAD_CONFIGURATION", `Wrong configuration:\n  ${wrong.join("\n  ")}`);
  return config;
}

/** Gaps of a live feed cannot be filled with the trades of another market. */
function mixedMarkets({ BINANCE_WEBSOCKET, BINANCE_REST }: Config): string[] {
  if (marketsOf([...BINANCE_WEBSOCKET, ...BINANCE_REST]).size === 1) return [];
  return [
    "BINANCE_WEBSOCKET and BINANCE_REST: must be of one market, Binance or Binance.US: their trades are not the same",
  ];
}
