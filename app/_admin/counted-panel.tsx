"use client";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { CountedPrint } from "#lib/contracts/views.ts";
import { UTC_CLOCK } from "../_lib/zone-clock.ts";
import { describeError } from "../_lib/errors.ts";
import { quantity } from "../_lib/format.ts";
import { heldKey } from "../_lib/held.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { ConfirmDialog } from "../_ui/confirm-dialog.tsx";
import { useDecide } from "./use-held.ts";

interface Asked {
  symbol: string;
  time: number;
}

/** Microseconds of what was typed as a time of UTC; null where it is none. */
function timeOf(text: string): number | null {
  const milliseconds = Date.parse(`${text.trim().replace(" ", "T")}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds * 1_000;
}

/** Finds a print that counts by its second, and takes it out of its bars once that is confirmed. */
export function CountedPanel({ admin, onUnauthorized }: { admin: boolean; onUnauthorized: () => void }) {
  const [symbol, setSymbol] = useState("");
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [chosen, setChosen] = useState<CountedPrint | null>(null);
  const { decide, busy, refused } = useDecide(onUnauthorized);
  const time = timeOf(text);
  const find = (event: FormEvent): void => {
    event.preventDefault();
    if (time !== null) setAsked({ symbol: symbol.trim().toUpperCase(), time });
  };
  return (
    <section className="panel" id="counted" aria-label="Prints that count">
      <header>
        <h2>Take a print out</h2>
      </header>
      <form className="form" onSubmit={find}>
        <label className="field">
          <span>Its symbol</span>
          <input value={symbol} placeholder="NASDAQ:AAPL" onChange={(event) => setSymbol(event.target.value)} />
        </label>
        <label className="field">
          <span>Second, UTC</span>
          <input value={text} placeholder="2026-11-20 14:30:05" onChange={(event) => setText(event.target.value)} />
        </label>
        <div className="wide actions">
          <button type="submit" className="btn edge" disabled={symbol.trim() === "" || time === null}>
            Find
          </button>
        </div>
      </form>
      {asked && (
        <Found
          asked={asked}
          admin={admin}
          stateOf={(print) => {
            const key = heldKey({ symbol: asked.symbol, print });
            return { busy: busy.has(key), refused: refused.get(key) ?? null };
          }}
          onChoose={setChosen}
        />
      )}
      {asked && chosen && (
        <RejectDialog
          asked={asked}
          print={chosen}
          onReject={() => {
            setChosen(null);
            void decide({ symbol: asked.symbol, print: chosen }, "reject");
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  );
}

interface FoundProps {
  asked: Asked;
  admin: boolean;
  stateOf: (print: CountedPrint) => { busy: boolean; refused: string | null };
  onChoose: (print: CountedPrint) => void;
}

function Found({ asked, admin, stateOf, onChoose }: FoundProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.held.counted.queryOptions(asked, { refetchInterval: 5_000, retry: false }));
  if (error) return <p className="none">{describeError(error).message}</p>;
  if (!data) return <p className="none">Reading the log</p>;
  if (data.length === 0) return <p className="none">No print counts in this second.</p>;
  return (
    <ul className="scroll held">
      {data.map((print) => {
        const { busy, refused } = stateOf(print);
        return (
          <li key={`${print.idSpace ?? ""}|${print.id}`}>
            <div>
              <b>{print.price}</b>
              <span>× {quantity(print.size)}</span>
              <span className="dim">
                {UTC_CLOCK.milliTime(print.time)} UTC, number {print.id}
                {print.conditions.length > 0 ? `, ${print.conditions.join(" ")}` : ""}
              </span>
              <span className="grow" />
              <button type="button" className="btn edge" disabled={!admin || busy} onClick={() => onChoose(print)}>
                Reject
              </button>
            </div>
            {refused && <p role="alert">{refused}</p>}
          </li>
        );
      })}
    </ul>
  );
}

interface ConfirmProps {
  asked: Asked;
  print: CountedPrint;
  onReject: () => void;
  onClose: () => void;
}

function RejectDialog({ asked, print, onReject, onClose }: ConfirmProps) {
  return (
    <ConfirmDialog
      label={`Reject a print of ${asked.symbol}`}
      question={`Reject ${print.price} × ${quantity(print.size)}?`}
      action="Reject"
      onConfirm={onReject}
      onClose={onClose}
    >
      The bars of {asked.symbol} at {UTC_CLOCK.milliTime(print.time)} UTC of 1s, 1m, 5m, 1h and 1d are counted again
      from the log without it; closed ones become their next revision. It cannot be taken back. Its partition waits
      while the log of its day is read.
    </ConfirmDialog>
  );
}
