import type { ChannelDocument } from "../contracts/sources.ts";
import type { SourceStore } from "../contracts/stores.ts";
import type { Source } from "../contracts/tickers.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { errorCode, TapedeckError } from "../errors.ts";
import { LEASE_LENGTH } from "./share.ts";

/** What the holder says of its channel with each renewal. */
export type ChannelReport = Omit<
  ChannelDocument,
  "kind" | "channel" | "source" | "holder" | "leaseUntil" | "config" | "updated"
>;

export interface LeaseOptions {
  sources: Pick<SourceStore, "getChannel" | "putChannel">;
  channel: string;
  source: Source;
  worker: string;
  now: () => Micros;
}

/**
 * The lease of one channel: a document that is only replaced by whoever read its newest version. It saves work and is no guarantee: while the store does
 * not answer the holder goes on, and two holders do no harm, because the later one's configuration number is higher.
 */
export class ChannelLease {
  readonly #options: LeaseOptions;
  #config: number;
  #version: string;
  /** Calls follow each other: each needs the version that the one before left. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: LeaseOptions, config: number, version: string) {
    this.#options = options;
    this.#config = config;
    this.#version = version;
  }

  /** Takes a lease that nobody holds, that ran out, or that is our own; null when somebody else has it. Its number is a new one. */
  static async acquire(options: LeaseOptions, report: ChannelReport): Promise<ChannelLease | null> {
    const { sources, channel, worker, now } = options;
    const found = await sources.getChannel(channel);
    if (found && found.document.holder !== worker && !isFree(found.document, now())) return null;
    const config = found ? found.document.config + 1 : firstConfig(now());
    try {
      const version = await sources.putChannel(documentOf(options, config, report, true), found?.version ?? null);
      return new ChannelLease(options, config, version);
    } catch (error) {
      if (errorCode(error) === "CONFLICT") return null;
      throw error;
    }
  }

  /** The number under which the holder may write a `config` line. */
  get config(): number {
    return this.#config;
  }

  /** Renews and reports. CONFLICT when somebody else has taken the channel; any other error leaves it open who holds it. */
  renew(report: ChannelReport): Promise<void> {
    return this.#serially(() => this.#put(this.#config, report, true));
  }

  /** Reserves the next number for a `config` line. Errors as of `renew`. */
  async nextConfig(report: ChannelReport): Promise<number> {
    await this.#serially(async () => {
      const next = this.#config + 1;
      await this.#put(next, report, true);
      this.#config = next;
    });
    return this.#config;
  }

  /** Gives the channel back. Whoever took it meanwhile keeps it. */
  async release(report: ChannelReport): Promise<void> {
    await this.#serially(() => this.#put(this.#config, report, false)).catch((error: unknown) => {
      if (errorCode(error) !== "CONFLICT") throw error;
    });
  }

  #serially<T>(run: () => Promise<T>): Promise<T> {
    const next = this.#last.then(run);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #put(config: number, report: ChannelReport, held: boolean): Promise<void> {
    const { sources, channel, worker } = this.#options;
    try {
      this.#version = await sources.putChannel(documentOf(this.#options, config, report, held), this.#version);
    } catch (error) {
      if (errorCode(error) !== "CONFLICT") throw error;
      // A write of ours whose answer was lost counts as a conflict too.
      const found = await sources.getChannel(channel);
      if (found?.document.holder !== worker) throw lost(channel, found?.document.holder ?? null);
      this.#version = await sources.putChannel(documentOf(this.#options, config, report, held), found.version);
    }
  }
}

/**
 * Where the document was lost and the log was not, the number still has to be above all earlier ones: seconds since the epoch are, for numbers
 * rise more slowly than one a second.
 */
function firstConfig(now: Micros): number {
  return Math.floor(now / SECOND);
}

function isFree({ holder, leaseUntil }: ChannelDocument, now: Micros): boolean {
  return holder === null || leaseUntil <= now;
}

function lost(channel: string, holder: string | null): TapedeckError {
  return new TapedeckError("CONFLICT", `${channel} was taken over by ${holder ?? "nobody: its lease was given back"}`);
}

function documentOf(
  { channel, source, worker, now }: LeaseOptions,
  config: number,
  report: ChannelReport,
  held: boolean,
): ChannelDocument {
  const time = now();
  return {
    kind: "channel",
    channel,
    source,
    holder: held ? worker : null,
    leaseUntil: held ? time + LEASE_LENGTH : time,
    config,
    ...report,
    updated: time,
  };
}
