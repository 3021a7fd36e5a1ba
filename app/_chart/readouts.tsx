"use client";
import type { ComponentProps } from "react";
import { ComparedLegend } from "./compared-lines.tsx";
import { Overlays, PaneHeads } from "./indicator-readout.tsx";
import { Readout } from "./readout.tsx";
import type { Studies } from "./studies.ts";
import type { ComparedLine } from "./use-compared.ts";
import type { DrawnIndicator } from "./use-indicators.ts";

interface ReadoutsProps extends Omit<ComponentProps<typeof Readout>, "children"> {
  indicators: readonly DrawnIndicator[];
  comparedLines: readonly ComparedLine[];
  studies: Studies;
}

/** What the bar under the crosshair has, in words: its own values, those of indicators and those of compared symbols. */
export function Readouts({ indicators, comparedLines, studies, ...props }: ReadoutsProps) {
  const { series, crosshair, decimals, layout } = props;
  const reading = { indicators, series, crosshair, decimals };
  return (
    <>
      <Readout {...props}>
        <Overlays {...reading} />
        <ComparedLegend lines={comparedLines} {...{ series, crosshair }} onRemove={studies.comparing.remove} />
      </Readout>
      <PaneHeads {...reading} layout={layout} onRemove={studies.choosing.remove} />
    </>
  );
}
