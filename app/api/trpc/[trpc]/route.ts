import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "#lib/api/router.ts";
import { currentServices } from "#lib/services/context.ts";

export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: ({ req, resHeaders }) => ({
      services: currentServices(),
      request: req.headers,
      answer: resHeaders,
      url: new URL(req.url),
    }),
  });
}

export { handle as GET, handle as POST };
