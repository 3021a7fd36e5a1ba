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

/** What a decision names. */
export interface DecidedRow {
  symbol: string;
  print: Pick<HeldRow["print"], "id" | "idSpace" | "time">;
}

export function useHeld() {
  const trpc = useTRPC();
  return useQuery(trpc.held.list.queryOptions(undefined, { refetchInterval: EVERY }));
}

/** A decision that could not be carried out, with what to do about it. */
export function refusalWords(why: string): string {
  const next =
    why.includes("horizon") || why.includes("does not hold")
      ? "It is too old to be changed."
      : why.includes("rejected before")
        ? "What was rejected stays so."
        : "Its bars stay as they are.";
  return `Refused: ${why}. ${next}`;
}

/** Says accept or reject; a row is busy until the engine has heard of it and the queue comes without it, or says why not. */
export function useDecide(onUnauthorized: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const { queryKey } = trpc.held.list.queryOptions();
  const { mutateAsync } = useMutation(trpc.held.decide.mutationOptions());
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const learn = useCallback(
    async (row: DecidedRow, decided: Parameters<typeof trpc.held.refusal.queryOptions>[0]): Promise<void> => {
      try {
        const why = await queries.fetchQuery(trpc.held.refusal.queryOptions(decided));
        if (why !== null) setRefused((before) => new Map([...before, [heldKey(row), refusalWords(why)]]));
      } catch (error) {
        toast(describeError(error).message);
      }
    },
    [queries, trpc],
  );
  const decide = useCallback(
    async (row: DecidedRow, verdict: Verdict): Promise<void> => {
      const { symbol, print } = row;
      const { id, idSpace, time: tradeTime } = print;
      setBusy((before) => new Set([...before, heldKey(row)]));
      const release = (): void => setBusy((before) => new Set([...before].filter((key) => key !== heldKey(row))));
      try {
        const name = { symbol, id, ...(idSpace !== undefined && { idSpace }) };
        const { time } = await mutateAsync({ ...name, verdict, tradeTime });
        await queries.invalidateQueries({ queryKey });
        // By then it is carried out, or the engine has refused it.
        setTimeout(() => {
          release();
          void learn(row, { ...name, time });
        }, 2.5 * EVERY);
      } catch (error) {
        const { message, code } = describeError(error);
        if (code === "UNAUTHORIZED") onUnauthorized();
        toast(message);
        release();
      }
    },
    [mutateAsync, queries, queryKey, onUnauthorized, learn],
  );
  return { decide, busy, refused };
}
