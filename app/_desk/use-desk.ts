"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { keepQuery } from "../_lib/address.ts";
import { useZoneState } from "../_live/zone.ts";
import { lastDesk } from "../_shell/last-seen.ts";
import type { TimeRange } from "../_symbol/use-distribution.ts";
import { toast } from "../_ui/toasts.tsx";
import { chosen, closed, type Desk, reopened } from "./_layout/desk.ts";
import { type DeskLink, formatDeskLink } from "./_layout/desk-link.ts";
import { panelsOf } from "./_layout/tree.ts";

/** The address follows the desk this long after it came to rest, milliseconds. */
const SETTLED = 300;

interface DeskView {
  desk: Desk;
  /** The panel that alone is shown; null: all are. */
  alone: number | null;
  /** Id of the desk that it was saved as, or opened from; null: none. */
  savedAs: string | null;
  /** The panel that keys and the search go to. */
  active: number;
  /** Rises when the desk is another: its charts begin anew, as it says. */
  generation: number;
  /** What was chosen on a chart to be looked at closer, by what is linked with it. */
  ranges: Readonly<Record<string, TimeRange | null>>;
}

/** What else may be said of a desk that takes another's place. */
type Replacing = Partial<Pick<DeskView, "alone" | "savedAs">>;

const NO_RANGES: DeskView["ranges"] = {};
const linkKey = ({ panels }: Desk, id: number): string => panels.get(id)?.link ?? `panel ${id}`;

/** Of a desk: the panel whose keys one expects, a chart where there is one. */
function firstActive(desk: Desk): number {
  const panels = panelsOf(desk.tree);
  return panels.find((id) => desk.panels.get(id)?.kind === "chart") ?? panels[0] ?? 1;
}

const beginning = ({ desk, alone, saved }: Omit<DeskLink, "zone"> & { desk: Desk }): DeskView => ({
  desk,
  alone,
  savedAs: saved,
  active: alone ?? firstActive(desk),
  generation: 0,
  ranges: NO_RANGES,
});

/** The desk, what is done to it, and its address. */
export function useDesk(link: Omit<DeskLink, "zone"> & { desk: Desk }) {
  const [view, setView] = useState<DeskView>(() => beginning(link));
  const newest = useRef(view);
  useEffect(() => {
    newest.current = view;
  });

  /** Changes panels in place. */
  const change = useCallback((next: (desk: Desk) => Desk) => {
    setView((before) => ({ ...before, desk: next(before.desk) }));
  }, []);
  /** Puts another desk in its place; `words` say so, with the way back. */
  const replace = useCallback((desk: Desk, words: string, replacing: Replacing = {}) => {
    const before = newest.current;
    const { savedAs } = before;
    const next = { alone: null, savedAs, ...replacing, desk, ranges: NO_RANGES };
    setView(({ generation }) => ({
      ...next,
      active: next.alone ?? firstActive(desk),
      generation: generation + 1,
    }));
    const run = (): void => setView(({ generation }) => ({ ...before, generation: generation + 1 }));
    toast(words, { words: "Undo", run });
  }, []);
  /** Takes a panel away, and says so with the way back; those that stay are not begun anew. */
  const close = useCallback((id: number) => {
    const before = newest.current.desk;
    setView((now) => ({ ...now, desk: closed(now.desk, id), alone: null }));
    const run = (): void => setView((now) => ({ ...now, desk: reopened(now.desk, before, id) }));
    toast("Panel closed", { words: "Undo", run });
  }, []);
  const choose = useCallback((id: number, symbol: string) => {
    setView((before) => ({ ...before, desk: chosen(before.desk, id, symbol), ranges: NO_RANGES }));
  }, []);
  /** A range is one of all panels that are linked. */
  const setRange = useCallback((id: number, range: TimeRange | null) => {
    setView((before) => ({ ...before, ranges: { ...before.ranges, [linkKey(before.desk, id)]: range } }));
  }, []);
  const setSavedAs = useCallback((savedAs: string | null) => setView((before) => ({ ...before, savedAs })), []);
  const activate = useCallback((active: number) => {
    setView((before) => (before.active === active ? before : { ...before, active }));
  }, []);
  const showAlone = useCallback((only: number | null) => {
    setView((before) => ({ ...before, alone: only, active: only ?? before.active }));
  }, []);
  const acts = { change, choose, setRange, replace, close, setSavedAs, activate, showAlone };
  return { ...useShown(view), ...acts };
}

/** What is shown of it, in the address too. */
function useShown({ desk, alone, active, generation, savedAs, ranges }: DeskView) {
  const shown = {
    desk,
    alone: alone !== null && desk.panels.has(alone) ? alone : null,
    active: desk.panels.has(active) ? active : firstActive(desk),
    generation,
    savedAs,
  };
  const { linked: zone } = useZoneState();
  useEffect(() => {
    const query = formatDeskLink({ desk, alone: shown.alone, saved: savedAs, zone });
    const timer = setTimeout(() => {
      keepQuery("/desk", query);
      lastDesk.set(query);
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [desk, shown.alone, savedAs, zone]);
  /** The desk as it is kept: without what is of the moment. */
  const query = useMemo(() => formatDeskLink({ desk, alone: null, saved: null, zone: null }), [desk]);
  const rangeOf = useCallback((id: number) => ranges[linkKey(desk, id)] ?? null, [ranges, desk]);
  return { ...shown, query, rangeOf };
}

export type DeskHandle = ReturnType<typeof useDesk>;
