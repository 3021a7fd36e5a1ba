import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { FeedEvent } from "#lib/feeds/feed.ts";

export interface LocalSource {
  /** `ws://127.0.0.1:…` and `http://127.0.0.1:…` */
  socketUrl: string;
  httpUrl: string;
  /** Paths with queries, as they were asked for. */
  asked: string[];
  close(): Promise<void>;
}

export interface LocalSourceOptions {
  connected?: (socket: WebSocket, nth: number) => void;
  /** What an HTTP request is answered with, as JSON, at once or later; a number alone is a status. */
  answer?: (url: URL) => unknown;
  headers?: Record<string, string>;
  /** Refuses WebSockets with this HTTP status. */
  refuse?: number;
}

/** A server of this machine that speaks as a test wants. */
export async function localSource(options: LocalSourceOptions): Promise<LocalSource> {
  const asked: string[] = [];
  const server = createServer((request, response) => void answer(request, response, options, asked));
  const sockets = new WebSocketServer({ noServer: true });
  let connections = 0;
  server.on("upgrade", (request, socket, head) => {
    if (options.refuse !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuse} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      connections += 1;
      options.connected?.(client, connections);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    socketUrl: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(
  { url = "/" }: IncomingMessage,
  response: ServerResponse,
  options: LocalSourceOptions,
  asked: string[],
): Promise<void> {
  asked.push(url);
  const body = (await options.answer?.(new URL(url, "http://local"))) ?? 404;
  const status = typeof body === "number" ? body : 200;
  response.writeHead(status, { "content-type": "application/json", ...options.headers });
  response.end(JSON.stringify(status === 200 ? body : { code: -1, msg: "It is refused." }));
}

/** Events up to and with the first that `isLast` finds; unless told otherwise the stream is then ended. Rejects with what ends it before. */
export async function eventsUntil(
  stream: AsyncGenerator<FeedEvent>,
  isLast: (event: FeedEvent) => boolean,
  end = true,
): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  for (let step = await stream.next(); step.done !== true; step = await stream.next()) {
    events.push(step.value);
    if (isLast(step.value)) break;
  }
  if (end) await stream.return(undefined);
  return events;
}

/** Everything up to the stream's end, and why it ended. */
export async function untilEnd(stream: AsyncIterable<FeedEvent>): Promise<{ events: FeedEvent[]; error: unknown }> {
  const events: FeedEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events, error: null };
}

export const ticksOf = (events: readonly FeedEvent[]) =>
  events.flatMap((event) => (event.type === "ticks" ? event.ticks : []));

export const idsOf = (events: readonly FeedEvent[]): number[] =>
  ticksOf(events).flatMap((tick) => (tick.type === "trade" ? [tick.id] : []));
