import type { SavedDesk } from "../contracts/desks.ts";
import type { Drawing } from "../contracts/drawings.ts";
import type { WatchList } from "../contracts/lists.ts";
import type { AlertStore } from "../contracts/alerts.ts";
import type { AuditStore } from "../contracts/audit.ts";
import type { EngineStore, MemoryReader } from "../contracts/engine-store.ts";
import type { PeopleStore } from "../contracts/people.ts";
import type { BarReader, LatestReader, KeptStore, SourceStore, TickerStore } from "../contracts/stores.ts";

/** Everything that Tapedeck does with Elasticsearch. */
export interface ElasticsearchConnection {
  readonly engineStore: EngineStore;
  readonly tickers: TickerStore;
  readonly sources: SourceStore;
  readonly alerts: AlertStore;
  readonly lists: KeptStore<WatchList>;
  readonly desks: KeptStore<SavedDesk>;
  readonly drawings: KeptStore<Drawing>;
  readonly audit: AuditStore;
  readonly people: PeopleStore;
  readonly bars: BarReader;
  readonly latest: LatestReader;
  /** What the engine remembers. */
  readonly memory: MemoryReader;
  /** Puts the index templates and creates the fixed indices that are missing. */
  createIndices(): Promise<void>;
  /** Drops every index whose newest write is older than the retention of its interval; `now` in microseconds. The names of those dropped. */
  dropExpired(now: number): Promise<string[]>;
  /** Drops all bars, newest prices, slots and checkpoints, for good; tickers, sources and alerts stay. */
  dropPrices(): Promise<void>;
  /** Whether the server answers and can be read and written. Never rejects. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}
