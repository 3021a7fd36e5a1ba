import type { Interval } from "../domain/interval.ts";
import type { FixedIndex, IndexNames } from "./index-names.ts";

type Mapping = Readonly<Record<string, unknown>>;

export interface IndexBody {
  settings: Mapping;
  mappings: Mapping;
  aliases?: Mapping;
}

const KEYWORD = { type: "keyword" };
/** Kept in the document alone: neither searched nor sorted by, of any length. */
const STORED = { type: "keyword", index: false, doc_values: false };
const ANYTHING = { type: "object", enabled: false };
const LONG = { type: "long" };
const LONG_VALUE = { type: "long", index: false };
const LONG_STORED = { type: "long", index: false, doc_values: false };
const DOUBLE_VALUE = { type: "double", index: false };
const DOUBLE_STORED = { type: "double", index: false, doc_values: false };
const FLAG = { type: "boolean" };
const FLAG_VALUE = { type: "boolean", index: false };

/** Times are integer microseconds, as everywhere in the messages: longs, for dates would cut them to milliseconds. */
const BARS: Mapping = {
  symbol: KEYWORD,
  interval: STORED,
  start: LONG,
  end: LONG_VALUE,
  session: KEYWORD,
  given: FLAG,
  open: DOUBLE_VALUE,
  high: DOUBLE_VALUE,
  low: DOUBLE_VALUE,
  close: DOUBLE_VALUE,
  volume: DOUBLE_VALUE,
  vwap: DOUBLE_VALUE,
  trades: LONG_VALUE,
  buyVolume: DOUBLE_VALUE,
  bid: DOUBLE_STORED,
  ask: DOUBLE_STORED,
  spreadMin: DOUBLE_STORED,
  spreadMax: DOUBLE_STORED,
  final: FLAG_VALUE,
  complete: FLAG_VALUE,
  revision: LONG_VALUE,
  lineage: ANYTHING,
  epoch: LONG_STORED,
  position: LONG_STORED,
  topology: STORED,
  raw: STORED,
  sketch: STORED,
  profile: STORED,
  written: LONG_VALUE,
  // of bars that a source gave
  channel: STORED,
  partition: LONG_STORED,
  offset: LONG_STORED,
  line: LONG_STORED,
};

const LATEST: Mapping = {
  symbol: KEYWORD,
  channel: KEYWORD,
  time: LONG_VALUE,
  receivedTime: LONG_STORED,
  price: DOUBLE_VALUE,
  size: DOUBLE_STORED,
  side: STORED,
  tradeTime: LONG_STORED,
  bid: DOUBLE_STORED,
  bidSize: DOUBLE_STORED,
  ask: DOUBLE_STORED,
  askSize: DOUBLE_STORED,
  dayStart: LONG_STORED,
  dayOpen: DOUBLE_STORED,
  dayHigh: DOUBLE_STORED,
  dayLow: DOUBLE_STORED,
  dayVolume: DOUBLE_VALUE,
  dayVwap: DOUBLE_STORED,
  dayTrades: LONG_STORED,
  prints: ANYTHING,
  skipped: LONG_STORED,
  byContent: STORED,
  held: ANYTHING,
  halted: ANYTHING,
  watermark: LONG_STORED,
  epoch: LONG_STORED,
  offset: LONG_STORED,
  line: LONG_STORED,
};

const CHECKPOINTS: Mapping = {
  kind: KEYWORD,
  symbol: KEYWORD,
  topic: KEYWORD,
  partition: LONG,
  partitions: LONG_STORED,
  epoch: LONG,
  position: LONG_VALUE,
  begin: LONG_STORED,
  from: LONG_STORED,
  topology: STORED,
  logic: LONG_STORED,
  fingerprint: ANYTHING,
  state: STORED,
  savepoint: ANYTHING,
  written: LONG_VALUE,
};

const TICKERS: Mapping = {
  symbol: KEYWORD,
  source: KEYWORD,
  sector: KEYWORD,
  state: KEYWORD,
  liquidity: { type: "double" },
  marketValue: DOUBLE_STORED,
  tickSize: DOUBLE_STORED,
  calendar: STORED,
  profile: STORED,
  currency: STORED,
  actions: ANYTHING,
  name: STORED,
  sourceSymbol: STORED,
  formerTickers: STORED,
  aliases: STORED,
  addedAt: LONG_STORED,
  updatedAt: LONG_STORED,
  /** What is searched: folded by the writer, for the core has no folding filter. */
  search: {
    properties: {
      ticker: KEYWORD,
      compact: KEYWORD,
      compactName: KEYWORD,
      formerTickers: KEYWORD,
      name: { type: "text", index_prefixes: { min_chars: 1, max_chars: 10 } },
      aliases: { type: "text", index_prefixes: { min_chars: 1, max_chars: 10 } },
    },
  },
};

const SOURCES: Mapping = {
  kind: KEYWORD,
  channel: KEYWORD,
  source: KEYWORD,
  state: KEYWORD,
  symbol: KEYWORD,
  interval: KEYWORD,
  from: LONG,
  to: LONG,
  id: KEYWORD,
  role: KEYWORD,
  updated: LONG,
  requested: LONG,
  report: ANYTHING,
};

/** Rules, and what is remembered of them. */
const ALERT_RULES: Mapping = { kind: KEYWORD, id: KEYWORD, symbol: KEYWORD, created: LONG, report: ANYTHING };

const ALERTS_LOG: Mapping = {
  id: KEYWORD,
  rule: KEYWORD,
  key: KEYWORD,
  symbol: KEYWORD,
  partition: LONG,
  time: LONG,
  recorded: LONG,
  state: KEYWORD,
  report: ANYTHING,
};

const AUDIT: Mapping = {
  kind: KEYWORD,
  id: KEYWORD,
  time: LONG,
  action: KEYWORD,
  symbol: KEYWORD,
  ticker: KEYWORD,
  who: KEYWORD,
  person: KEYWORD,
  report: ANYTHING,
};

const PEOPLE: Mapping = {
  name: KEYWORD,
  role: STORED,
  password: STORED,
  state: STORED,
  addedAt: LONG_STORED,
  updatedAt: LONG_STORED,
  sessionsFrom: LONG_STORED,
};

const KEPT: Mapping = { owner: KEYWORD, updated: LONG_STORED, kept: ANYTHING };

const FIXED: Readonly<Record<FixedIndex, { properties: Mapping; settings: Mapping }>> = {
  latest: { properties: LATEST, settings: {} },
  tickers: { properties: TICKERS, settings: {} },
  // Read after an explicit refresh or by id: refreshing it once a second for nobody would cost more than all its writes.
  checkpoints: { properties: CHECKPOINTS, settings: { refresh_interval: "60s", codec: "best_compression" } },
  sources: { properties: SOURCES, settings: { refresh_interval: "1s" } },
  "alert-rules": { properties: ALERT_RULES, settings: { refresh_interval: "1s" } },
  "alerts-log": { properties: ALERTS_LOG, settings: { refresh_interval: "1s" } },
  lists: { properties: KEPT, settings: {} },
  desks: { properties: KEPT, settings: {} },
  drawings: { properties: { ...KEPT, of: KEYWORD }, settings: {} },
  audit: { properties: AUDIT, settings: {} },
  people: { properties: PEOPLE, settings: {} },
};

const ONE_SHARD = { number_of_shards: 1, number_of_replicas: 0 };

export function fixedBody(index: FixedIndex): IndexBody {
  const { properties, settings } = FIXED[index];
  return { settings: { ...ONE_SHARD, ...settings }, mappings: { dynamic: "strict", properties } };
}

/** Sorted as charts ask: a query for the newest bars of a symbol stops early. */
export function barBody(names: IndexNames, interval: Interval): IndexBody {
  const isAlias = names.pattern(interval) !== names.bars(interval);
  return {
    settings: {
      ...ONE_SHARD,
      codec: "best_compression",
      "sort.field": ["symbol", "start"],
      "sort.order": ["asc", "desc"],
    },
    mappings: { dynamic: "strict", properties: BARS },
    ...(isAlias ? { aliases: { [names.bars(interval)]: {} } } : {}),
  };
}
