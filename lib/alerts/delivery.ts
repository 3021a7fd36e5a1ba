import type { AlertStore, AlertTrigger, Delivery } from "../contracts/alerts.ts";
import type { LogProducer } from "../contracts/log.ts";
import { backoff } from "../domain/backoff.ts";
import { MINUTE, SECOND, type Micros } from "../domain/interval.ts";
import type { AlertCounters } from "./alert-counters.ts";
import { OneByOne } from "./one-by-one.ts";
import type { Post } from "./webhook.ts";

/** Alerts that wait for the webhook; one more is not posted, and its delivery says so. */
export const MOST_WAITING = 1_000;
/** Alerts whose delivery is decided and waits to be written; one more stays pending in the log, for whoever opens its partition next. */
export const MOST_SETTLING = 10_000;
/** Noticed later than this after it happened, an alert is no news: it is in the log and told to nobody. */
export const MUTED_AFTER: Micros = MINUTE;
/** An alert older than this is posted once, and not again. */
export const POSTED_AGAIN_FOR: Micros = 2 * MINUTE;

const POST_RETRY = { first: 1_000, most: 20_000 };
/** The log is written until it answers, or this process ends. */
const LOG_RETRY = { first: 200, most: 5_000 };

export interface DeliveryOptions {
  store: Pick<AlertStore, "settle">;
  producer: Pick<LogProducer, "send">;
  /** The topic that the live hub reads. */
  topic: string;
  /** null: no webhook is configured. */
  post: Post | null;
  counters: AlertCounters;
  now: () => Micros;
  warn: (error: unknown) => void;
  signal: AbortSignal;
  random: () => number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  wait: (milliseconds: number) => Promise<void>;
}

/**
 * Tells open pages at once, and the webhook one alert after the other; what needs no answer of it waits for none. What was not settled when the process ended is delivered by whoever
 * opens its partition next: a receiver may see an alert twice.
 */
export class Deliveries {
  readonly #options: DeliveryOptions;
  readonly #posting: OneByOne<AlertTrigger>;
  readonly #settling: OneByOne<AlertTrigger>;
  /** Under way in this process: a partition that is opened again finds them pending. */
  readonly #held = new Set<string>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
    const { signal, post } = options;
    this.#posting = new OneByOne({
      capacity: MOST_WAITING,
      signal,
      work: async (trigger) => {
        const delivery = post && (await this.#post(post, trigger));
        if (delivery) await this.#settle({ ...trigger, delivery });
        this.#held.delete(trigger.id);
      },
    });
    this.#settling = new OneByOne({
      capacity: MOST_SETTLING,
      signal,
      work: async (trigger) => {
        await this.#settle(trigger);
        this.#held.delete(trigger.id);
      },
    });
  }

  /** Returns at once. */
  take(triggers: readonly AlertTrigger[]): void {
    for (const trigger of triggers) {
      if (this.#held.has(trigger.id)) continue;
      this.#held.add(trigger.id);
      const delivery = this.#atOnce(trigger);
      const settled = delivery && { ...trigger, delivery };
      this.#tell(settled ?? trigger);
      if (settled && !this.#settling.add(settled)) this.#held.delete(trigger.id);
    }
  }

  /** Resolves when nothing is under way any more; after the abort what waits stays pending. */
  async done(): Promise<void> {
    await Promise.all([this.#posting.done(), this.#settling.done()]);
  }

  /** What needs no answer of the webhook; null for what waits for one now. */
  #atOnce(trigger: AlertTrigger): Delivery | null {
    const { post, counters } = this.#options;
    const { time, recorded } = trigger;
    const late = recorded - time;
    if (late > MUTED_AFTER) {
      counters.muted += 1;
      return this.#settled("muted", 0, `Noticed ${Math.round(late / SECOND)} s after it happened.`);
    }
    if (!post) return this.#settled("pages", 0, null);
    if (this.#posting.add(trigger)) return null;
    counters.failed += 1;
    return this.#settled("failed", 0, `More than ${MOST_WAITING} alerts wait for the webhook.`);
  }

  /** null: the process ends before it is settled. */
  async #post(post: Post, trigger: AlertTrigger): Promise<Delivery | null> {
    const { signal, counters, random, now } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const { kind, reason } = await post(trigger);
      if (kind === "sent") {
        counters.sent += 1;
        return this.#settled("sent", attempt, null);
      }
      const wait = backoff(attempt, POST_RETRY, random());
      if (kind === "refused" || now() + wait * 1000 > trigger.recorded + POSTED_AGAIN_FOR) {
        counters.failed += 1;
        return this.#settled("failed", attempt, reason);
      }
      await this.#options.wait(wait);
      if (signal.aborted) return null;
    }
  }

  #settled(state: Delivery["state"], attempts: number, reason: string | null): Delivery {
    return { state, attempts, reason, time: this.#options.now() };
  }

  #tell(trigger: AlertTrigger): void {
    const { producer, topic, warn } = this.#options;
    const frame = { partition: trigger.partition, key: trigger.symbol, value: Buffer.from(JSON.stringify(trigger)) };
    void producer.send(topic, [frame]).catch(warn);
  }

  async #settle(trigger: AlertTrigger): Promise<void> {
    const { store, warn, signal, random, wait } = this.#options;
    for (let tries = 1; !signal.aborted || tries === 1; tries += 1) {
      try {
        await store.settle(trigger);
        return;
      } catch (error) {
        warn(error);
      }
      await wait(backoff(tries, LOG_RETRY, random()));
    }
  }
}
