"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { AccountView, PersonRow, PersonState, Role } from "#lib/contracts/people.ts";
import { describeError } from "../_lib/errors.ts";
import { ROLE_WORDS } from "../_lib/people.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { toast } from "../_ui/toasts.tsx";
import { useSession } from "./use-session.ts";

/** Accounts are read again this often, milliseconds: there may be another admin. */
const EVERY = 10_000;

export function usePeople() {
  const trpc = useTRPC();
  return useQuery(trpc.people.list.queryOptions(undefined, { refetchInterval: EVERY, retry: false }));
}

/** Reads the accounts again. */
export function useRefreshPeople(): () => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const queryKey = trpc.people.list.queryKey();
  return useCallback(() => void queries.invalidateQueries({ queryKey }), [queries, queryKey]);
}

const DONE: Readonly<Record<PersonState, string>> = {
  enabled: "may sign in again",
  disabled: "is disabled, and signed out",
  removed: "is removed, and signed out",
};

/** Changes of one account, each with a way back. Failures are said. */
export function usePeopleActions() {
  const trpc = useTRPC();
  const refresh = useRefreshPeople();
  const { forget } = useSession();
  const role = useMutation(trpc.people.setRole.mutationOptions());
  const state = useMutation(trpc.people.setState.mutationOptions());
  const attempt = async (work: () => Promise<AccountView>): Promise<AccountView | null> => {
    try {
      return await work();
    } catch (error) {
      const { message, code } = describeError(error);
      if (code === "UNAUTHORIZED") forget();
      toast(message);
      return null;
    } finally {
      refresh();
    }
  };
  const giveRole = ({ name, version }: AccountView, wanted: Role) =>
    attempt(() => role.mutateAsync({ name, version, role: wanted }));
  const giveState = ({ name, version }: AccountView, wanted: PersonState) =>
    attempt(() => state.mutateAsync({ name, version, state: wanted }));
  return {
    setRole: async (row: PersonRow, wanted: Role): Promise<void> => {
      if (wanted === row.role) return;
      const after = await giveRole(row, wanted);
      if (!after) return;
      const run = (): void => void giveRole(after, row.role);
      toast(`${row.name} has the role ${ROLE_WORDS[wanted].name.toLowerCase()} now.`, { words: "Undo", run });
    },
    setState: async (row: PersonRow, wanted: PersonState): Promise<void> => {
      const after = await giveState(row, wanted);
      if (!after) return;
      const run = (): void => void giveState(after, row.state);
      toast(`${row.name} ${DONE[wanted]}.`, { words: "Undo", run });
    },
  };
}
