"use client";
import { useState } from "react";
import { createPortal } from "react-dom";
import type { Interval, Micros } from "#lib/domain/interval.ts";
import { quantity } from "../_lib/format.ts";
import { useZone } from "../_live/zone.ts";
import { Failure } from "../_ui/failure.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { titleWords, TradeTable, waitingWords } from "./sampled-trades.tsx";
import { useBarTrades } from "./use-bar-trades.ts";

interface BarTradesProps {
  symbol: string;
  interval: Interval;
  start: Micros;
  /** The bar's own time. */
  title: string;
  decimals: number;
  onClose: () => void;
}

/** The single trades that a bar was made of, from the part of the log that its lineage names. */
export function BarTrades(props: BarTradesProps) {
  const [attempt, setAttempt] = useState(0);
  return createPortal(
    <Modal label="Trades of the bar" className="palette sample" onClose={props.onClose}>
      <Trades {...props} key={attempt} onAgain={() => setAttempt((before) => before + 1)} />
    </Modal>,
    document.body,
  );
}

function Trades(props: BarTradesProps & { onAgain: () => void }) {
  const { symbol, interval, start, title, decimals, onClose, onAgain } = props;
  const zone = useZone();
  const { sampling, error } = useBarTrades(symbol, interval, start);
  return (
    <>
      <header>
        <h2>{titleWords(sampling)}</h2>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p className="sample-facts">
        {symbol}, {interval} bar of {title} {zone.name(start)}
        {sampling?.state === "done" && `, ${quantity(sampling.records)} records of the log read`}
      </p>
      {error !== null ? (
        <Failure title="The trades could not be read" error={error} onRetry={onAgain} />
      ) : sampling?.state === "done" && sampling.trades.length > 0 ? (
        <TradeTable trades={sampling.trades} decimals={decimals} />
      ) : (
        <div className="calm" role="status">
          <p>{waitingWords(zone, sampling)}</p>
        </div>
      )}
    </>
  );
}
