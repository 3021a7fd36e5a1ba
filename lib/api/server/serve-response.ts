import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";

/** Answers by a function of web requests; a client that leaves aborts the request's signal, and one that reads slowly slows the answer. */
export async function serveResponse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const leaving = new AbortController();
  outgoing.once("close", () => leaving.abort());
  const response = await answer(webRequest(incoming, leaving.signal));
  outgoing.statusCode = response.status;
  // In place of the server's own where both have one.
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  if (!response.body || incoming.method === "HEAD") {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  // A client that leaves in the middle is no error of ours; one of the answer breaks the connection off.
  await pipeline(Readable.fromWeb(response.body as NodeStream), outgoing).catch(() => undefined);
}

/** Without its body: those who are answered so only read. */
function webRequest({ headers, method = "GET", url = "/" }: IncomingMessage, signal: AbortSignal): Request {
  const base = `http://${headers.host ?? "localhost"}`;
  const each = Object.entries(headers).flatMap(([name, value]) => {
    return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as [string, string]];
  });
  return new Request(new URL(url, URL.canParse(base) ? base : "http://localhost"), { method, headers: each, signal });
}
