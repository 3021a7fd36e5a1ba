import { ChannelLease } from "#lib/collector/channel-lease.ts";
import { ChannelSession } from "#lib/collector/channel-session.ts";
import { ChannelStatus } from "#lib/collector/channel-status.ts";
import { ChannelWriter } from "#lib/collector/channel-writer.ts";
import { Framer } from "#lib/collector/framer.ts";
import type { Frame, LogProducer } from "#lib/contracts/log.ts";
import type { LatestReader } from "#lib/contracts/stores.ts";
import { SECOND, type Micros } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import type { FeedEvent, FeedTick, TradesRequest } from "#lib/feeds/feed.ts";
import { FakeFeed, type FakeStream } from "./fake-feed.ts";
import { FakeSources } from "./fake-sources.ts";
import { ticker } from "#test/support/ticker.ts";
import { latestLine, SILENT_LOG, trade } from "./fixtures.ts";
import { ManualClock, settle } from "./manual-clock.ts";
import { WatermarkJudge } from "./watermark-judge.ts";

export const SYMBOLS = ["SIM:AAA", "SIM:BBB"] as const;
/** How long the source takes to send a trade, at most. */
const DELAY: Micros = SECOND;
/** While a log comes to rest, the second symbol joins again. */
const JOIN_ROUND = 6;
const CHANNEL = "simulator-0";

/** Changes what a collector does: the invariants must notice each of them. */
export interface Mutation {
  /** Rewrites a frame before it reaches the log. */
  rewrite?: (frame: Frame, now: Micros) => Frame;
  /** A failed send is forgotten instead of kept. */
  forgetful?: boolean;
  /** The gap of a takeover is taken for filled. */
  noFill?: boolean;
}

interface Answer {
  request: TradesRequest;
  give: (batches: FeedTick[][]) => void;
}

/** One process that may die, with everything that is its own. */
class Collector implements LogProducer {
  readonly feed = new FakeFeed();
  readonly network = { cut: false };
  readonly answers: Answer[] = [];
  readonly #unsent: { frames: readonly Frame[]; done: () => void }[] = [];
  /** What the source has sent and the collector has not read yet. */
  readonly socket: [FeedEvent][] = [];
  session: ChannelSession | null = null;
  /** Symbols of which it has read a trade. */
  readonly knows = new Set<string>();
  /** The stream that was told that it is connected. */
  greeted: FakeStream | null = null;
  dead = false;

  get pendingBytes(): number {
    return 0;
  }

  send(_topic: string, frames: readonly Frame[]): Promise<void> {
    return new Promise((done) => this.#unsent.push({ frames, done }));
  }

  flush(append: (frame: Frame) => void): void {
    for (const { frames, done } of this.#unsent.splice(0)) {
      if (this.dead) continue;
      for (const frame of frames) append(frame);
      done();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** An exchange, a log, a store and up to two collectors of one channel, moved step by step. */
export class World {
  readonly clock: ManualClock;
  readonly judge: WatermarkJudge;
  readonly sources = new FakeSources();
  readonly #collectors: (Collector | null)[] = [null, null];
  readonly #trades: Micros[][] = SYMBOLS.map(() => []);
  readonly #partitions: number;
  readonly #random: () => number;
  readonly #mutation: Mutation;
  /** What the operator wants collected. */
  #joined: string[] = [SYMBOLS[0]];
  #incarnation = 0;

  constructor(random: () => number, mutation: Mutation = {}) {
    this.clock = new ManualClock(1_000 * SECOND, random);
    this.#partitions = random() < 0.5 ? 1 : 2;
    this.judge = new WatermarkJudge(this.#partitions);
    this.#random = random;
    this.#mutation = mutation;
  }

  async tick(): Promise<void> {
    await this.clock.advance(SECOND);
  }

  /** The source sends it to whoever is subscribed; `lost`: but to those who will tell by the ids of the next one. */
  trade(index: number, lost = false): void {
    const symbol = SYMBOLS[index] ?? "";
    const time = this.clock.now();
    const id = this.#trades[index]?.push(time) ?? 0;
    for (const collector of this.#collectors) {
      const stream = collector?.feed.streams.at(-1);
      if (!collector || !stream || collector.greeted !== stream || (lost && collector.knows.has(symbol))) continue;
      if (collector.feed.open.has(stream) && stream.symbols.includes(symbol)) {
        collector.socket.push([{ type: "ticks", receivedTime: time, ticks: [trade(symbol, id, time)] }]);
      }
    }
  }

  /** A trade is not sent, the next one is. */
  skip(index: number): void {
    this.trade(index, true);
    this.trade(index);
  }

  /** Takes the lease from whoever has it, who may not notice. */
  async connect(index: number): Promise<void> {
    if (this.#collectors[index]) return;
    const other = this.#collectors[1 - index];
    if (other && this.#random() < 0.5) other.network.cut = true;
    const found = this.sources.documents.get(CHANNEL);
    if (found) Object.assign(found.document, { leaseUntil: 0 });
    const collector = new Collector();
    this.#collectors[index] = collector;
    collector.feed.answerTrades = (request) => this.#answerLater(collector, request);
    const { clock } = this;
    const framer = new Framer({ producer: collector, topic: "ticks", partitions: this.#partitions, clock });
    const status = new ChannelStatus(collector.feed.capabilities.silence, clock.now());
    const sources = this.sources.seenBy(collector.network);
    const worker = `ingest-${(this.#incarnation += 1)}`;
    const lease = await ChannelLease.acquire(
      { sources, channel: CHANNEL, source: "simulator", worker, now: () => clock.now() },
      status.report(clock.now()),
    );
    if (!lease) throw new Error("The lease was free");
    const writer = new ChannelWriter(framer, CHANNEL);
    const options = {
      feed: collector.feed,
      lease,
      writer,
      framer,
      latest: this.#latest(),
      status,
      clock,
      log: SILENT_LOG,
    };
    const session = new ChannelSession(
      options,
      this.#joined.map((symbol) => ticker(symbol)),
    );
    collector.session = session;
    void session.run().finally(() => {
      if (this.#collectors[index] === collector) this.#collectors[index] = null;
    });
    await settle();
    this.#greet(collector);
  }

  /** The process is gone, with all that it had not sent. */
  async die(index: number): Promise<void> {
    const collector = this.#collectors[index];
    if (!collector) return;
    this.#collectors[index] = null;
    collector.dead = true;
    collector.network.cut = true;
    collector.session?.end();
    await settle();
  }

  /** Its connection breaks; what lay in the socket is lost. */
  async drop(index: number): Promise<void> {
    const collector = this.#collectors[index];
    if (!collector) return;
    collector.socket.length = 0;
    collector.feed.streams.at(-1)?.push(new TapedeckError("UNAVAILABLE", "Connection reset"));
    await settle();
  }

  async read(index: number, events = 1): Promise<void> {
    const collector = this.#collectors[index];
    if (!collector) return;
    this.#greet(collector);
    for (const push of collector.socket.splice(0, events)) {
      collector.feed.streams.at(-1)?.push(...push);
      const [event] = push;
      if (event.type === "ticks") for (const tick of event.ticks) collector.knows.add(tick.symbol);
    }
    await settle();
  }

  async flush(index: number): Promise<void> {
    this.#collectors[index]?.flush((frame) => {
      this.judge.append(this.#mutation.rewrite?.(frame, this.clock.now()) ?? frame);
    });
    await settle();
  }

  /** A send fails: kept, so that nothing happens. */
  async failFlush(index: number): Promise<void> {
    if (this.#mutation.forgetful === true) this.#collectors[index]?.flush(() => undefined);
    await settle();
  }

  /** The source answers the oldest question for history. */
  async fill(index: number): Promise<void> {
    const answer = this.#collectors[index]?.answers.shift();
    answer?.give(this.#history(answer.request));
    await settle();
  }

  ping(index: number): void {
    const collector = this.#collectors[index];
    const stream = collector?.feed.streams.at(-1);
    if (collector && stream && collector.greeted === stream && collector.feed.open.has(stream)) {
      collector.socket.push([{ type: "proof", time: this.clock.now() - DELAY }]);
    }
  }

  join(): void {
    this.#joined = [...SYMBOLS];
  }

  leave(): void {
    this.#joined = [SYMBOLS[0]];
  }

  /** The collector reads which symbols it is to collect. */
  async notice(index: number): Promise<void> {
    await this.#collectors[index]?.session?.follow(this.#joined.map((symbol) => ticker(symbol))).catch(() => undefined);
    await settle();
  }

  /** Undisturbed, one collector brings the log up to date: everything that was claimed is in it, and the watermark moves. */
  async comeToRest(): Promise<string | null> {
    const survivor = this.#collectors.findIndex((collector) => collector !== null && !collector.network.cut);
    for (const index of [0, 1]) if (index !== survivor) await this.die(index);
    const last = Math.max(0, survivor);
    const rest = this.clock.now();
    let fault: string | null = "it never came to rest";
    for (let round = 0; round < 90 && (fault !== null || round <= JOIN_ROUND); round += 1) {
      if (round === JOIN_ROUND) this.join();
      await this.connect(last); // it may only now learn that it has lost its lease
      await this.notice(last);
      this.ping(last);
      await this.read(last, Infinity);
      for (let answers = 0; answers < 4; answers += 1) await this.fill(last);
      await this.tick();
      await this.flush(last);
      const isMoving = this.#joined.every((symbol) => this.judge.watermark(symbol) > rest + 3 * SECOND);
      fault = isMoving ? this.#missing() : `the watermark stands still`;
    }
    return this.judge.violation ?? fault;
  }

  #missing(): string | null {
    for (const [index, symbol] of SYMBOLS.entries()) {
      const from = this.judge.from(symbol) ?? Infinity;
      const id = (this.#trades[index] ?? []).findIndex((time, at) => time >= from && !this.judge.has(symbol, at + 1));
      if (id >= 0 && this.#joined.includes(symbol))
        return `trade ${id + 1} of ${symbol} is missing, complete from ${from}`;
    }
    return null;
  }

  #greet(collector: Collector): void {
    const stream = collector.feed.streams.at(-1);
    if (!stream || stream === collector.greeted) return;
    collector.greeted = stream;
    collector.socket.length = 0;
    stream.push({ type: "connected", time: this.clock.now() });
  }

  #answerLater(collector: Collector, request: TradesRequest): Promise<FeedTick[][]> {
    if (this.#mutation.noFill === true) return Promise.resolve([]);
    return new Promise((give) => collector.answers.push({ request, give }));
  }

  #history({ ticker: { symbol }, afterId, from, to }: TradesRequest): FeedTick[][] {
    const index = SYMBOLS.findIndex((each) => each === symbol);
    const all = (this.#trades[index] ?? []).map((time, at) => trade(symbol, at + 1, time));
    return [all.filter(({ id, time }) => (afterId === null ? time >= from : id > afterId) && time < to)];
  }

  /** The engine's last word on a symbol, or an older one: a refresh may be late. */
  #latest(): LatestReader {
    return {
      latest: (symbols) =>
        Promise.resolve(
          symbols.flatMap((symbol) => {
            const published = this.judge.published(symbol);
            const age = Math.floor(this.#random() * 3);
            const watermark = published[Math.max(0, published.length - 1 - age)];
            return watermark === undefined ? [] : [latestLine(symbol, watermark === 0 ? null : watermark)];
          }),
        ),
    };
  }
}
