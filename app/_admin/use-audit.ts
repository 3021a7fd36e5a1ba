"use client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { AuditRow } from "#lib/contracts/audit.ts";
import type { AuditPage } from "#lib/contracts/views.ts";
import { type AuditView, auditCsv } from "../_lib/audit.ts";
import { describeError } from "../_lib/errors.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { save } from "../_ui/save.ts";
import { toast } from "../_ui/toasts.tsx";

const PAGE = 50;
/** The first page is read again this often while no other is shown, milliseconds. */
const EVERY = 5_000;
const SAVED_PAGE = 200;
/** The most entries that are saved at once; beyond that the file says less than the log. */
const MOST_SAVED = 10_000;

/** The audit log as far as it was read, the newest first. */
export function useAudit({ ticker, person, group }: AuditView) {
  const trpc = useTRPC();
  const input = { ticker: ticker.trim(), person: person.trim(), group, limit: PAGE };
  return useInfiniteQuery(
    trpc.audit.page.infiniteQueryOptions(input, {
      getNextPageParam: ({ next }) => next,
      refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : EVERY),
      retry: false,
    }),
  );
}

/** Saves every entry of a view as CSV. */
export function useSaveAudit({ ticker, person, group }: AuditView): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useCallback(async () => {
    try {
      const rows: AuditRow[] = [];
      let cursor: string | null = null;
      do {
        const input = { ticker: ticker.trim(), person: person.trim(), group, limit: SAVED_PAGE, cursor };
        const page: AuditPage = await queries.fetchQuery(
          trpc.audit.page.queryOptions(input, { staleTime: 0, gcTime: 0 }),
        );
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null && rows.length < MOST_SAVED);
      save(new Blob([auditCsv(rows)], { type: "text/csv" }), "audit-log.csv");
      if (cursor !== null) toast(`The newest ${rows.length} entries are saved; there are older ones.`);
    } catch (error) {
      toast(describeError(error).message);
    }
  }, [queries, trpc, ticker, person, group]);
}
