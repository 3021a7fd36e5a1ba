"use client";
import type { KeyboardEvent } from "react";
import type { HeldRow } from "#lib/contracts/views.ts";
import { describeError } from "../_lib/errors.ts";
import { age, decimalsOf, price, quantity } from "../_lib/format.ts";
import { heldKey, movedFocus } from "../_lib/held.ts";
import { useSecond } from "../_live/hooks.ts";
import { useZone } from "../_live/zone.ts";
import { Badge } from "../_ui/badge.tsx";
import { useDecide, useHeld, type Verdict } from "./use-held.ts";

/** Prints far outside the market, until somebody says whether they count. */
export function HeldPanel({ admin, onUnauthorized }: { admin: boolean; onUnauthorized: () => void }) {
  const { data, error } = useHeld();
  const { decide, busy, refused } = useDecide(onUnauthorized);
  return (
    <section className="panel" id="held" aria-label="Held prints">
      <header>
        <h2>Held prints</h2>
        <span className="grow" />
        {error ? (
          <Badge kind="error" words={describeError(error).message} />
        ) : (
          <span className="dim">{data && data.length > 0 ? `${data.length} wait` : ""}</span>
        )}
      </header>
      <ul className="scroll held">
        {data?.map((row) => (
          <Held
            key={heldKey(row)}
            row={row}
            admin={admin}
            busy={busy.has(heldKey(row))}
            refused={refused.get(heldKey(row)) ?? null}
            onDecide={(verdict) => void decide(row, verdict)}
          />
        ))}
      </ul>
      {data?.length === 0 && <p className="none">None. A print far outside the market waits here, outside its bars.</p>}
    </section>
  );
}

interface HeldProps {
  row: HeldRow;
  admin: boolean;
  busy: boolean;
  /** Why the last decision could not be carried out. */
  refused: string | null;
  onDecide: (verdict: Verdict) => void;
}

const KEYS: Readonly<Record<string, Verdict>> = { a: "accept", r: "reject" };

function Held({ row: { symbol, tickSize, print }, admin, busy, refused, onDecide }: HeldProps) {
  const now = useSecond();
  const zone = useZone();
  const decimals = decimalsOf(tickSize);
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>): void => {
    const verdict = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key.toLowerCase()];
    if (verdict && admin && !busy) onDecide(verdict);
    else if (!movedFocus(event)) return;
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys for the buttons in it
    <li onKeyDown={onKeyDown}>
      <div>
        <a href={`/symbols/${encodeURIComponent(symbol)}`} className="sym">
          {symbol}
        </a>
        <b>{price(print.price, decimals)}</b>
        <span>× {quantity(print.size)}</span>
        <span className="grow" />
        <span className="dim">{now > 0 ? age(Math.max(0, now - print.time)) : ""}</span>
      </div>
      <div>
        <span className="dim">
          {zone.milliTime(print.time)} {zone.name(print.time)}, outside {price(print.low, decimals)} to{" "}
          {price(print.high, decimals)}
          {print.conditions ? `, ${print.conditions.join(" ")}` : ""}
        </span>
        <span className="grow" />
        <button type="button" className="btn edge" disabled={!admin || busy} onClick={() => onDecide("accept")}>
          Accept
        </button>
        <button type="button" className="btn edge" disabled={!admin || busy} onClick={() => onDecide("reject")}>
          Reject
        </button>
      </div>
      {refused && <p role="alert">{refused}</p>}
    </li>
  );
}
