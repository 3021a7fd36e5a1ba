import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type ClientOptions } from "@elastic/elasticsearch";
import { type Config, elasticsearchUrl } from "../config/config.ts";
import { backoff } from "../domain/backoff.ts";
import { TapedeckError } from "../errors.ts";
import { asTapedeckError, isMissing, isStarting } from "./elastic-errors.ts";

const READ_TIMEOUT = 10_000;
/** An index that was created a moment ago exists before it can be read: about a second in all is waited for it. */
const SHARD_ATTEMPTS = 6;
const SHARD_RETRY = { first: 50, most: 400 };

export interface Request {
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: Readonly<Record<string, unknown>>;
  /** A body of JSON lines, instead of `body`. */
  lines?: Buffer;
  timeout?: number;
  signal?: AbortSignal | undefined;
}

/** The one way in which this folder speaks to the server. Errors are ours; the raw client does not leave this file. */
export interface Elastic {
  /** `T` is what the server answers to this request. */
  request<T>(doing: string, request: Request): Promise<T>;
  /** null where the document or index does not exist. */
  find<T>(doing: string, request: Request): Promise<T | null>;
  close(): Promise<void>;
}

/** BAD_CONFIGURATION when the CA file or half of the credentials is missing. */
export function createElastic(config: Config): Elastic {
  const client = new Client(clientOptions(config));
  const send = async <T>({ method, path, query, body, lines, timeout, signal }: Request): Promise<T> =>
    client.transport.request<T>(
      {
        method,
        path,
        ...(query ? { querystring: { ...query } } : {}),
        ...(body ? { body } : {}),
        ...(lines === undefined ? {} : { bulkBody: lines }),
      },
      {
        requestTimeout: timeout ?? READ_TIMEOUT,
        // A connection that was kept too long is no fault: what changes nothing may be asked again at once.
        maxRetries: changesNothing({ method, path }) ? 1 : 0,
        ...(signal ? { signal } : {}),
      },
    );
  const ask = async <T>(request: Request): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await send<T>(request);
      } catch (error) {
        if (tries === SHARD_ATTEMPTS || !isStarting(error) || !changesNothing(request)) throw error;
        await sleep(backoff(tries, SHARD_RETRY, Math.random()));
      }
    }
  };
  return {
    request: async (doing, request) => {
      try {
        return await ask(request);
      } catch (error) {
        throw asTapedeckError(error, doing);
      }
    },
    find: async (doing, request) => {
      try {
        return await ask(request);
      } catch (error) {
        if (isMissing(error)) return null;
        throw asTapedeckError(error, doing);
      }
    },
    close: () => client.close(),
  };
}

function changesNothing({ method, path }: Pick<Request, "method" | "path">): boolean {
  return method === "GET" || /\/_(search|mget|pit)$/.test(path);
}

function clientOptions(config: Config): ClientOptions {
  const auth = authentication(config);
  return {
    node: elasticsearchUrl(config),
    maxRetries: 0,
    requestTimeout: READ_TIMEOUT,
    sniffOnStart: false,
    // The other way copies the body of a failed request byte by byte, as properties of an object: a second for a bulk.
    redaction: { type: "remove" },
    ...(auth ? { auth } : {}),
    ...(config.ELASTICSEARCH_CA === undefined ? {} : { tls: { ca: readCertificate(config.ELASTICSEARCH_CA) } }),
  };
}

function authentication(config: Config): ClientOptions["auth"] | null {
  if (config.ELASTICSEARCH_API_KEY !== undefined) return { apiKey: config.ELASTICSEARCH_API_KEY };
  const { ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password } = config;
  if (username === undefined && password === undefined) return null;
  if (username !== undefined && password !== undefined) return { username, password };
  throw new TapedeckError("BAD_CONFIGURATION", "ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD need each other");
}

function readCertificate(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new TapedeckError("BAD_CONFIGURATION", `ELASTICSEARCH_CA=${file} cannot be read`, { cause: error });
  }
}
