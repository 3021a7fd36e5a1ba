import { setTimeout as sleep } from "node:timers/promises";
import { errorMessage, TapedeckError } from "#lib/errors.ts";
import type { Exit, Running, Service } from "./engines/engine.ts";
import { nextRestart } from "./restart-policy.ts";

export interface SupervisorOptions {
  /** One line for the operator. */
  say: (line: string) => void;
  /** Which process now carries the name; null when none does. */
  record: (name: string, pid: number | null) => void;
  /** Waits before a restart; cut short by the signal. */
  pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Starts services, starts those again that die, and stops them in order. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #running = new Map<string, Running>();
  readonly #launches = new Set<Promise<Running>>();
  /** Every process there is, also those that do not answer yet. */
  readonly #launched = new Set<Running>();
  readonly #stopping = new AbortController();
  readonly #failed = Promise.withResolvers<never>();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#failed.promise.catch(() => undefined); // whoever waits for it hears of it
  }

  /** Rejects when a service had to be given up. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** Aborts when `stop` begins: waits of whoever starts services hang on it. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Resolves when the service answers for the first time; rejects when it does not come up. From then on it is kept up. */
  async start(service: Service): Promise<void> {
    const running = await this.#launch(service);
    void this.#keep(service, running);
  }

  /** Stops group after group; those of a group at once; then whatever is left. No service is started any more. */
  async stop(groups: readonly (readonly string[])[]): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#launches); // what is just starting stops itself
    for (const group of [...groups, [...this.#running.keys()]]) {
      const members = group.flatMap((name) => this.#running.get(name) ?? []);
      await Promise.all(members.map((running) => running.stop()));
    }
  }

  /** Ends everything at once. */
  async kill(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#launched].map((running) => running.kill()));
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #launch(service: Service): Promise<Running> {
    const launch = service.start(this.#stopping.signal, (running) => void this.#follow(service.name, running));
    this.#launches.add(launch);
    try {
      const running = await launch;
      this.#running.set(service.name, running);
      return running;
    } finally {
      this.#launches.delete(launch);
    }
  }

  /** Notes a process for as long as it lives. */
  async #follow(name: string, running: Running): Promise<void> {
    this.#launched.add(running);
    this.#options.record(name, running.pid);
    await running.exited;
    this.#launched.delete(running);
    if (this.#running.get(name) === running) this.#running.delete(name);
    this.#options.record(name, null);
  }

  async #keep(service: Service, first: Running): Promise<void> {
    let running: Running | null = first;
    let deaths = 0;
    while (!this.#isStopping()) {
      const uptime = await this.#untilDeath(service.name, running);
      if (this.#isStopping()) return;
      const restart = nextRestart(deaths, uptime);
      if (restart === null) return this.#giveUp(service.name, deaths + 1);
      deaths = restart.deaths;
      await (this.#options.pause ?? pause)(restart.delay, this.signal);
      running = await this.#relaunch(service);
    }
  }

  /** For how long it ran, in milliseconds; 0 for what did not come up at all. */
  async #untilDeath(name: string, running: Running | null): Promise<number> {
    if (running === null) return 0;
    const started = performance.now();
    const exit = await running.exited;
    if (!this.#isStopping()) this.#reportDeath(name, exit, running);
    return performance.now() - started;
  }

  async #relaunch(service: Service): Promise<Running | null> {
    if (this.#isStopping()) return null;
    try {
      const running = await this.#launch(service);
      this.#options.say(`${service.name} is running again`);
      return running;
    } catch (error) {
      if (!this.#isStopping()) this.#options.say(errorMessage(error));
      return null;
    }
  }

  #reportDeath(name: string, exit: Exit, running: Running): void {
    const how = exit.signal ?? `exit code ${exit.code}`;
    const lines = running.lastLines().map((line) => `\n    ${line}`);
    const words = lines.length > 0 ? `; its last lines:${lines.join("")}` : "";
    this.#options.say(`${name} ended unexpectedly (${how}) and is started again${words}`);
  }

  #giveUp(name: string, deaths: number): void {
    const message = `${name} ended ${deaths} times in quick succession: it is given up, and everything is stopped`;
    this.#failed.reject(new TapedeckError("UNAVAILABLE", message));
  }
}
