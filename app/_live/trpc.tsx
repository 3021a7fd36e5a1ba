"use client";
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "#lib/api/router.ts";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const url = "/api/trpc";

/**
 * Streams by SSE; changes one by one, for a streamed answer could set no cookie; readings together, each answered as soon as it is there, so
 * that a chart does not wait for a source that is slow to list its symbols.
 */
export function createClient(): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: splitLink({
          condition: (operation) => operation.type === "mutation",
          true: httpLink({ url }),
          false: httpBatchStreamLink({ url, maxURLLength: 4_000 }),
        }),
      }),
    ],
  });
}
