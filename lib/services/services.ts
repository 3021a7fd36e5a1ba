import type { SavedDesk } from "../contracts/desks.ts";
import type { Drawing } from "../contracts/drawings.ts";
import type { WatchList } from "../contracts/lists.ts";
import type { Config } from "../config/config.ts";
import type { AlertStore } from "../contracts/alerts.ts";
import type { AuditStore } from "../contracts/audit.ts";
import type { MemoryReader } from "../contracts/engine-store.ts";
import type { LogProducer } from "../contracts/log.ts";
import type { PeopleStore } from "../contracts/people.ts";
import type { BarReader, ChartBar, KeptStore, SourceStore, TickerStore, WatchedBar } from "../contracts/stores.ts";
import type { MoversView, VolumeNormalView } from "../contracts/overview-views.ts";
import type { ActiveView, Correlations } from "../contracts/views.ts";
import type { Source } from "../contracts/tickers.ts";
import type { Micros } from "../domain/interval.ts";
import type { Feed } from "../feeds/feed.ts";
import type { KafkaConnection } from "../kafka/connection.ts";
import type { LiveHub } from "../live/hub.ts";
import type { Log } from "../log.ts";
import type { WebMetrics } from "../metrics/web-metrics.ts";
import type { ApiAccess } from "./access/api-access.ts";
import type { DailyReference } from "./market/daily-reference.ts";
import type { Sparklines } from "./market/sparklines.ts";
import type { ReturnSketches } from "./distribution/return-sketches.ts";
import type { SharedReads } from "./shared-reads.ts";
import type { AuditPace } from "./audit/pace.ts";
import type { Accounts } from "./people/accounts.ts";
import type { Passwords } from "./people/passwords.ts";
import type { Sessions } from "./session/sessions.ts";
import type { TickerDirectory } from "./instruments/ticker-directory.ts";

/** Everything that a use case may need; each takes the part it uses. One per process. */
export interface Services {
  config: Pick<Config, "TAPEDECK_NAMESPACE" | "TAPEDECK_PARTITIONS">;
  tickers: TickerStore;
  sources: SourceStore;
  alerts: AlertStore;
  /** Who changed what. */
  audit: AuditStore;
  /** How many changes each person makes. */
  auditPace: AuditPace;
  /** The watchlists of people. */
  lists: KeptStore<WatchList>;
  /** Their desks. */
  desks: KeptStore<SavedDesk>;
  /** Their drawings, by symbol. */
  drawings: KeptStore<Drawing>;
  bars: BarReader;
  /** What the engine remembers. */
  memory: MemoryReader;
  /** The log of ticks, to read again. */
  ticks: Pick<KafkaConnection, "readRange" | "topicEnds">;
  hub: LiveHub;
  feeds: ReadonlyMap<Source, Feed>;
  /** Tickers as last read, at most two seconds old. */
  directory: TickerDirectory;
  /** Previous closes. */
  daily: DailyReference;
  sparklines: Sparklines;
  /** Returns from minute to minute, by day. */
  returns: ReturnSketches;
  /** Pages of bars read within the last second. */
  charts: SharedReads<ChartBar[]>;
  /** The most active symbols, at most a second old. */
  active: SharedReads<ActiveView>;
  /** What moved in each session, at most a second old. */
  movers: SharedReads<MoversView>;
  /** Volumes against what is normal for their minute, computed within the last minute. */
  normals: SharedReads<VolumeNormalView[]>;
  /** Bars that previews of alerts looked at, read within the last minute. */
  watched: SharedReads<WatchedBar[]>;
  /** Correlations computed within the last minute. */
  correlations: SharedReads<Correlations>;
  /** Who may sign in, and as what. */
  people: PeopleStore;
  passwords: Passwords;
  /** Who may sign in, at most a second old. */
  accounts: Accounts;
  sessions: Sessions;
  /** Keys and limits of programs. */
  access: ApiAccess;
  /** Into the log of ticks; for the words of operators. */
  decisions: Pick<LogProducer, "send">;
  metrics: WebMetrics;
  log: Pick<Log, "error">;
  codeVersion: string;
  /** Our clock, microseconds. */
  now: () => Micros;
  /** Whether Elasticsearch answers. */
  storeReady: () => Promise<boolean>;
}
