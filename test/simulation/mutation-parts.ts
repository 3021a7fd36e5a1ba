import type { EngineStore, SlotDocument, WindowDocument, WriteItem } from "#lib/contracts/engine-store.ts";
import type { BulkAnswer } from "#lib/elasticsearch/bulk-format.ts";
import type { Request } from "#lib/elasticsearch/client.ts";
import { RETRACTION_BYTES } from "#lib/engine/retraction.ts";
import { RAW_BYTES } from "#lib/engine/window-codec.ts";
import { errorCode } from "#lib/errors.ts";
import type { Mutation } from "./mutation.ts";
import { TOPIC } from "./reference.ts";

/** Changes every window that is read: always, while the partition is being opened, or only after that. */
export function ofWindows(
  change: (window: WindowDocument, checkpoint: number) => WindowDocument | null,
  when: "always" | "opening" | "open" = "always",
): Mutation {
  return {
    store: (port, worker, { server }) => ({
      ...port,
      readWindows: async (keys) => {
        const found = await port.readWindows(keys);
        if (when !== "always" && (when === "open") !== worker.isOpen) return found;
        const checkpoint = server.get(`${TOPIC}|0`) as { position: number } | null;
        return found.map((window) => window && change(window, checkpoint?.position ?? 0));
      },
    }),
  };
}

/** Changes every slot that is read. */
export function ofSlots(change: (slot: SlotDocument) => SlotDocument): Mutation {
  return {
    store: (port) => ({
      ...port,
      readSlots: async function* (partition) {
        for await (const slots of port.readSlots(partition)) yield slots.map(change);
      },
    }),
  };
}

/** Both, what the second sees being what the first has left. */
export function both(first: Mutation, second: Mutation): Mutation {
  return {
    store: (port, worker, world) => {
      const changed = first.store?.(port, worker, world) ?? port;
      return second.store?.(changed, worker, world) ?? changed;
    },
  };
}

type Rounds = "windows with slots" | "slots before windows" | "slots with checkpoint";

/** Holds a round back, and sends it with or after the next one. */
export function rounds(order: Rounds): (port: EngineStore) => EngineStore {
  const early = order === "slots with checkpoint" ? ["slot"] : ["window", "given"];
  return (port) => {
    let held: readonly WriteItem[] = [];
    return {
      ...port,
      write: async (items, signal) => {
        const kind = items[0]?.target.kind ?? "";
        if (kind === "latest") return port.write(items, signal);
        if (early.includes(kind)) {
          held = items;
          return;
        }
        const before = held;
        held = [];
        if (before.length === 0) return port.write(items, signal);
        if (order !== "slots before windows") return port.write([...before, ...items], signal);
        await port.write(items, signal);
        await port.write(before, signal);
      },
    };
  };
}

/** Changes what the bulk writer sends, and what it makes of the answers. */
export function ofBulks(change: {
  lines?: (lines: string) => string;
  answer?: (answer: BulkAnswer) => BulkAnswer;
  timeout?: BulkAnswer;
}): Mutation {
  return {
    elastic: (elastic) => ({
      ...elastic,
      request: async <T>(doing: string, request: Request): Promise<T> => {
        if (request.lines === undefined) return elastic.request<T>(doing, request);
        const lines = Buffer.from(change.lines?.(request.lines.toString()) ?? request.lines);
        try {
          const answer = await elastic.request<BulkAnswer>(doing, { ...request, lines });
          return (change.answer?.(answer) ?? answer) as T;
        } catch (error) {
          if (!change.timeout || errorCode(error) !== "TIMEOUT") throw error;
          return change.timeout as T;
        }
      },
    }),
  };
}

/** The accumulators of a window (`window-codec.ts`) as if no trade had ever been taken out of it. */
export function withoutRetractions(raw: string): string {
  const bytes = Buffer.from(raw, "base64");
  const count = (bytes[3] ?? 0) & 127;
  bytes[3] = (bytes[3] ?? 0) & 128;
  const kept = [bytes.subarray(0, RAW_BYTES), bytes.subarray(RAW_BYTES + count * RETRACTION_BYTES)];
  return Buffer.concat(kept).toString("base64");
}
