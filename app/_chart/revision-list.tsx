"use client";
import { useMemo, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import type { Interval, Micros } from "#lib/domain/interval.ts";
import { DASH, price } from "../_lib/format.ts";
import { useLive } from "../_live/live.tsx";
import { useBarZone } from "../_live/zone.ts";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import type { BarSeries } from "./bar-series.ts";
import { allRevisions, REVISIONS_KEPT, type Revision } from "./_prepare/revisions.ts";
import { useClosed } from "./use-series.ts";

interface RevisionsProps {
  series: BarSeries;
  interval: Interval;
  decimals: number;
  /** Top of the volume pane, pixels. */
  top: number;
  /** Shows a bar and where it comes from. */
  onShow: (start: Micros) => void;
}

/** How many bars of the chart were rewritten after they had closed, and the list of them. */
export function Revisions(props: RevisionsProps) {
  const { series, top } = props;
  const [open, setOpen] = useState(false);
  const closed = useClosed(series);
  const { revisions } = series;
  const seen = useSyncExternalStore(revisions.subscribe, revisions.seen, revisions.seen);
  const list = useMemo(() => allRevisions(seen, closed), [seen, closed]);
  return (
    <>
      <button
        type="button"
        className="revisions-button"
        style={{ top: top + 2 }}
        data-floating
        title="Bars that were rewritten after they had closed"
        onClick={() => setOpen(true)}
      >
        {list.length === REVISIONS_KEPT ? `${REVISIONS_KEPT} or more` : list.length}{" "}
        {list.length === 1 ? "revision" : "revisions"}
      </button>
      {open &&
        createPortal(
          <Modal label="Revisions" className="palette sample" onClose={() => setOpen(false)}>
            <RevisionTable {...props} list={list} onClose={() => setOpen(false)} />
          </Modal>,
          document.body,
        )}
    </>
  );
}

interface TableProps extends RevisionsProps {
  list: readonly Revision[];
  onClose: () => void;
}

function RevisionTable({ list, interval, decimals, onShow, onClose }: TableProps) {
  const zone = useBarZone(interval);
  const { clock } = useLive();
  const timeOf = (start: Micros): string => {
    if (interval === "1d") return zone.day(start, clock.now());
    const time = interval === "1s" ? zone.secondTime(start) : zone.minuteTime(start);
    return `${zone.dateMark(start)} ${time}`;
  };
  return (
    <>
      <header>
        <h2>Revisions</h2>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {list.length === 0 ? (
        <div className="calm">
          <h3>No bar was rewritten</h3>
          <p>
            A closed {interval} bar that a late trade, a print taken out or a filled gap changes flashes on the chart
            and is listed here.
          </p>
        </div>
      ) : (
        // It scrolls, so the keys must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="scroll sample-rows revision-rows" tabIndex={0} role="region" aria-label="Rewritten bars">
          <table className="tape">
            <thead>
              <tr>
                <th scope="col">Bar, {zone.name(list[0]?.start ?? 0)}</th>
                {["High", "Low", "Close"].map((head) => (
                  <th key={head} scope="col" className="num">
                    {head}
                  </th>
                ))}
                <th scope="col" className="num">
                  Revision
                </th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {list.map((revision) => (
                <tr key={`${revision.start}|${revision.id}`}>
                  <td>
                    <button
                      type="button"
                      className="link"
                      disabled={revision.after === null}
                      title="Where its numbers come from"
                      onClick={() => {
                        onClose();
                        onShow(revision.start);
                      }}
                    >
                      {timeOf(revision.start)} {interval}
                    </button>
                  </td>
                  {(["high", "low", "close"] as const).map((of) => (
                    <td key={of} className="num">
                      <Change revision={revision} of={of} decimals={decimals} />
                    </td>
                  ))}
                  <td className="num">{revision.revision}</td>
                  <td className="sub">{revision.why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Change({ revision, of, decimals }: { revision: Revision; of: "high" | "low" | "close"; decimals: number }) {
  const { before, after } = revision;
  const [old, now] = [before?.[of], after?.[of]];
  if (old === undefined || old === now)
    return <span className="dim">{now === undefined ? DASH : price(now, decimals)}</span>;
  return (
    <>
      <span className="dim">{price(old, decimals)} → </span>
      {now === undefined ? DASH : price(now, decimals)}
    </>
  );
}
