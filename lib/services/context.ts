import { randomBytes } from "node:crypto";
import type { Config } from "../config/config.ts";
import type { LiveReader } from "../contracts/stores.ts";
import { names } from "../contracts/topics.ts";
import { MINUTE, SECOND, type Micros } from "../domain/interval.ts";
import { tradedSession } from "../domain/calendar/day-sessions.ts";
import { calendarOf } from "../domain/calendar/calendars.ts";
import { TRADED_SESSIONS } from "../domain/calendar/day-sessions.ts";
import { createElasticsearch, type ElasticsearchConnection } from "../elasticsearch/elasticsearch.ts";
import { errorMessage, TapedeckError } from "../errors.ts";
import { createFeeds } from "../feeds/registry.ts";
import { createKafka } from "../kafka/kafka.ts";
import { ACTIVITY_ORDERS } from "../live/activity.ts";
import { MemoryHub } from "../live/memory-hub.ts";
import type { QuoteReference } from "../live/quote-view.ts";
import { warnSeldom, type Log } from "../log.ts";
import { createWebMetrics } from "../metrics/web-metrics.ts";
import { ApiAccess } from "./access/api-access.ts";
import { AuditPace } from "./audit/pace.ts";
import { keepAuditShort } from "./audit/keep-short.ts";
import { ReturnSketches } from "./distribution/return-sketches.ts";
import { TickerDirectory } from "./instruments/ticker-directory.ts";
import { DailyReference } from "./market/daily-reference.ts";
import { keepQuotes } from "./market/keep-quotes.ts";
import { Sparklines } from "./market/sparklines.ts";
import { symbolDay } from "./market/symbol-day.ts";
import { warmQuotes } from "./market/warm-quotes.ts";
import { pause } from "./pause.ts";
import type { Services } from "./services.ts";
import { SharedReads } from "./shared-reads.ts";
import { Accounts } from "./people/accounts.ts";
import { Passwords } from "./people/passwords.ts";
import { Sessions } from "./session/sessions.ts";
import { sessionSecret } from "./session/secret.ts";
import { reportWebWorker } from "./worker-report.ts";

/** The bundled routes and the worker that serves them load this module separately: they meet on the global object. */
const KEY = Symbol.for("tapedeck.services");
const place = globalThis as typeof globalThis & { [KEY]?: Services };

/** Services, and the way to end them. */
export interface OpenServices {
  services: Services;
  /** Ends the streams of all pages and the hub; requests are still answered. */
  endStreams: () => Promise<void>;
  /** Ends what is left, the connections last. */
  close: () => Promise<void>;
}

/** The services of this process. UNAVAILABLE before the web server made them and after it closed them. */
export function currentServices(): Services {
  const services = place[KEY];
  if (!services) throw new TapedeckError("UNAVAILABLE", "The server is starting or stopping; ask again in a moment.");
  return services;
}

function wallClock(): Micros {
  return Date.now() * 1_000;
}

const CLOSE_WITHIN: Micros = (8 * SECOND) / 10;

/** Waits for the work, but not for longer. */
async function atMost(length: Micros, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, pause(length, done.signal)]);
  done.abort();
}

interface HubNeeds {
  config: Config;
  reader: LiveReader;
  log: Log;
  directory: TickerDirectory;
  daily: DailyReference;
}

function openHub({ config, reader, log, directory, daily }: HubNeeds): MemoryHub {
  return new MemoryHub({
    reader,
    partitions: config.TAPEDECK_PARTITIONS,
    now: wallClock,
    warn: (message) => log.warn(message),
    instance: randomBytes(6).toString("hex"),
    reference: (line): QuoteReference => {
      const { symbol } = line;
      const { source, calendar } =
        directory.peek(symbol)?.ticker ?? ({ source: "simulator", calendar: "utc" } as const);
      const { day, ended } = symbolDay({ symbol, source, calendar }, line, wallClock());
      return {
        day,
        previousClose: daily.previousClose(symbol, day),
        ended: ended ? daily.endedDay(symbol, day) : null,
        session: line.tradeTime === null ? null : tradedSession(calendarOf(calendar), line.tradeTime, day),
      };
    },
  });
}

function sharedReads(
  now: () => Micros,
): Pick<Services, "charts" | "correlations" | "watched" | "movers" | "normals" | "active"> {
  return {
    charts: new SharedReads({ fresh: SECOND, capacity: 64, now }),
    correlations: new SharedReads({ fresh: MINUTE, capacity: 64, now }),
    watched: new SharedReads({ fresh: MINUTE, capacity: 16, now }),
    movers: new SharedReads({ fresh: SECOND, capacity: TRADED_SESSIONS.length, now }),
    normals: new SharedReads({ fresh: MINUTE, capacity: 64, now }),
    active: new SharedReads({ fresh: SECOND, capacity: ACTIVITY_ORDERS.length, now }),
  };
}

interface Keeping {
  elasticsearch: ElasticsearchConnection;
  config: Config;
  log: Log;
  signal: AbortSignal;
}

/** What is done beside answering requests, until the signal aborts. */
async function keepServices(services: Services, { elasticsearch, config, log, signal }: Keeping): Promise<void> {
  const { audit, directory, hub, now } = services;
  const warn = (what: string) => {
    const say = warnSeldom((text) => log.warn(`${what}: ${text}`));
    return (error: unknown): void => say(errorMessage(error));
  };
  const days = config.RETENTION_AUDIT_DAYS;
  await Promise.all([
    keepQuotes(services, signal, warn("The days' closes cannot be read")),
    warmQuotes({ directory, hub, latest: elasticsearch.latest }, signal, warn("The last quotes cannot be read")),
    keepAuditShort({ audit, days, now }, signal, warn("The audit log cannot be shortened")),
    reportWebWorker(services, signal, warn("The report of this process cannot be written")),
  ]);
}

/** Makes the services of this process and starts to read the live log. Neither broker nor store needs to be up. */
export async function openServices(config: Config, log: Log, codeVersion: string): Promise<OpenServices> {
  const kafka = createKafka(config);
  const elasticsearch = createElasticsearch(config);
  const now = wallClock;
  const directory = new TickerDirectory(elasticsearch.tickers, now);
  const daily = new DailyReference(elasticsearch.bars, now, (symbol) => directory.peek(symbol)?.ticker.actions ?? []);
  const reader = kafka.liveReader(names(config.TAPEDECK_NAMESPACE));
  const hub = openHub({ config, reader, log, directory, daily });
  const secret = await sessionSecret(config.TAPEDECK_DATA);
  const { people } = elasticsearch;
  const passwords = new Passwords();
  const accounts = new Accounts({ people, passwords, password: config.TAPEDECK_ADMIN_PASSWORD, secret, now });
  const services: Services = {
    config,
    tickers: elasticsearch.tickers,
    sources: elasticsearch.sources,
    alerts: elasticsearch.alerts,
    audit: elasticsearch.audit,
    auditPace: new AuditPace(),
    lists: elasticsearch.lists,
    desks: elasticsearch.desks,
    drawings: elasticsearch.drawings,
    bars: elasticsearch.bars,
    memory: elasticsearch.memory,
    ticks: kafka,
    hub,
    feeds: createFeeds(config),
    directory,
    daily,
    sparklines: new Sparklines(elasticsearch.bars, now),
    returns: new ReturnSketches(elasticsearch.bars),
    ...sharedReads(now),
    people,
    passwords,
    accounts,
    sessions: new Sessions({ accounts, secret, now }),
    access: new ApiAccess(config, now),
    decisions: await kafka.producer(),
    metrics: createWebMetrics(() => ({ ...hub.statistics, connected: hub.connected })),
    log,
    codeVersion,
    now,
    storeReady: () => elasticsearch.ready(),
  };
  const ending = new AbortController();
  const background = keepServices(services, { elasticsearch, config, log, signal: ending.signal });
  place[KEY] = services;
  return {
    services,
    endStreams: () => hub.endStreams(),
    close: async () => {
      delete place[KEY];
      ending.abort();
      // Servers that do not answer must not hold up the end: nothing here is lost by leaving them.
      await atMost(CLOSE_WITHIN, Promise.all([hub.close(), background]));
      await atMost(CLOSE_WITHIN, Promise.allSettled([kafka.close(), elasticsearch.close()]));
    },
  };
}
