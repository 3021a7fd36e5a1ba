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

export function createClient(): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: splitLink({
          condition: (operation) => operation.type === "mutation",
          // A streamed answer has sent its headers before a login can set its cookie.
          true: httpLink({ url }),
          // Each answer comes when it is there: a chart does not wait for a source that is slow to list its symbols.
          false: httpBatchStreamLink({ url, maxURLLength: 4_000 }),
        }),
      }),
    ],
  });
}
