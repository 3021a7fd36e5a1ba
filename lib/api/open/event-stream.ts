import type { LiveFrame } from "../../contracts/views.ts";
import type { LiveEvent } from "../../live/hub.ts";

/** A client that lost its connection comes back after this, milliseconds. */
const RETRY = 1_000;

/**
 * A frame as server-sent events: one for each thing it tells, its name also as `type` in its data. Only the last one has the id: a client
 * that breaks off in the middle gets the frame again. Without news a comment: a heartbeat.
 */
export function frameText({ id, frame }: LiveEvent, before: Pick<LiveFrame, "connected"> | null): string {
  const told: object[] = [
    ...(before?.connected === frame.connected
      ? []
      : [{ type: "status", connected: frame.connected, serverTime: frame.serverTime }]),
    ...frame.quotes.map((quote) => ({ type: "quote", ...quote })),
    ...frame.bars.map((bar) => ({ type: "bar", ...bar })),
    ...frame.prints.map((prints) => ({ type: "print", ...prints })),
  ];
  if (told.length === 0) return `: heartbeat ${frame.serverTime}\n\n`;
  return told
    .map((data, index) => {
      const { type } = data as { type: string };
      const last = index === told.length - 1 ? `id: ${id}\n` : "";
      return `event: ${type}\n${last}data: ${JSON.stringify(data)}\n\n`;
    })
    .join("");
}

/**
 * The frames of a stream, each made when the client took the one before: what is not taken in time is conflated by the hub to the newest
 * value of each key, so nothing is queued here. `closed` is called once at the end, whoever ended it.
 */
export function eventStream(
  frames: (signal: AbortSignal) => AsyncIterable<LiveEvent>,
  leaving: AbortSignal,
  closed: () => void,
): Response {
  const ending = new AbortController();
  const events = frames(AbortSignal.any([leaving, ending.signal]))[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let before: LiveFrame | null = null;
  leaving.addEventListener("abort", closed, { once: true });
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(`retry: ${RETRY}\n\n`)),
      pull: async (controller) => {
        // The hub ends by an error when the server stops: for the client its connection ends, and it comes back.
        const next = await events.next().catch(() => ({ done: true as const, value: undefined }));
        if (next.done) {
          closed();
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(frameText(next.value, before)));
        before = next.value.frame;
      },
      cancel: () => {
        ending.abort();
        closed();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" } });
}
