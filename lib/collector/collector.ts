import { guardOf } from "../domain/guard/band.ts";
import type { LogProducer } from "../contracts/log.ts";
import type { LatestReader, SourceStore, TickerStore } from "../contracts/stores.ts";
import type { Source } from "../contracts/tickers.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { errorMessage, TapedeckError } from "../errors.ts";
import type { Feed } from "../feeds/feed.ts";
import { quotasOf } from "../feeds/quotas.ts";
import { warnSeldom, type Log } from "../log.ts";
import { Backfills, type HeldTicker } from "./backfills.ts";
import { ChannelLease } from "./channel-lease.ts";
import { planChannels, type PlannedChannel } from "./channel-plan.ts";
import { ChannelSession } from "./channel-session.ts";
import { ChannelStatus } from "./channel-status.ts";
import { ChannelWriter, LIVE_TERMS } from "./channel-writer.ts";
import { isAborted, sleep, type Clock } from "./clock.ts";
import { Framer } from "./framer.ts";
import { decideShare } from "./share.ts";
import { sumTotals, workerReport, type IngestTotals, type WorkerIdentity } from "./worker-report.ts";

const FOLLOW_EVERY: Micros = SECOND;
const REPORT_EVERY: Micros = 2 * SECOND;

export interface CollectorOptions {
  worker: WorkerIdentity;
  feeds: ReadonlyMap<Source, Feed>;
  producer: LogProducer;
  topic: string;
  partitions: number;
  tickers: Pick<TickerStore, "list">;
  sources: SourceStore;
  latest: LatestReader;
  clock: Clock;
  log: Pick<Log, "info" | "warn">;
  /** Resident memory in bytes, for the report. */
  memory: () => number;
  signal: AbortSignal;
}

interface Held {
  session: ChannelSession;
  feed: Feed;
  done: Promise<void>;
}

/**
 * Collects until the signal aborts: holds its share of the channels, follows what the tickers say, and fetches history. A store that
 * does not answer changes nothing about what is held. Rejects only when the log refuses to take more.
 */
export async function runCollector(options: CollectorOptions): Promise<void> {
  await new Collector(options).run();
}

class Collector {
  readonly #options: CollectorOptions;
  readonly #framer: Framer;
  readonly #held = new Map<string, Held>();
  readonly #backfills: Backfills;
  readonly #started: Micros;
  /** Of channels that were held. */
  #totals: IngestTotals = sumTotals([]);
  readonly #ending = new AbortController();

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#started = options.clock.now();
    this.#framer = new Framer(options);
    const { sources, clock, log } = options;
    const framer = this.#framer;
    const { signal } = this.#ending;
    this.#backfills = new Backfills({ held: () => this.#tickers(), sources, framer, clock, log, signal });
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    const end = (): void => this.#ending.abort();
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    const working = Promise.all([this.#report(), this.#follow(), this.#backfills.run()]);
    const fault = await Promise.race([working.then(() => null), this.#framer.failure.then((reason) => ({ reason }))]);
    end();
    signal.removeEventListener("abort", end);
    await working;
    if (fault) {
      throw new TapedeckError("REJECTED", `The log takes no more: ${errorMessage(fault.reason)}`, {
        cause: fault.reason,
      });
    }
  }

  /** Every second: who holds what, and which symbols. */
  async #follow(): Promise<void> {
    const { clock, log } = this.#options;
    const { signal } = this.#ending;
    const warn = warnSeldom((text) => log.warn(`Tickers and channels cannot be read: ${text}`));
    while (!isAborted(signal)) {
      try {
        await this.#share();
      } catch (error) {
        warn(errorMessage(error));
      }
      await sleep(clock, FOLLOW_EVERY, signal);
    }
    for (const { session } of this.#held.values()) session.end();
    await Promise.all([...this.#held.values()].map(({ done }) => done));
  }

  async #share(): Promise<void> {
    const { clock, feeds, sources, tickers, worker } = this.#options;
    const [all, documents, workers] = await Promise.all([tickers.list(), sources.channels(), sources.workers()]);
    const live = [...feeds.values()].filter(({ capabilities }) => capabilities.live);
    const limits = new Map(live.map(({ source, capabilities }) => [source, capabilities.symbolsPerChannel]));
    const plan = new Map(
      planChannels(
        all.map(({ ticker }) => ticker),
        limits,
      ).map((each) => [each.channel, each]),
    );
    const { take, release } = decideShare({
      worker: worker.id,
      planned: [...plan.keys()],
      held: [...this.#held.keys()],
      documents,
      workers,
      now: clock.now(),
    });
    await Promise.all([...this.#held].map(([channel, held]) => this.#update(held, plan.get(channel), release)));
    for (const channel of take) {
      const planned = plan.get(channel);
      if (planned) await this.#take(planned);
    }
  }

  async #update({ session }: Held, planned: PlannedChannel | undefined, release: readonly string[]): Promise<void> {
    const { log } = this.#options;
    if (planned && release.includes(session.channel)) {
      log.info({ channel: session.channel }, "given to another ingest process");
      session.end();
      return;
    }
    try {
      await session.follow(planned?.tickers ?? []);
      if (!planned) session.end();
    } catch (error) {
      log.warn({ channel: session.channel }, `its symbols do not change yet: ${errorMessage(error)}`);
    }
  }

  async #take({ channel, source, calendar, profile, tickers }: PlannedChannel): Promise<void> {
    const { clock, feeds, latest, log, sources, worker } = this.#options;
    const feed = feeds.get(source);
    if (!feed || isAborted(this.#ending.signal)) return;
    const status = new ChannelStatus(feed.capabilities.silence, clock.now());
    const options = { sources, channel, source, worker: worker.id, now: () => clock.now() };
    const lease = await ChannelLease.acquire(options, status.report(clock.now()));
    if (!lease) return;
    log.info({ channel, symbols: tickers.length, config: lease.config }, "taken");
    const framer = this.#framer;
    const writer = new ChannelWriter(framer, channel, { ...LIVE_TERMS, calendar, profile, guard: guardOf(profile) });
    const session = new ChannelSession({ feed, lease, writer, framer, latest, status, clock, log }, tickers);
    const done = session.run().finally(() => {
      this.#held.delete(channel);
      this.#totals = sumTotals([this.#totals, status]);
    });
    this.#held.set(channel, { session, feed, done });
  }

  #tickers(): Map<string, HeldTicker> {
    return new Map(
      [...this.#held.values()].flatMap(({ session, feed }) => {
        const isLive = session.status.state === "live";
        return session.tickers.map((ticker) => [ticker.symbol, { ticker, feed, writer: session.writer, isLive }]);
      }),
    );
  }

  async #report(): Promise<void> {
    const { clock, feeds, log, memory, sources, worker } = this.#options;
    const { signal } = this.#ending;
    const put = async (): Promise<void> => {
      const totals = sumTotals([this.#totals, ...[...this.#held.values()].map(({ session }) => session.status)]);
      const times = { started: this.#started, now: clock.now(), rss: memory() };
      const quotas = quotasOf(feeds.values(), times.now);
      await sources.putWorker(workerReport(worker, times, { ...totals, bars: this.#backfills.bars }, quotas));
    };
    const say = warnSeldom((text) => log.warn(`This process cannot report itself: ${text}`));
    const warn = (error: unknown): void => say(errorMessage(error));
    while (!isAborted(signal)) {
      await put().catch(warn);
      await sleep(clock, REPORT_EVERY, signal);
    }
    await sources.removeWorker(worker.id).catch(warn);
  }
}
