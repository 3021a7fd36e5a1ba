import { ownedListsSchema, type OwnedLists, type VersionedLists } from "../contracts/lists.ts";
import type { ListStore } from "../contracts/stores.ts";
import type { Elastic } from "./client.ts";
import { readDocument, writeIf } from "./documents.ts";
import type { IndexNames } from "./index-names.ts";

/** The watchlists of people: one small document each, read and written by id, in real time. */
export class ElasticListStore implements ListStore {
  readonly #elastic: Elastic;
  readonly #index: string;

  constructor(elastic: Elastic, names: IndexNames) {
    this.#elastic = elastic;
    this.#index = names.fixed("lists");
  }

  async get(owner: string): Promise<VersionedLists> {
    const found = await readDocument<unknown>(this.#elastic, this.#index, owner);
    return found
      ? { lists: ownedListsSchema.parse(found.source).lists, version: found.version }
      : { lists: [], version: null };
  }

  put(document: OwnedLists, version: string | null): Promise<string> {
    return writeIf(this.#elastic, {
      index: this.#index,
      id: document.owner,
      document: { ...document },
      version,
      refresh: false,
    });
  }
}
