"use client";
import { useConnection, useSecond } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import { useZone } from "../_live/zone.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { Icon } from "../_ui/icon.tsx";

/** Whether the page has lost its stream, or the server has lost the market's. */
export function useTrouble(): "lost" | "upstream" | null {
  const { state, attempt, upstream } = useConnection();
  if (state === "lost" || (state === "connecting" && attempt > 1)) return "lost";
  return state === "open" && !upstream ? "upstream" : null;
}

/** Says that what is shown is ageing, since when, and when it is tried again. Stands over the page: nothing moves. */
export function Notice({ newest }: { newest: Micros | null }) {
  const trouble = useTrouble();
  const { connection } = useLive();
  const zone = useZone();
  useSecond();
  if (trouble === null) return null;
  const ends = newest === null ? "" : ` What you see ends at ${zone.secondTime(newest)} ${zone.name(newest)}.`;
  const wait = connection.secondsLeft();
  return (
    <div className="notice over-page" role="status">
      <Icon name="warn" />
      <span className="grow">
        {trouble === "lost"
          ? `Not connected to the server.${ends} ${wait > 0 ? `Trying again in ${wait} s.` : "Trying again."}`
          : `The server cannot read the market’s log.${ends} It goes on by itself.`}
      </span>
      {trouble === "lost" && (
        <button type="button" className="btn edge" onClick={connection.tryNow}>
          Try now
        </button>
      )}
    </div>
  );
}
