import type { SourceStore } from "../../contracts/stores.ts";
import { DAY, SECOND, type Micros } from "../../domain/interval.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import { ChannelLease } from "../channel-lease.ts";
import { ChannelStatus } from "../channel-status.ts";
import { isAborted, sleep, type Clock } from "../clock.ts";
import type { TapeChannel } from "./tape-channels.ts";

/** A recording is never stale. */
const SILENCE: Micros = 36_500 * DAY;
const RENEW_EVERY: Micros = SECOND;

interface Taken {
  channel: TapeChannel;
  lease: ChannelLease;
  status: ChannelStatus;
}

export interface TapeLeasesOptions {
  sources: Pick<SourceStore, "getChannel" | "putChannel">;
  worker: string;
  clock: Clock;
}

/** The leases of the channels of a recording: only one process plays a symbol at a time, and its configurations have numbers of their own. */
export class TapeLeases {
  readonly #options: TapeLeasesOptions;
  readonly #taken: Taken[] = [];

  constructor(options: TapeLeasesOptions) {
    this.#options = options;
  }

  /** Channels with the numbers of their new configurations. CONFLICT when somebody plays one of them. */
  async take(channels: readonly TapeChannel[]): Promise<(TapeChannel & { n: number })[]> {
    const { clock, sources, worker } = this.#options;
    for (const channel of channels) {
      const status = new ChannelStatus(SILENCE, clock.now());
      status.become("live", null, clock.now());
      status.symbols = channel.symbols.length;
      const options = {
        sources,
        channel: channel.channel,
        source: "recording" as const,
        worker,
        now: () => clock.now(),
      };
      const lease = await ChannelLease.acquire(options, status.report(clock.now()));
      if (!lease) throw new TapedeckError("CONFLICT", `${channel.channel} is being played by another process.`);
      this.#taken.push({ channel, lease, status });
    }
    return this.#taken.map(({ channel, lease }) => Object.assign({ n: lease.config }, channel));
  }

  /** Renews until the signal aborts. Rejects with CONFLICT when somebody else has taken a channel; a store that does not answer is waited for. */
  async keep(progress: (channel: string) => { ticks: number; newest: Micros }, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const update = ({ channel, status }: Taken): void => {
      const { ticks, newest } = progress(channel.channel);
      status.heard(clock.now());
      if (ticks > status.ticks) status.received(ticks - status.ticks, newest, newest, clock.now());
    };
    while (!isAborted(signal)) {
      await sleep(clock, RENEW_EVERY, signal);
      for (const taken of this.#taken) update(taken);
      for (const { lease, status } of this.#taken) {
        if (isAborted(signal)) return;
        await lease.renew(status.report(clock.now())).catch((error: unknown) => {
          if (errorCode(error) === "CONFLICT") throw error;
        });
      }
    }
  }

  /** Gives all of them back: nobody has to collect them. */
  async release(): Promise<void> {
    const { clock } = this.#options;
    for (const { lease, status } of this.#taken) {
      status.become("idle", null, clock.now());
      status.symbols = 0;
      await lease.release(status.report(clock.now())).catch(() => undefined); // it runs out by itself
    }
  }
}
