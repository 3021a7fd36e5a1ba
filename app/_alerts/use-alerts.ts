"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { AlertRow } from "#lib/contracts/alert-views.ts";
import { useSession } from "../_people/use-session.ts";
import { contentToRestore } from "../_lib/alerts.ts";
import { describeError } from "../_lib/errors.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { toast } from "../_ui/toasts.tsx";

/** Rules are read again this often, milliseconds; what fires here brings them at once. */
const EVERY = 60_000;

export function useAlerts() {
  const trpc = useTRPC();
  return useQuery(trpc.alerts.list.queryOptions(undefined, { refetchInterval: EVERY }));
}

export function useFired() {
  const trpc = useTRPC();
  return useQuery(trpc.alerts.fired.queryOptions({}, { refetchInterval: EVERY }));
}

/** Reads rules and log again. */
export function useRefreshAlerts(): () => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rules = trpc.alerts.list.queryKey();
  const fired = trpc.alerts.fired.queryKey();
  return useCallback(() => {
    void queries.invalidateQueries({ queryKey: rules });
    void queries.invalidateQueries({ queryKey: fired });
  }, [queries, rules, fired]);
}

/** Pauses, resumes and removes, with a way back. Failures are said. */
export function useAlertActions() {
  const trpc = useTRPC();
  const refresh = useRefreshAlerts();
  const { forget } = useSession();
  const add = useMutation(trpc.alerts.add.mutationOptions());
  const edit = useMutation(trpc.alerts.edit.mutationOptions());
  const remove = useMutation(trpc.alerts.remove.mutationOptions());
  const removeUnread = useMutation(trpc.alerts.removeUnread.mutationOptions());
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      const { message, code } = describeError(error);
      if (code === "UNAUTHORIZED") forget();
      toast(message);
      return false;
    } finally {
      refresh();
    }
  };
  return {
    setEnabled: (row: AlertRow, enabled: boolean) =>
      attempt(() => {
        const { symbol: _symbol, ...content } = contentToRestore(row);
        return edit.mutateAsync({ ...content, enabled, id: row.rule.id, version: row.version });
      }),
    removeUnread: (id: string) => attempt(() => removeUnread.mutateAsync({ id })),
    remove: async (row: AlertRow): Promise<void> => {
      const isRemoved = await attempt(() => remove.mutateAsync({ id: row.rule.id }));
      if (!isRemoved) return;
      const run = (): void => void attempt(() => add.mutateAsync({ ...contentToRestore(row), by: row.rule.by }));
      toast(`The alert on ${row.rule.symbol} is removed.`, { words: "Undo", run });
    },
  };
}
