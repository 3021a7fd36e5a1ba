"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Role } from "#lib/contracts/people.ts";
import { may, type Permission } from "#lib/contracts/permissions.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { lastName } from "./last-name.ts";

/** Milliseconds. */
const FRESH = 60_000;
/** No name of an account. */
const NOBODY = "";

/** Who looks at the page; asked again each `every` milliseconds, which one place of a page does. */
export function useSession(every: number | false = false) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const query = useQuery(trpc.session.current.queryOptions(undefined, { staleTime: FRESH, refetchInterval: every }));
  const { queryKey } = trpc.session.current.queryOptions();
  const { refetch } = query;
  const again = useCallback(() => void refetch(), [refetch]);
  const become = useCallback(
    (session: typeof query.data) => void queries.setQueryData(queryKey, session),
    [queries, queryKey],
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
      /** Why it is not known; null while it is asked, and once it was. */
      error: query.data === undefined ? query.error : null,
      /** Asks anew who is signed in. */
      again,
      /** Whether they may do something. */
      may: (permission: Permission): boolean => may(role, permission),
      login,
      logout,
      forget,
    }),
    [person, role, query.data, query.error, again, login, logout, forget],
  );
}

/** Forgets, when another person is signed in than before or nobody, what the one before was shown. One place of a page does it. */
export function useChangeOfPerson({ person, known }: Pick<Session, "person" | "known">): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const name = known ? (person?.name ?? NOBODY) : null;
  const before = useRef(name);
  useEffect(() => {
    const last = before.current;
    before.current = name ?? last;
    if (last === null || name === null || last === name) return;
    const alerts = trpc.alerts.list.queryKey();
    // Whose alerts are is told to who is signed in; what was told to nobody may stay until it is asked anew.
    if (last === NOBODY) void queries.invalidateQueries({ queryKey: alerts });
    else
      for (const queryKey of [trpc.audit.pathKey(), trpc.people.pathKey(), alerts])
        void queries.resetQueries({ queryKey });
  }, [name, queries, trpc]);
}

export type Session = ReturnType<typeof useSession>;
