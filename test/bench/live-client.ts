import { get, type ClientRequest } from "node:http";
import { z } from "zod";
import type { LiveTopics } from "#lib/contracts/views.ts";

const frameSchema = z.object({
  serverTime: z.number(),
  quotes: z.array(z.object({ symbol: z.string(), time: z.number().nullable() })),
});

/** The address of a page's live stream. */
export function liveAddress(url: string, topics: LiveTopics): string {
  return `${url}/api/trpc/live.page?input=${encodeURIComponent(JSON.stringify({ topics }))}`;
}

export interface LiveClient {
  /** Milliseconds from the event time of each quote to its arrival, since the last call. */
  takeLatencies(): number[];
  takeFrames(): number;
  close(): void;
}

/** One dashboard's stream, read without a browser. */
export function openLiveClient(url: string, topics: LiveTopics): LiveClient {
  let latencies: number[] = [];
  const newest = new Map<string, number>();
  let frames = 0;
  let rest = "";
  const request: ClientRequest = get(liveAddress(url, topics), { agent: false }, (response) => {
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      const now = Date.now();
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        const frame = data === undefined ? null : frameSchema.safeParse(JSON.parse(data));
        if (!frame?.success) continue;
        frames++;
        for (const { symbol, time } of frame.data.quotes) {
          // Quotes of silent symbols are sent again with their proof: those are no events.
          if (time !== null && time > (newest.get(symbol) ?? 0)) {
            newest.set(symbol, time);
            latencies.push(now - time / 1000);
          }
        }
      }
    });
  });
  request.on("error", () => {}); // closing it is how it ends
  return {
    takeLatencies: () => {
      const taken = latencies;
      latencies = [];
      return taken;
    },
    takeFrames: () => {
      const taken = frames;
      frames = 0;
      return taken;
    },
    close: () => request.destroy(),
  };
}
