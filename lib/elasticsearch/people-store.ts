import {
  type PeopleStore,
  type Person,
  personSchema,
  type StoredPeople,
  type VersionedPerson,
} from "../contracts/people.ts";
import type { Elastic } from "./client.ts";
import { parseStored, readDocument, writeIf } from "./documents.ts";
import type { IndexNames } from "./index-names.ts";
import { scan } from "./scan.ts";

const PAGE = 1000;

/** Accounts in Elasticsearch. Every change is visible to searches when its call returns. */
export class ElasticPeopleStore implements PeopleStore {
  readonly #elastic: Elastic;
  readonly #index: string;

  constructor(elastic: Elastic, names: IndexNames) {
    this.#elastic = elastic;
    this.#index = names.fixed("people");
  }

  async list(): Promise<StoredPeople> {
    const people: VersionedPerson[] = [];
    let unread = 0;
    const pages = scan<unknown>(this.#elastic, {
      index: this.#index,
      query: { match_all: {} },
      sort: [{ name: "asc" }],
      size: PAGE,
      versions: true,
    });
    for await (const hits of pages) {
      for (const { source, version } of hits) {
        const { data } = personSchema.safeParse(source);
        if (data) people.push({ person: data, version });
        else unread += 1;
      }
    }
    return { people, unread };
  }

  async get(name: string): Promise<VersionedPerson | null> {
    const found = await readDocument<unknown>(this.#elastic, this.#index, name);
    return found && { person: this.#personOf(found.source), version: found.version };
  }

  create(person: Person): Promise<VersionedPerson> {
    return this.#write(person, null);
  }

  replace(person: Person, version: string): Promise<VersionedPerson> {
    return this.#write(person, version);
  }

  #personOf(stored: unknown): Person {
    return parseStored(personSchema, stored, this.#index);
  }

  async #write(person: Person, version: string | null): Promise<VersionedPerson> {
    const write = { index: this.#index, id: person.name, document: { ...person }, version, refresh: true };
    return { person, version: await writeIf(this.#elastic, write) };
  }
}
