import type { SlotDocument, WindowDocument } from "#lib/contracts/engine-store.ts";
import type { Request } from "#lib/elasticsearch/client.ts";
import type { SearchBody } from "./elastic-server.ts";
import { type Mutation, patched } from "./mutation.ts";
import type { Schedule } from "./schedule.ts";
import { both, ofBulks, ofSlots, ofWindows, rounds, withoutRetractions } from "./mutation-parts.ts";
import { Recount } from "#lib/engine/recount.ts";
import { COLLECTING } from "./collect/mutations.ts";
import { MEMORY } from "./memory-mutations.ts";

/** Of reading what is stored. */
const READING: Readonly<Record<string, Mutation>> = {
  "windows have no gate of their own": ofWindows((window) => ({ ...window, position: 0 })),
  "slots have no gate": ofSlots((slot) => ({ ...slot, position: 0 })),
  "only forming windows are loaded": ofWindows((window) => (window.final ? null : window), "opening"),
  "only windows that form or are ahead are loaded": ofWindows(
    (window, checkpoint) => (window.final && window.position <= checkpoint ? null : window),
    "opening",
  ),
  "closed windows count as new": ofWindows(() => null, "open"),
  "closed windows are found by a search": {
    store: (port, worker, { server }) => ({
      ...port,
      readWindows: async (keys) => {
        const found = await port.readWindows(keys);
        if (!worker.isOpen) return found;
        return keys.map(({ symbol, interval, start }) => {
          const write = server.searchable.get(`${symbol}|${interval}|${start}`);
          return write ? (JSON.parse(write.body) as WindowDocument) : null;
        });
      },
    }),
  },
  "slots are read before the checkpoint": {
    store: (port, _, { server }) => {
      const early = [...server.documents].flatMap(([id, { body }]) =>
        id.startsWith("slot|") ? [JSON.parse(body) as SlotDocument] : [],
      );
      return {
        ...port,
        async *readSlots() {
          yield early;
        },
      };
    },
  },
  "the refresh comes before the checkpoint is read": {
    elastic: (elastic, server) => {
      // As of its very start.
      const found = new Map(server.documents);
      return {
        ...elastic,
        request: async <T>(doing: string, request: Request) => {
          const answer = await elastic.request<T>(doing, request);
          const isSearch = request.path.endsWith("/_search");
          return isSearch ? (server.search(request.body as unknown as SearchBody, found) as T) : answer;
        },
      };
    },
  },
  "documents of another epoch are loaded": both(
    ofSlots((slot) => ({ ...slot, epoch: 2 })),
    ofWindows((window) => ({ ...window, epoch: 2 })),
  ),
  "a worker goes on behind what others have read": { seeksToCommit: true },
};

/** Of the rounds of a checkpoint. */
const ROUNDS: Readonly<Record<string, Mutation>> = {
  "windows and slots are one round": { store: rounds("windows with slots") },
  "windows and slots are one round, and slots have no gate": both(
    ofSlots((slot) => ({ ...slot, position: 0 })),
    { store: rounds("windows with slots") },
  ),
  "slots come before windows": { store: rounds("slots before windows") },
  "slots come with the checkpoint": { store: rounds("slots with checkpoint") },
  "a checkpoint does not wait for acknowledgements": {
    store: (port) => ({
      ...port,
      write: (items, signal) => {
        void port.write(items, signal).catch(() => undefined);
        return Promise.resolve();
      },
    }),
  },
};

/** Of the bulk writer. */
const WRITING: Readonly<Record<string, Mutation>> = {
  "a window that is refused for good counts as written": {
    store: (port) => ({
      ...port,
      write: (items, signal) => {
        const kept = items.filter(({ target, version }) => target.kind !== "window" || version % 5 !== 0);
        return kept.length > 0 ? port.write(kept, signal) : Promise.resolve();
      },
    }),
  },
  "an item that is refused for now counts as written": ofBulks({
    answer: ({ items = [] }) => ({
      errors: true,
      items: items.map((item) => {
        const [each] = Object.values(item);
        return each?.status === 429 || each?.status === 503 ? { index: { status: 200 } } : item;
      }),
    }),
  }),
  "a bulk whose answer does not come counts as written": ofBulks({ timeout: { errors: false, items: [] } }),
  "an answer is not asked whether it has errors": ofBulks({ answer: (answer) => ({ ...answer, errors: false }) }),
  "documents are written without regard to versions": ofBulks({
    lines: (lines) => lines.replaceAll(',"version_type":"external_gte"', ""),
  }),
};

const isDamaged = ({ damage }: Schedule): boolean => damage !== null;

/** Of what makes a log the one that was read. */
const IDENTITY: Readonly<Record<string, Mutation>> = {
  "nobody looks where the log begins": {
    concerns: isDamaged,
    log: (access) => ({
      ...access,
      ranges: async () => (await access.ranges()).map(({ partition, end }) => ({ partition, start: 0, end })),
    }),
  },
  "nobody looks where the log ends": {
    concerns: isDamaged,
    log: (access) => ({
      ...access,
      ranges: async () => (await access.ranges()).map(({ partition, start }) => ({ partition, start, end: 1000 })),
    }),
  },
  "nobody looks at the record before the checkpoint": {
    concerns: isDamaged,
    log: (access) => ({ ...access, record: () => Promise.resolve(null) }),
  },
};

/** Of taking a print that counts out of its bars again. */
const RETRACTING: Readonly<Record<string, Mutation>> = {
  "windows forget what was taken out of them": ofWindows((window) => ({
    ...window,
    raw: withoutRetractions(window.raw),
  })),
  "what the log gives is not compared with what is stored": {
    patch: patched(Recount.prototype, "difference", () => ({ value: () => null })),
  },
  "the log is not read up to the decision": {
    log: (access) => ({ ...access, range: (partition, from, to) => access.range(partition, from, to - 1) }),
  },
  "a bar that was counted again keeps the print": {
    patch: patched(Recount.prototype, "replace", () => ({ value: () => undefined })),
  },
};

/** Rules of the engine, each taken away: the simulation has to notice every one. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  ...READING,
  ...ROUNDS,
  ...WRITING,
  ...IDENTITY,
  ...RETRACTING,
  ...MEMORY,
  ...COLLECTING,
};
