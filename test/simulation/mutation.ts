import type { EngineStore } from "#lib/contracts/engine-store.ts";
import type { Elastic } from "#lib/elasticsearch/client.ts";
import type { LatestReader } from "#lib/contracts/stores.ts";
import type { Micros } from "#lib/domain/interval.ts";
import type { LogAccess } from "#lib/engine/run-engine.ts";
import type { Exchange } from "./collect/exchange.ts";
import type { ElasticServer } from "./elastic-server.ts";
import type { SimWorker } from "./sim-worker.ts";
import type { Schedule } from "./schedule.ts";
import type { World } from "./world.ts";

/** A rule of the collector taken away from outside: from what it writes, or from what it hears. */
export interface CollectorMutation {
  /** Changes the lines of a frame before the broker takes it behind a log; `now` is the exchange's clock. */
  rewrite?: (lines: readonly string[], now: Micros, log: readonly (readonly string[])[]) => string[];
  /** Up to when a symbol is taken to be known. */
  latest?: (exchange: Exchange) => LatestReader;
  /** A failed send is forgotten instead of kept. */
  isForgetful?: boolean;
  /** A gap is taken for filled. */
  fillsNothing?: boolean;
  /** Until when history is asked, which wanted `to`, where our wall clock says `now`. */
  asksUntil?: (to: Micros, now: Micros) => Micros;
}

/** A rule taken away from outside: from what a worker sees of its servers, or by methods replaced while a schedule runs. */
export interface Mutation {
  /** What the engine sees of its store. */
  store?: (port: EngineStore, worker: SimWorker, world: World) => EngineStore;
  /** What the store and the bulk writer see of the server. */
  elastic?: (elastic: Elastic, server: ElasticServer) => Elastic;
  log?: (access: LogAccess) => LogAccess;
  patch?: Patch;
  /** A worker reads from where others have read to, instead of from its checkpoint. */
  seeksToCommit?: boolean;
  collector?: CollectorMutation;
  /** Which schedules can show it: no other is run. */
  concerns?: (schedule: Schedule) => boolean;
}

export interface Patch {
  make(): void;
  undo(): void;
}

export const NO_MUTATION: Mutation = {};

/** Replaces a method or a getter of a prototype. */
export function patched<T extends object, K extends keyof T & string>(
  prototype: T,
  name: K,
  change: (own: T[K]) => PropertyDescriptor & ThisType<T>,
): Patch {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  if (!own) throw new RangeError(`${name} is not there to be replaced`);
  const replaced = { configurable: true, ...change(own.value as T[K]) };
  return {
    make: () => Object.defineProperty(prototype, name, replaced),
    undo: () => Object.defineProperty(prototype, name, own),
  };
}
