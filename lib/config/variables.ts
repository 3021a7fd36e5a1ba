import { z } from "zod";
import { servers } from "./servers.ts";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const port = z.coerce.number().int().min(1).max(65_535);
const count = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

interface Variable<T extends z.ZodType, F extends string | undefined> {
  schema: T;
  fallback: F;
  help: string;
}
const variable = <T extends z.ZodType, F extends string | undefined>(
  schema: T,
  fallback: F,
  help: string,
): Variable<T, F> => ({ schema, fallback, help });

/** Every environment variable that Tapedeck reads: its schema, its default and what `--help` and the README say of it. */
export const VARIABLES = {
  TAPEDECK_DATA: variable(z.string().min(1), ".tapedeck", "folder of the local engines' data, logs and secrets"),
  TAPEDECK_NAMESPACE: variable(
    z.string().regex(/^([a-z][a-z0-9]{0,15})?$/, "empty, or a letter and up to 15 letters and digits, lower case"),
    "",
    "prefix of topics and indices, to keep several installations apart on shared servers",
  ),
  TAPEDECK_HOST: variable(z.string().min(1), "127.0.0.1", "address the web server listens on"),
  TAPEDECK_PORT: variable(port, "3000", "port of the web server"),
  TAPEDECK_TRUSTED_PROXIES: variable(
    count(0, 8),
    "0",
    "proxies before the web server that add to X-Forwarded-For whom they were asked by; attempts to sign in are counted by that address",
  ),
  TAPEDECK_INGEST: variable(count(1, 8), "1", "ingest processes; they share the channels"),
  TAPEDECK_AGGREGATE: variable(count(1, 16), "1", "aggregate processes; they share the partitions"),
  TAPEDECK_PARTITIONS: variable(
    count(1, 256),
    "4",
    "partitions of ticks, bars and latest, fixed when the topics are created",
  ),
  TAPEDECK_SOURCES: variable(
    z
      .string()
      .regex(
        /^(simulator|coinbase|binance)(,(simulator|coinbase|binance))*$/,
        "a comma-separated list of simulator, coinbase, binance",
      ),
    "simulator,coinbase,binance",
    "sources to collect from",
  ),
  TAPEDECK_ADMIN_PASSWORD: variable(
    z.string().min(8).max(200),
    undefined,
    "password of the account admin; without it one is generated, printed at the first start and kept in the data folder",
  ),
  TAPEDECK_API_KEYS: variable(
    z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._-]{0,31}:[0-9a-f]{64}(,[a-z0-9][a-z0-9._-]{0,31}:[0-9a-f]{64})*$/,
        "a comma-separated list of a name, a colon, and the SHA-256 of a key in hex, lower case",
      ),
    undefined,
    "keys of which programs must present one; without any, none is asked for",
  ),
  TAPEDECK_API_LIMIT: variable(count(1, 1_000_000), "600", "requests a minute of each key, or address without one"),
  TAPEDECK_API_ORIGINS: variable(
    z
      .string()
      .regex(
        /^(\*|https?:\/\/[^,/\s]+(,https?:\/\/[^,/\s]+)*)$/,
        "* or a comma-separated list of origins as https://example.org",
      ),
    undefined,
    "origins whose pages may read the interfaces for programs",
  ),
  TAPEDECK_EMISSION: variable(
    z.union([z.literal("record"), count(10, 10_000)]),
    "100",
    "cadence of bar updates: record, or a batch of that many milliseconds",
  ),
  TAPEDECK_CHECKPOINT: variable(count(100, 60_000), "2000", "milliseconds between checkpoints"),
  TAPEDECK_ALERT_WEBHOOK: variable(
    z.url({ protocol: /^https?$/ }).refine((url) => {
      const { username, password } = new URL(url);
      return username === "" && password === "";
    }),
    undefined,
    "http or https URL, without user and password, to which each alert is posted as JSON; without it they are told to open pages alone",
  ),
  TAPEDECK_BUILD: variable(
    z.string().regex(/^\.next[a-z0-9-]*$/, "a name that begins with .next"),
    ".next",
    "folder of the built pages, in the project",
  ),
  TAPEDECK_LOG_LEVEL: variable(
    z.enum(["trace", "debug", "info", "warn", "error"]),
    "info",
    "least severe log line that is printed",
  ),
  SIMULATOR_SYMBOLS: variable(count(1, 100_000), "60", "simulated symbols"),
  SIMULATOR_RATE: variable(
    z.coerce.number().min(0.01).max(100_000),
    "1",
    "activity of the simulated market; 1 is a natural pace",
  ),
  SIMULATOR_SEED: variable(count(0, 2 ** 31 - 1), "1", "seed of the simulated market"),
  SIMULATOR_SESSIONS: variable(
    z.enum(["always", "us"]),
    "always",
    "trading hours of the simulated market: around the clock, or US sessions",
  ),
  SIMULATOR_HALTS: variable(
    z
      .string()
      .regex(/^(rare|none|[A-Z0-9.]{1,16}(,[A-Z0-9.]{1,16})*)$/, "rare, none, or a comma-separated list of tickers"),
    "rare",
    "trading halts of the simulated market: rare pauses of five minutes, none, or of these tickers in every even minute",
  ),
  COINBASE_WEBSOCKET: variable(
    servers("ws"),
    "wss://ws-feed.exchange.coinbase.com",
    "live feed of Coinbase: its servers, the first that works is used",
  ),
  COINBASE_REST: variable(
    servers("http"),
    "https://api.exchange.coinbase.com",
    "history of Coinbase: its servers, the first that works is used",
  ),
  BINANCE_WEBSOCKET: variable(
    servers("ws"),
    "wss://data-stream.binance.vision,wss://stream.binance.com:9443,wss://stream.binance.com",
    "live feed of Binance: its servers, the first that works is used; from US addresses wss://stream.binance.us:9443 alone",
  ),
  BINANCE_REST: variable(
    servers("http"),
    "https://data-api.binance.vision,https://api.binance.com,https://api1.binance.com,https://api2.binance.com,https://api3.binance.com,https://api4.binance.com",
    "history of Binance: its servers, the first that works is used; from US addresses https://api.binance.us alone",
  ),
  KAFKA_BROKERS: variable(
    z.string().regex(/^[^,\s]+:\d+(,[^,\s]+:\d+)*$/, "host:port, comma-separated"),
    undefined,
    "brokers to use instead of starting one",
  ),
  KAFKA_TLS: variable(flag, "false", "connect to the brokers by TLS"),
  KAFKA_CA: variable(z.string().min(1), undefined, "file of the certificate authority of the brokers"),
  KAFKA_SASL_MECHANISM: variable(
    z.enum(["plain", "scram-sha-256", "scram-sha-512"]),
    undefined,
    "SASL mechanism of the brokers",
  ),
  KAFKA_USERNAME: variable(z.string().min(1), undefined, "SASL user"),
  KAFKA_PASSWORD: variable(z.string().min(1), undefined, "SASL password"),
  KAFKA_REPLICATION: variable(count(1, 9), "1", "replicas of topics created on brokers given by KAFKA_BROKERS"),
  ELASTICSEARCH_URL: variable(
    z.url({ protocol: /^https?$/ }),
    undefined,
    "http or https URL of an Elasticsearch to use instead of starting one",
  ),
  ELASTICSEARCH_USERNAME: variable(z.string().min(1), undefined, "user of Elasticsearch"),
  ELASTICSEARCH_PASSWORD: variable(z.string().min(1), undefined, "password of Elasticsearch"),
  ELASTICSEARCH_API_KEY: variable(
    z.string().min(1),
    undefined,
    "API key of Elasticsearch, instead of user and password",
  ),
  ELASTICSEARCH_CA: variable(z.string().min(1), undefined, "file of the certificate authority of Elasticsearch"),
  LOCAL_KAFKA_PORT: variable(port, "19092", "port of the local broker (its controller uses the next)"),
  LOCAL_ELASTICSEARCH_PORT: variable(port, "19200", "port of the local Elasticsearch (its transport uses the next)"),
  LOCAL_QUICK_START: variable(flag, "false", "start the local engines sooner and run them slower, for tests"),
  RETENTION_1S_DAYS: variable(count(1, 36_500), "1", "days that 1s bars are kept after their index was last written"),
  RETENTION_1M_DAYS: variable(count(1, 36_500), "60", "days that 1m bars are kept after their index was last written"),
  RETENTION_ALERTS_DAYS: variable(count(1, 36_500), "90", "days that the log of alerts is kept"),
  RETENTION_AUDIT_DAYS: variable(count(1, 36_500), "400", "days that the audit log is kept"),
  RETENTION_TICKS_HOURS: variable(count(1, 876_000), "168", "hours that the log of ticks is kept"),
} as const;

export type VariableName = keyof typeof VARIABLES;

/** Never repeated in a message, and without a flag: a command line is everybody's to read. */
export function isSecret(name: string): boolean {
  return /PASSWORD|API_KEY|WEBHOOK/.test(name);
}
