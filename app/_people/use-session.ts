"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Role } from "#lib/contracts/people.ts";
import { may, type Permission } from "#lib/contracts/permissions.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { lastName } from "./last-name.ts";

/** Milliseconds. */
const FRESH = 60_000;

/** Who looks at the page; asked again each `every` milliseconds, which one place of a page does. */
export function useSession(every: number | false = false) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const query = useQuery(
    trpc.session.current.queryOptions(undefined, { staleTime: FRESH, refetchInterval: every, retry: false }),
  );
  const { queryKey } = trpc.session.current.queryOptions();
  const audit = trpc.audit.pathKey();
  const people = trpc.people.pathKey();
  const alerts = trpc.alerts.list.queryKey();
  const become = useCallback(
    (session: typeof query.data) => {
      // What another was shown is nobody else's.
      queries.removeQueries({ queryKey: audit });
      queries.removeQueries({ queryKey: people });
      queries.setQueryData(queryKey, session);
      // Whose they are is told to who is signed in.
      void queries.invalidateQueries({ queryKey: alerts });
    },
    [queries, queryKey, audit, people, alerts],
  );
  const forget = useCallback(() => become({ person: null }), [become]);
  const login = useMutation(
    trpc.session.login.mutationOptions({
      onSuccess: (session) => {
        lastName.set(session.person.name);
        become(session);
      },
    }),
  );
  const logout = useMutation(trpc.session.logout.mutationOptions({ onSuccess: forget }));
  const person = query.data?.person ?? null;
  const role: Role | null = person?.role ?? null;
  return useMemo(
    () => ({
      /** null: nobody is signed in, or it is not known who. */
      person,
      known: query.data !== undefined,
      /** Whether they may do something. */
      may: (permission: Permission): boolean => may(role, permission),
      login,
      logout,
      forget,
    }),
    [person, role, query.data, login, logout, forget],
  );
}

export type Session = ReturnType<typeof useSession>;
