"use client";
import type { Older } from "./bar-loader.ts";

interface HistoryEdgeProps {
  older: Older;
  /** Pixels of empty plot left of the oldest bar. */
  room: number;
  /** Pixels from the chart's bottom to its prices. */
  floor: number;
  onRetry: () => void;
}

/** What is known of the time before the oldest bar, said where it would be. */
export function HistoryEdge({ older, room, floor, onRetry }: HistoryEdgeProps) {
  const style = { bottom: floor + 12 };
  if (older.state === "arriving") {
    const share = Math.round(older.progress * 100);
    return (
      <div className="history-edge" style={style} data-floating role="status">
        <span className="progress">
          <i style={{ width: `${share}%` }} />
        </span>
        History is arriving, {share} %
      </div>
    );
  }
  if (older.state === "failed") {
    return (
      <div className="history-edge" style={style} data-floating role="status">
        <span className="clip" title={older.reason}>
          Older bars could not be read: {older.reason}
        </span>
        <button type="button" className="btn edge" onClick={onRetry}>
          Try again
        </button>
      </div>
    );
  }
  if (room < 24) return null;
  if (older.state === "none")
    return (
      <div className="history-edge" style={style}>
        Beginning of the history
      </div>
    );
  if (older.state === "full") {
    return (
      <div className="history-edge" style={style}>
        More bars than one chart holds: a longer interval shows what is older
      </div>
    );
  }
  return null;
}
