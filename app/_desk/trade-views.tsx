"use client";
import { useState } from "react";
import type { Measure } from "#lib/contracts/distribution-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { newSeed, type SampleLink } from "../_lib/chart-link.ts";
import { useTopics } from "../_live/live.tsx";
import { DistributionPanel } from "../_symbol/distribution-panel.tsx";
import { QuotePanel } from "../_symbol/quote-panel.tsx";
import { SampleDialog } from "../_symbol/sample-dialog.tsx";
import { Tape } from "../_symbol/tape.tsx";
import { type TimeRange, useDistribution } from "../_symbol/use-distribution.ts";
import { useToday } from "../_symbol/use-today.ts";

interface TradeViewProps {
  instrument: InstrumentView;
}

export function QuoteView({ instrument }: TradeViewProps) {
  useTopics({ quotes: [instrument.symbol], bars: [], prints: [] });
  return <QuotePanel instrument={instrument} />;
}

export function TapeView({ instrument }: TradeViewProps) {
  useTopics({ quotes: [instrument.symbol], bars: [], prints: [instrument.symbol] });
  const sizes = useDistribution(instrument.symbol, "size", useToday(instrument));
  return <Tape instrument={instrument} distribution={sizes.data} />;
}

interface SizesViewProps extends TradeViewProps {
  /** Chosen on a linked chart. */
  range: TimeRange | null;
  onClear: () => void;
}

/** How the trades of today, or of a range chosen on a linked chart, are distributed. */
export function SizesView({ instrument, range, onClear }: SizesViewProps) {
  const [measure, setMeasure] = useState<Measure>("size");
  const [sample, setSample] = useState<SampleLink | null>(null);
  useTopics({ quotes: [instrument.symbol], bars: [], prints: [] });
  return (
    <>
      <DistributionPanel
        instrument={instrument}
        measure={measure}
        onMeasure={setMeasure}
        today={useToday(instrument)}
        range={range}
        onClear={onClear}
        onVisible={null}
        onSample={({ from, to }) => setSample({ from, to, seed: newSeed() })}
      />
      {sample && <SampleDialog instrument={instrument} link={sample} onLink={setSample} />}
    </>
  );
}
