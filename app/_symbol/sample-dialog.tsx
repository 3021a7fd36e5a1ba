"use client";
import type { InstrumentView, SampledTrade, Sampling } from "#lib/contracts/views.ts";
import { newSeed, type SampleLink } from "../_lib/chart-link.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";
import { DASH, decimalsOf, price, quantity } from "../_lib/format.ts";
import { goneWords, rangeWords, readingWords } from "../_lib/range-words.ts";
import { useZone } from "../_live/zone.ts";
import { Failure } from "../_ui/failure.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
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

function titleWords(sampling: Sampling | null): string {
  if (sampling?.state !== "done") return "Sample of trades";
  const { of, trades } = sampling;
  if (trades.length === of) return of === 1 ? "The only trade" : `All ${quantity(of)} trades`;
  return `A sample of ${quantity(trades.length)} of ${quantity(of)} trades`;
}

function waitingWords(zone: ZoneClock, sampling: Sampling | null): string {
  if (sampling?.state === "reading") return readingWords(sampling);
  if (sampling?.state === "gone") return goneWords(zone, sampling.since);
  return sampling ? "No trade of this range is in the log." : "Asking the log";
}

function TradeTable({ trades, decimals }: { trades: readonly SampledTrade[]; decimals: number }) {
  const zone = useZone();
  const hasDays = zone.dateMark(trades[0]?.time ?? 0) !== zone.dateMark(trades.at(-1)?.time ?? 0);
  return (
    // It scrolls, so the keys must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll sample-rows" tabIndex={0} role="region" aria-label="Trades of the sample">
      <table className="tape">
        <colgroup>
          <col style={{ width: hasDays ? 160 : 116 }} />
          <col />
          <col />
          <col style={{ width: 44 }} />
          <col style={{ width: 68 }} />
          <col style={{ width: 116 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Time {zone.name(trades[0]?.time ?? 0)}</th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col">Side</th>
            <th scope="col">Venue</th>
            <th scope="col" className="num">
              Offset, line
            </th>
          </tr>
        </thead>
        <tbody>
          {trades.map((trade) => (
            <tr key={`${trade.offset}.${trade.line}`} title={trade.conditions.join(" ") || undefined}>
              <td className="dim">
                {hasDays && `${zone.dateMark(trade.time)} `}
                {zone.milliTime(trade.time)}
              </td>
              <td className="num">{price(trade.price, decimals)}</td>
              <td className="num">{quantity(trade.size)}</td>
              <td className="sub">{trade.side === null ? DASH : trade.side === "buy" ? "Buy" : "Sell"}</td>
              <td className="sub clip">{trade.venue ?? DASH}</td>
              <td className="num dim">
                {quantity(trade.offset)}, {trade.line}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
