"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { keepQuery } from "../_lib/address.ts";
import { useZoneState } from "../_live/zone.ts";
import { toast } from "../_ui/toasts.tsx";
import type { TimeRange } from "../_symbol/use-distribution.ts";
import { chosen, type Desk } from "./_layout/desk.ts";
import { formatDeskLink } from "./_layout/desk-link.ts";
import { panelsOf } from "./_layout/tree.ts";

/** The address follows the desk this long after it came to rest, milliseconds. */
const SETTLED = 300;

interface DeskView {
  desk: Desk;
  /** The panel that alone is shown; null: all are. */
  alone: number | null;
  /** The panel that keys and the search go to. */
  active: number;
  /** Rises when the desk is another: its charts begin anew, as it says. */
  generation: number;
  /** What was chosen on a chart to be looked at closer, by what is linked with it. */
  ranges: Readonly<Record<string, TimeRange | null>>;
}

const NO_RANGES: DeskView["ranges"] = {};
const linkKey = ({ panels }: Desk, id: number): string => panels.get(id)?.link ?? `panel ${id}`;

/** Of a desk: the panel whose keys one expects, a chart where there is one. */
function firstActive(desk: Desk): number {
  const panels = panelsOf(desk.tree);
  return panels.find((id) => desk.panels.get(id)?.kind === "chart") ?? panels[0] ?? 1;
}

/** The desk, what is done to it, and its address. */
export function useDesk(initial: Desk, alone: number | null) {
  const [view, setView] = useState<DeskView>(() => ({
    desk: initial,
    alone,
    active: alone ?? firstActive(initial),
    generation: 0,
    ranges: NO_RANGES,
  }));
  const newest = useRef(view);
  useEffect(() => {
    newest.current = view;
  });

  /** Changes panels in place. */
  const change = useCallback((next: (desk: Desk) => Desk) => {
    setView((before) => ({ ...before, desk: next(before.desk) }));
  }, []);
  /** Puts another desk in its place; `words` say so, with the way back. Panels that stay themselves (`inPlace`) are not begun anew. */
  const replace = useCallback((next: Desk, words: string | null, inPlace = false) => {
    const before = newest.current;
    const rise = inPlace ? 0 : 1;
    setView(({ active, generation }) => ({
      desk: next,
      alone: null,
      ranges: NO_RANGES,
      active: inPlace ? active : firstActive(next),
      generation: generation + rise,
    }));
    if (words === null) return;
    const run = (): void => setView(({ generation }) => ({ ...before, generation: generation + rise }));
    toast(words, { words: "Undo", run });
  }, []);
  const choose = useCallback(
    (id: number, symbol: string) =>
      setView((before) => ({ ...before, desk: chosen(before.desk, id, symbol), ranges: NO_RANGES })),
    [],
  );
  /** A range is one of all panels that are linked. */
  const setRange = useCallback((id: number, range: TimeRange | null) => {
    setView((before) => ({ ...before, ranges: { ...before.ranges, [linkKey(before.desk, id)]: range } }));
  }, []);
  const activate = useCallback((active: number) => {
    setView((before) => (before.active === active ? before : { ...before, active }));
  }, []);
  const showAlone = useCallback((only: number | null) => {
    setView((before) => ({ ...before, alone: only, active: only ?? before.active }));
  }, []);

  const { desk, generation, ranges } = view;
  const rangeOf = useCallback((id: number) => ranges[linkKey(desk, id)] ?? null, [ranges, desk]);
  const shown = view.alone !== null && desk.panels.has(view.alone) ? view.alone : null;
  const active = desk.panels.has(view.active) ? view.active : firstActive(desk);
  const { linked: zone } = useZoneState();
  useEffect(() => {
    const timer = setTimeout(() => keepQuery("/desk", formatDeskLink({ desk, alone: shown, zone })), SETTLED);
    return () => clearTimeout(timer);
  }, [desk, shown, zone]);
  return useMemo(
    () => ({ desk, alone: shown, active, generation, rangeOf, change, choose, setRange, replace, activate, showAlone }),
    [desk, shown, active, generation, rangeOf, change, choose, setRange, replace, activate, showAlone],
  );
}

export type DeskHandle = ReturnType<typeof useDesk>;
