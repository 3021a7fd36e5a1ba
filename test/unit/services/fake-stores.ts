import type { AuditOutcome, AuditRow, AuditStore } from "#lib/contracts/audit.ts";
import type { BackfillDocument, ChannelDocument } from "#lib/contracts/sources.ts";
import type { PeopleStore, Person, VersionedPerson } from "#lib/contracts/people.ts";
import type { SourceStore, TickerStore } from "#lib/contracts/stores.ts";
import type { Ticker, VersionedTicker } from "#lib/contracts/tickers.ts";
import { TapedeckError } from "#lib/errors.ts";
import type { Feed, SourceListing } from "#lib/feeds/feed.ts";
import type { RecordChange } from "#lib/services/audit/record.ts";
import { Passwords } from "#lib/services/people/passwords.ts";

/** Makes a change without a record of it. */
export const unrecorded: RecordChange = (_, make) => make();

/** An audit log in memory, newest first; `fail` says what a write does instead. */
export function fakeAudit(fail: { append?: Error; settle?: Error } = {}): AuditStore & { rows: AuditRow[] } {
  const rows: AuditRow[] = [];
  return {
    rows,
    append: async (entry) => {
      if (fail.append) throw fail.append;
      rows.unshift({ entry, outcome: null });
    },
    settle: async (id: string, outcome: AuditOutcome) => {
      if (fail.settle) throw fail.settle;
      const row = rows.find(({ entry }) => entry.id === id);
      if (row) row.outcome = outcome;
    },
    page: ({ limit, before }) => {
      const from = before ? rows.findIndex(({ entry }) => entry.id === before.id) + 1 : 0;
      return Promise.resolve(rows.slice(from, from + limit));
    },
    forget: () => Promise.resolve(0),
    lastSignIns: () => Promise.resolve(new Map()),
  };
}

/** Tickers in memory, with the optimistic concurrency of the real store. */
export function fakeTickers(...tickers: Ticker[]): TickerStore {
  const held = new Map<string, VersionedTicker>(
    tickers.map((ticker) => [ticker.symbol, { ticker, version: "1" }] as const),
  );
  const put = (ticker: Ticker, version: string) => {
    const stored = { ticker, version };
    held.set(ticker.symbol, stored);
    return stored;
  };
  return {
    list: () => Promise.resolve([...held.values()]),
    get: (symbol) => Promise.resolve(held.get(symbol) ?? null),
    create: async (ticker) => {
      if (held.has(ticker.symbol)) throw new TapedeckError("CONFLICT", "exists");
      return put(ticker, "1");
    },
    replace: async (ticker, version) => {
      if (held.get(ticker.symbol)?.version !== version) throw new TapedeckError("CONFLICT", "changed");
      return put(ticker, String(Number(version) + 1));
    },
    seed: () => Promise.resolve(0),
    search: () => Promise.resolve({ hits: [], total: 0, sectors: [] }),
  };
}

/** Passwords hashed as weakly as can be: hundreds a second. */
export const cheapPasswords = (): Passwords => new Passwords({ ln: 10, r: 8, p: 1 });

/** Accounts in memory, with the optimistic concurrency of the real store. */
export function fakePeople(...people: Person[]): PeopleStore {
  const held = new Map<string, VersionedPerson>(
    people.map((person) => [person.name, { person, version: "1" }] as const),
  );
  const put = (person: Person, version: string) => {
    const stored = { person, version };
    held.set(person.name, stored);
    return stored;
  };
  return {
    list: async () => {
      const all = [...held.values()].toSorted((a, b) => (a.person.name < b.person.name ? -1 : 1));
      return { people: all, unread: 0 };
    },
    get: (name) => Promise.resolve(held.get(name) ?? null),
    create: async (person) => {
      if (held.has(person.name)) throw new TapedeckError("CONFLICT", "exists");
      return put(person, "1");
    },
    replace: async (person, version) => {
      if (held.get(person.name)?.version !== version) throw new TapedeckError("CONFLICT", "changed");
      return put(person, String(Number(version) + 1));
    },
  };
}

function same(a: BackfillDocument, b: BackfillDocument): boolean {
  return a.symbol === b.symbol && a.interval === b.interval && a.from === b.from;
}

/** Channels as given, and history requests in memory. */
export function fakeSources(channels: ChannelDocument[] = []): SourceStore & { asked: BackfillDocument[] } {
  const asked: BackfillDocument[] = [];
  const put = (request: BackfillDocument): void => {
    const at = asked.findIndex((each) => same(each, request));
    asked.splice(at, at < 0 ? 0 : 1, request);
  };
  return {
    asked,
    channels: () => Promise.resolve(channels),
    getChannel: () => Promise.resolve(null),
    putChannel: () => Promise.resolve("1"),
    workers: () => Promise.resolve([]),
    putWorker: () => Promise.resolve(),
    removeWorker: () => Promise.resolve(),
    forgetWorkers: () => Promise.resolve(),
    wantBackfills: (requests) => {
      const stored = requests.map((request) => {
        const before = asked.find((each) => same(each, request));
        if (!before) asked.push(request);
        return before ?? request;
      });
      return Promise.resolve(stored);
    },
    putBackfill: (request) => {
      put(request);
      return Promise.resolve();
    },
    renewBackfill: (request) => {
      put(request);
      return Promise.resolve(request);
    },
    backfills: ({ symbol, states }) => {
      return Promise.resolve(
        asked.filter((each) => (!symbol || each.symbol === symbol) && (!states || states.includes(each.state))),
      );
    },
  };
}

function nothing(): never {
  throw new TapedeckError("UNSUPPORTED", "only search");
}

/** A feed that can only be searched, and says that it has history. */
export function fakeFeed(search: () => Promise<SourceListing[]>): Feed {
  return {
    source: "coinbase",
    exchange: "COINBASE",
    capabilities: {
      live: true,
      history: ["1m", "1d"],
      gapFill: 0,
      symbolSearch: true,
      calendar: "utc",
      delay: 0,
      silence: 5_000_000,
      symbolsPerChannel: 50,
    },
    servers: [],
    stream: nothing,
    history: nothing,
    trades: nothing,
    search,
  };
}
