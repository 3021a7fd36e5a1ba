import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Services } from "../services/services.ts";
import { logInternal } from "./log-internal.ts";
import { appRouter } from "./router.ts";

/** Answers one request of the tRPC API, a stream too. */
export function handleTrpc(services: Services, request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: ({ req, resHeaders }) => ({
      services,
      request: req.headers,
      answer: resHeaders,
      url: new URL(req.url),
    }),
    onError: ({ error }) => logInternal(services.log, error),
  });
}
