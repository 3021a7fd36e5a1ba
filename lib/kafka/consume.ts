import { setTimeout as sleep } from "node:timers/promises";
import { backoff } from "../domain/backoff.ts";
import { errorCode, TapedeckError } from "../errors.ts";
import type { KafkaClient } from "./client.ts";
import type { ConsumeOptions, PartitionRange } from "./connection.ts";
import { GroupSession } from "./group-session.ts";
import { PartitionRunner } from "./partition-runner.ts";
import { topicEnds } from "./topics.ts";

const RETRY = { first: 200, most: 3000 };
/** A session that held for so long makes the next wait short again, milliseconds. */
const STEADY_AFTER = 30_000;
/** How often checkpoints are committed as the group's offsets, milliseconds. */
const COMMIT_EVERY = 5000;

/** Runs tasks on the partitions that fall to this process until `signal` aborts, through rebalances and faults of the brokers. */
export async function consume(client: KafkaClient, options: ConsumeOptions): Promise<void> {
  for (let tries = 1; !options.signal.aborted; tries += 1) {
    const began = performance.now();
    try {
      await new Assignments(client, options).run();
      return;
    } catch (error) {
      if (!isPassing(error)) throw error;
      client.log.warn({ err: error, topic: options.topic, tries }, "consuming again after a fault");
      if (performance.now() - began > STEADY_AFTER) tries = 1;
      await sleep(backoff(tries, RETRY, Math.random()), null, { signal: options.signal }).catch(() => undefined);
    }
  }
}

/** Faults of a server that answers again some time; anything else is for an operator. */
export function isPassing(error: unknown): boolean {
  return ["UNAVAILABLE", "TIMEOUT", "NOT_FOUND"].includes(errorCode(error));
}

/** One session of the group and the tasks of its partitions. */
class Assignments {
  readonly #client: KafkaClient;
  readonly #options: ConsumeOptions;
  readonly #session: GroupSession;
  #runners = new Map<number, PartitionRunner>();
  /** Counts assignments: what belongs to an older one is void. */
  #generation = 0;
  /** The closing of everything that was assigned before. */
  #closed: Promise<void> = Promise.resolve();
  readonly #committed = new Map<number, number>();

  constructor(client: KafkaClient, options: ConsumeOptions) {
    this.#client = client;
    this.#options = options;
    this.#session = new GroupSession(client, {
      group: options.group,
      topics: [options.topic],
      joined: (_, assignment) => this.#assign(assignment.get(options.topic) ?? []),
      records: (_, partition, records, end) => this.#runners.get(partition)?.push(records, end),
    });
  }

  /** Resolves after an orderly end by the signal; rejects with the fault that ended the session. */
  async run(): Promise<void> {
    const { signal } = this.#options;
    const commits = setInterval(() => void this.#commit(), COMMIT_EVERY);
    const aborted = Promise.withResolvers<void>();
    const abort = (): void => aborted.resolve();
    signal.addEventListener("abort", abort, { once: true });
    try {
      if (signal.aborted) return;
      this.#session.start();
      await Promise.race([this.#session.ended, aborted.promise]);
    } finally {
      signal.removeEventListener("abort", abort);
      clearInterval(commits);
      this.#generation += 1;
      this.#closeAll(signal.aborted);
      await this.#closed;
      if (signal.aborted) await this.#commit();
      await this.#session.stop();
    }
  }

  #assign(partitions: readonly number[]): void {
    const generation = ++this.#generation;
    this.#client.log.info({ topic: this.#options.topic, partitions, generation }, "partitions assigned");
    this.#closeAll(false);
    void this.#openAll(partitions, generation);
  }

  async #openAll(partitions: readonly number[], generation: number): Promise<void> {
    // A partition that comes back must have been closed before it is opened again.
    await this.#closed;
    if (generation === this.#generation) for (const partition of partitions) this.#open(partition, generation);
  }

  #open(partition: number, generation: number): void {
    const { topic } = this.#options;
    const current = (): boolean => generation === this.#generation;
    const runner = new PartitionRunner(this.#options.openTask(partition), {
      opened: (position) => {
        if (current()) this.#session.seek(topic, partition, position);
      },
      pause: () => {
        if (current()) this.#session.pause(topic, partition);
      },
      resume: () => {
        if (current()) this.#session.resume(topic, partition);
      },
      failed: (error) => {
        this.#client.log.error({ err: error, topic, partition }, "the partition has stopped");
        this.#session.fail(error instanceof Error ? error : new TapedeckError("INTERNAL", String(error)));
      },
    });
    this.#runners.set(partition, runner);
    runner.start(() => this.#range(partition));
  }

  #closeAll(last: boolean): void {
    const runners = [...this.#runners.values()];
    if (!last) {
      this.#runners = new Map<number, PartitionRunner>();
      this.#committed.clear();
    }
    const closing = runners.map((runner) =>
      runner
        .close(last)
        .catch((error: unknown) => this.#client.log.warn({ err: error }, "a task did not close cleanly")),
    );
    const before = this.#closed;
    this.#closed = Promise.all([before, ...closing]).then(() => undefined);
  }

  async #range(partition: number): Promise<PartitionRange> {
    const ranges = await topicEnds(this.#client, this.#options.topic);
    const range = ranges.find((each) => each.partition === partition);
    if (!range) throw new TapedeckError("UNAVAILABLE", `The brokers do not know partition ${partition}`);
    return range;
  }

  async #commit(): Promise<void> {
    for (const [partition, { checkpoint }] of this.#runners) {
      if (checkpoint === null || this.#committed.get(partition) === checkpoint) continue;
      this.#committed.set(partition, checkpoint);
      await this.#session.commit(this.#options.topic, partition, checkpoint);
    }
  }
}
