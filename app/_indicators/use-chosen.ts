"use client";
import { useCallback, useMemo, useState } from "react";
import type { KindName } from "#lib/domain/indicators/kinds.ts";
import { usualSpec } from "#lib/domain/indicators/spec.ts";
import type { Choosing } from "../_chart/studies.ts";
import { type ChosenIndicator, fullWords, indicatorLabel } from "../_lib/chosen-indicators.ts";
import { toast } from "../_ui/toasts.tsx";

export function useChosen(initial: readonly ChosenIndicator[]): Choosing {
  const [chosen, setChosen] = useState(initial);
  const add = useCallback((kind: KindName) => {
    const added: ChosenIndicator = { ...usualSpec(kind), color: "plain" };
    setChosen((before) => (fullWords(before, added) === null ? [...before, added] : before));
  }, []);
  const edit = useCallback(
    (place: number, changed: ChosenIndicator) =>
      setChosen((before) => before.map((one, at) => (at === place ? changed : one))),
    [],
  );
  const remove = useCallback(
    (place: number) => {
      const removed = chosen[place];
      if (!removed) return;
      setChosen((before) => before.filter((_, at) => at !== place));
      const undo = (): void =>
        setChosen((before) => (fullWords(before, removed) === null ? before.toSpliced(place, 0, removed) : before));
      toast(`${indicatorLabel(removed)} removed`, { words: "Undo", run: undo });
    },
    [chosen],
  );
  return useMemo(() => ({ chosen, add, remove, edit }), [chosen, add, remove, edit]);
}
