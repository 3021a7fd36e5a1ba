import { ChannelLease } from "#lib/collector/channel-lease.ts";
import { ChannelSession } from "#lib/collector/channel-session.ts";
import { ChannelStatus } from "#lib/collector/channel-status.ts";
import { ChannelWriter } from "#lib/collector/channel-writer.ts";
import { Framer } from "#lib/collector/framer.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import type { FeedEvent, FeedTick, TradesRequest } from "#lib/feeds/feed.ts";
import { FakeSources } from "#test/unit/collector/fake-sources.ts";
import { SILENT_LOG } from "#test/unit/collector/fixtures.ts";
import { ManualClock, settle } from "#test/unit/collector/manual-clock.ts";
import { ticker } from "#test/support/ticker.ts";
import { recordsOf } from "../generate-log.ts";
import type { CollectorMutation } from "../mutation.ts";
import { TOPIC } from "../reference.ts";
import { EngineWord } from "./engine-word.ts";
import { Exchange } from "./exchange.ts";
import { CollectorProcess, MachineClock } from "./process.ts";
import { type CollectStep, SYMBOLS } from "./steps.ts";

/** Half a minute before a midnight of UTC: windows of all intervals end while it is collected. */
const BEGIN = Date.UTC(2026, 6, 6, 23, 59, 30) * 1000;
const CHANNEL = "simulator-0";
/** While a log comes to rest the second symbol joins again. */
const JOIN_ROUND = 4;
const ROUNDS = 90;

/** An exchange, a broker with one partition, a store and up to two collectors of one channel: the real ones, moved step by step. */
export class Collecting {
  readonly exchange = new Exchange();
  readonly word = new EngineWord();
  /** Frames as the broker took them. */
  readonly log: string[][] = [];
  readonly #time = new ManualClock(BEGIN);
  readonly #sources = new FakeSources();
  readonly #processes: (CollectorProcess | null)[] = [null, null];
  readonly #mutation: CollectorMutation;
  /** What the operator wants collected. */
  #joined: string[] = [SYMBOLS[0]];
  #incarnations = 0;

  constructor(mutation: CollectorMutation) {
    this.#mutation = mutation;
  }

  get joined(): readonly string[] {
    return this.#joined;
  }

  async take(step: CollectStep): Promise<void> {
    switch (step.do) {
      case "time":
        return this.#time.advance(step.by);
      case "trade":
        this.#trade(step);
        return;
      case "repeat": {
        const newest = this.exchange.newest(SYMBOLS[step.symbol] ?? "");
        if (newest) this.#tell(newest);
        return;
      }
      case "take":
        return this.#connect(step);
      case "join":
        this.#joined = [...SYMBOLS];
        return;
      case "leave":
        this.#joined = [SYMBOLS[0]];
        return;
      case "die":
        return this.#die(step.place, step.isLanded);
      case "jump":
      case "drop":
      case "flush":
      case "fail":
      case "ping":
      case "measure":
      case "follow":
      case "read":
      case "answer":
    }
    const process = this.#processes[step.place];
    if (process) await this.#move(process, step);
  }

  async #move(process: CollectorProcess, step: Extract<CollectStep, { place: number }>): Promise<void> {
    switch (step.do) {
      case "drop":
        process.socket.length = 0;
        process.feed.streams.at(-1)?.push(new TapedeckError("UNAVAILABLE", "Connection reset"));
        break;
      case "flush":
        this.#append(process.land(false));
        break;
      case "fail": // what the broker does not take is sent again
        if (this.#mutation.isForgetful === true) process.land(false);
        break;
      case "ping":
        if (process.stream) process.socket.push(this.exchange.proof(this.#time.now()));
        return;
      case "measure":
        if (process.stream) process.socket.push(this.#measured(process));
        return;
      case "follow":
        await process.session?.follow(this.#joined.map((symbol) => ticker(symbol))).catch(() => undefined);
        break;
      case "read":
        this.#read(process, step.events);
        break;
      case "answer":
        this.#answer(process, step.isRefused);
        break;
      case "jump":
        process.clock.jump(step.by);
        return;
      case "take":
      case "die":
    }
    await settle();
  }

  /** Undisturbed, one collector brings the log up to date. What is wrong with it afterwards, null where nothing is. */
  async comeToRest(): Promise<string | null> {
    const survivor = Math.max(
      0,
      this.#processes.findIndex((process) => process !== null && !process.network.cut),
    );
    await this.#die(1 - survivor, true);
    if (this.#processes[survivor]?.network.cut) await this.#die(survivor, false);
    const until = this.#time.now() + 3 * SECOND;
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round === JOIN_ROUND) this.#joined = [...SYMBOLS];
      // It may only now learn that it has lost its lease.
      await this.#connect({ do: "take", place: survivor, isCut: true, ahead: 0, age: 0 });
      const process = this.#processes[survivor];
      if (process) {
        for (const what of ["follow", "ping"] as const) await this.#move(process, { do: what, place: survivor });
        await this.#move(process, { do: "read", place: survivor, events: Infinity });
        while (process.questions.length > 0) {
          await this.#move(process, { do: "answer", place: survivor, isRefused: false });
        }
      }
      await this.#time.advance(SECOND);
      if (process) await this.#move(process, { do: "flush", place: survivor });
      if (round > JOIN_ROUND && SYMBOLS.every((symbol) => this.word.watermark(symbol) > until)) return null;
    }
    return "the watermark stands still";
  }

  async end(): Promise<void> {
    await Promise.all([this.#die(0, false), this.#die(1, false)]);
  }

  /** A frame as the broker takes it. */
  #append(lines: string[]): void {
    if (lines.length === 0) return;
    const { rewrite } = this.#mutation;
    this.log.push(rewrite ? rewrite(lines, this.#time.now(), this.log) : lines);
    const record = recordsOf(this.log.slice(-1))[0];
    if (record) this.word.read({ ...record, offset: this.log.length - 1 });
  }

  #trade({ symbol: index, how, ...terms }: CollectStep & { do: "trade" }): void {
    const symbol = SYMBOLS[index] ?? "";
    const first = this.exchange.trade(symbol, this.#time.now(), terms);
    if (how === "sent") {
      this.#tell(first);
      return;
    }
    // Who has not seen an id of this symbol cannot know that one is missing: to it they come in their order.
    const second = this.exchange.trade(symbol, this.#time.now(), terms);
    const isNew = (process: CollectorProcess): boolean => !process.knows.has(symbol);
    this.#tell(first, isNew);
    this.#tell(second);
    if (how === "swapped") this.#tell(first, (process) => !isNew(process));
  }

  /** The exchange sends it to whoever is subscribed. */
  #tell(trade: FeedTick & { type: "trade" }, to: (process: CollectorProcess) => boolean = () => true): void {
    for (const process of this.#processes) {
      if (!process?.stream?.symbols.includes(trade.symbol) || !to(process)) continue;
      process.socket.push({ type: "ticks", receivedTime: process.clock.now(), ticks: [trade] });
    }
  }

  async #connect({ place, isCut, ahead, age }: CollectStep & { do: "take" }): Promise<void> {
    if (this.#processes[place]) return;
    const other = this.#processes[1 - place];
    if (other && isCut) other.network.cut = true;
    const found = this.#sources.documents.get(CHANNEL);
    if (found) Object.assign(found.document, { leaseUntil: 0, holder: null });
    const process = new CollectorProcess(new MachineClock(this.#time, ahead));
    this.#processes[place] = process;
    process.feed.answerTrades = (request) => this.#ask(process, request);
    const { clock, feed } = process;
    const framer = new Framer({ producer: process, topic: TOPIC, partitions: 1, clock });
    const status = new ChannelStatus(feed.capabilities.silence, clock.now());
    const sources = this.#sources.seenBy(process.network);
    const worker = `ingest-${(this.#incarnations += 1)}`;
    const lease = await ChannelLease.acquire(
      { sources, channel: CHANNEL, source: "simulator", worker, now: () => clock.now() },
      status.report(clock.now()),
    );
    if (!lease) throw new Error("The lease was free");
    const session = new ChannelSession(
      {
        feed,
        lease,
        writer: new ChannelWriter(framer, CHANNEL),
        framer,
        latest: this.#mutation.latest?.(this.exchange) ?? this.word.latest(age),
        status,
        clock,
        log: SILENT_LOG,
      },
      this.#joined.map((symbol) => ticker(symbol)),
    );
    process.session = session;
    void session.run().finally(() => {
      if (this.#processes[place] === process) this.#processes[place] = null;
    });
    await settle();
    this.#greet(process);
  }

  /** The process is gone; what it had sent may have reached the broker. */
  async #die(place: number, isLanded: boolean): Promise<void> {
    const process = this.#processes[place];
    if (!process) return;
    this.#processes[place] = null;
    if (isLanded) this.#append(process.land(true));
    process.network.cut = true;
    process.session?.end();
    await settle();
  }

  #read(process: CollectorProcess, events: number): void {
    this.#greet(process);
    for (const event of process.socket.splice(0, events)) {
      process.feed.streams.at(-1)?.push(event);
      if (event.type === "ticks") for (const tick of event.ticks) process.knows.add(tick.symbol);
    }
  }

  #greet(process: CollectorProcess): void {
    const stream = process.feed.streams.at(-1);
    if (!stream || stream === process.greeted) return;
    process.greeted = stream;
    process.socket.length = 0;
    stream.push(this.#measured(process), { type: "connected", time: process.clock.now() });
  }

  #measured({ clock }: CollectorProcess): FeedEvent {
    return { type: "clock", offset: this.#time.now() - clock.steady() };
  }

  #ask(process: CollectorProcess, request: TradesRequest): Promise<FeedTick[][]> {
    if (this.#mutation.fillsNothing === true) return Promise.resolve([]);
    return new Promise((answer, refuse) => process.questions.push({ request, answer, refuse }));
  }

  /** The exchange answers the oldest question for history, or says that it has none. */
  #answer(process: CollectorProcess, isRefused: boolean): void {
    const question = process.questions.shift();
    if (!question) return;
    if (isRefused) {
      question.refuse(new TapedeckError("UNSUPPORTED", "No such history"));
      return;
    }
    const { request } = question;
    const to = this.#mutation.asksUntil?.(request.to, process.clock.now()) ?? request.to;
    question.answer(this.exchange.history({ ...request, to }));
  }
}
