"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { HeldRow } from "#lib/contracts/views.ts";
import { describeError } from "../_lib/errors.ts";
import { heldKey } from "../_lib/held.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { toast } from "../_ui/toasts.tsx";

export type Verdict = "accept" | "reject";

/** The queue is read again this often, milliseconds. */
const EVERY = 2_000;

export function useHeld() {
  const trpc = useTRPC();
  return useQuery(trpc.held.list.queryOptions(undefined, { refetchInterval: EVERY }));
}

/** Says accept or reject; a row is busy until the engine has heard of it and the queue comes without it. */
export function useDecide(onUnauthorized: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { queryKey } = trpc.held.list.queryOptions();
  const { mutateAsync } = useMutation(trpc.held.decide.mutationOptions());
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const decide = useCallback(
    async (row: HeldRow, verdict: Verdict): Promise<void> => {
      const { symbol, print } = row;
      const { id, idSpace, time: tradeTime } = print;
      setBusy((before) => new Set([...before, heldKey(row)]));
      const release = (): void => setBusy((before) => new Set([...before].filter((key) => key !== heldKey(row))));
      try {
        await mutateAsync({ symbol, id, verdict, tradeTime, ...(idSpace !== undefined && { idSpace }) });
        await queries.invalidateQueries({ queryKey });
        // By then the row is gone, or the engine has refused the decision.
        setTimeout(release, 5 * EVERY);
      } catch (error) {
        const { message, code } = describeError(error);
        if (code === "UNAUTHORIZED") onUnauthorized();
        toast(message);
        release();
      }
    },
    [mutateAsync, queries, queryKey, onUnauthorized],
  );
  return { decide, busy };
}
