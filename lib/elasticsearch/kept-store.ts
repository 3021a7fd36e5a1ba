import type { z } from "zod";
import { type Owned, ownedSchema, type Versioned } from "../contracts/kept.ts";
import type { KeptStore } from "../contracts/stores.ts";
import type { Elastic } from "./client.ts";
import { parseStored, readDocument, writeIf } from "./documents.ts";

/** What people keep of one kind: one small document each, read and written by id, in real time. */
export class ElasticKeptStore<T> implements KeptStore<T> {
  readonly #elastic: Elastic;
  readonly #index: string;
  readonly #schema: z.ZodType<Owned<T>>;

  constructor(elastic: Elastic, index: string, schema: z.ZodType<T[]>) {
    this.#elastic = elastic;
    this.#index = index;
    this.#schema = ownedSchema(schema);
  }

  async get(owner: string, of?: string): Promise<Versioned<T>> {
    const found = await readDocument<unknown>(this.#elastic, this.#index, idOf(owner, of));
    return found
      ? { kept: parseStored(this.#schema, found.source, this.#index).kept, version: found.version }
      : { kept: [], version: null };
  }

  put(document: Owned<T>, version: string | null): Promise<string> {
    return writeIf(this.#elastic, {
      index: this.#index,
      id: idOf(document.owner, document.of),
      document: { ...document },
      version,
      refresh: false,
    });
  }
}

/** Names of people and symbols hold no bar between. */
function idOf(owner: string, of: string | undefined): string {
  return of === undefined ? owner : `${owner}|${of}`;
}
