"use client";
import { useMemo, useState } from "react";
import { DrawingsDialog } from "../_chart/_drawings/drawings-dialog.tsx";
import { useDrawingSession } from "../_chart/_drawings/use-drawing-session.ts";
import type { Studies } from "../_chart/studies.ts";
import { CompareDialog } from "../_compare/compare-dialog.tsx";
import { useComparing } from "../_compare/use-comparing.ts";
import { IndicatorsDialog } from "../_indicators/indicators-dialog.tsx";
import { useChosen } from "../_indicators/use-chosen.ts";
import type { ChartLink } from "../_lib/chart-link.ts";

/** What can be chosen of studies, each in a dialog of its own. */
export type StudyDialog = "indicators" | "compare" | "drawings";

/** What is drawn besides the bars, first as the link says, and which dialog lies open. */
export function useStudies(symbol: string, link: Pick<ChartLink, "indicators" | "compared">) {
  const choosing = useChosen(link.indicators);
  const comparing = useComparing(symbol, link.compared);
  const drawing = useDrawingSession(symbol);
  const [dialog, setDialog] = useState<StudyDialog | null>(null);
  return useMemo(() => ({ choosing, comparing, drawing, dialog, setDialog }), [choosing, comparing, drawing, dialog]);
}

interface StudyDialogsProps {
  symbol: string;
  tickSize: number;
  studies: Studies & { dialog: StudyDialog | null; setDialog: (dialog: null) => void };
}

export function StudyDialogs({ symbol, tickSize, studies }: StudyDialogsProps) {
  const { choosing, comparing, drawing, dialog, setDialog } = studies;
  const close = (): void => setDialog(null);
  if (dialog === "indicators") return <IndicatorsDialog choosing={choosing} onClose={close} />;
  if (dialog === "compare") return <CompareDialog of={symbol} comparing={comparing} onClose={close} />;
  if (dialog === "drawings") return <DrawingsDialog session={drawing} tickSize={tickSize} onClose={close} />;
  return null;
}
