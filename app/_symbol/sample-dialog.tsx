"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { newSeed, type SampleLink } from "../_lib/chart-link.ts";
import { decimalsOf, quantity } from "../_lib/format.ts";
import { rangeWords } from "../_lib/range-words.ts";
import { useZone } from "../_live/zone.ts";
import { Failure } from "../_ui/failure.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { titleWords, TradeTable, waitingWords } from "../_chart/sampled-trades.tsx";
import { useSample } from "./use-sample.ts";

interface SampleDialogProps {
  instrument: InstrumentView;
  link: SampleLink;
  /** null: it is closed. */
  onLink: (link: SampleLink | null) => void;
}

/** Single trades of a range that has too many to list: drawn at random, the same again by the link in the address. */
export function SampleDialog({ instrument, link, onLink }: SampleDialogProps) {
  const close = (): void => onLink(null);
  return (
    <Modal label="Sample of trades" className="palette sample" onClose={close}>
      <Drawn
        key={`${link.from}|${link.to}|${link.seed}`}
        instrument={instrument}
        link={link}
        onAgain={() => onLink({ ...link, seed: newSeed() })}
        onClose={close}
      />
    </Modal>
  );
}

interface DrawnProps extends Pick<SampleDialogProps, "instrument" | "link"> {
  onAgain: () => void;
  onClose: () => void;
}

function Drawn({ instrument, link, onAgain, onClose }: DrawnProps) {
  const zone = useZone();
  const { sampling, error } = useSample(instrument.symbol, link);
  return (
    <>
      <header>
        <h2>{titleWords(sampling)}</h2>
        <span className="grow" />
        <button type="button" className="btn edge" onClick={onAgain} disabled={!error && sampling?.state !== "done"}>
          Draw again
        </button>
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p className="sample-facts">
        {instrument.symbol}, {rangeWords(zone, link)} {zone.name(link.to)}, seed {link.seed}
        {sampling?.state === "done" && `, ${quantity(sampling.records)} records of the log read`}
      </p>
      {error !== null ? (
        <Failure title="The sample could not be drawn" error={error} onRetry={onAgain} />
      ) : sampling?.state === "done" && sampling.trades.length > 0 ? (
        <TradeTable trades={sampling.trades} decimals={decimalsOf(instrument.tickSize)} />
      ) : (
        <div className="calm" role="status">
          <p>{waitingWords(zone, sampling)}</p>
        </div>
      )}
    </>
  );
}
