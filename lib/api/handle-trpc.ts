import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { Services } from "../services/services.ts";
import { logInternal } from "./log-internal.ts";
import { appRouter } from "./router.ts";

/** Where the tRPC API lies. */
export const TRPC_PATH = "/api/trpc/";

/** Answers one request of the tRPC API, a stream too. */
export async function handleTrpc(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = requestUrl(request);
  const answer = new Headers();
  await nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path: url.pathname.slice(TRPC_PATH.length),
    createContext: () => ({ services, request: headersOf(request), answer, url }),
    responseMeta: ({ type }) => {
      if (type !== "subscription") answer.set("cache-control", "no-store");
      return { headers: answer };
    },
    onError: ({ error }) => logInternal(services.log, error),
  });
}

/** The address that was asked, whatever the client calls our host. */
export function requestUrl({ url, headers }: Pick<IncomingMessage, "url" | "headers">): URL {
  const base = `http://${headers.host ?? "localhost"}`;
  return new URL(url ?? "/", URL.canParse(base) ? base : "http://localhost");
}

function headersOf({ headers }: IncomingMessage): Headers {
  const each = Object.entries(headers).flatMap(([name, value]) => {
    return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as [string, string]];
  });
  return new Headers(each);
}
