"use client";
import { useId } from "react";

interface ActionsFieldProps {
  value: string;
  /** Why it cannot be stored; null where it can. */
  refusal: string | null;
  onType: (text: string) => void;
  /** What is stored now, where that differs from what was typed. */
  newest: string | null;
}

/** What a ticker's prices are adjusted for, a line each. */
export function ActionsField({ value, refusal, onType, newest }: ActionsFieldProps) {
  const help = useId();
  return (
    <label className={refusal === null ? "field wide" : "field wide bad"}>
      <span>Splits and dividends</span>
      <textarea
        value={value}
        rows={4}
        spellCheck={false}
        placeholder={"none; a line each, as\n2020-08-31 4:1\n2020-11-06 0.205"}
        aria-invalid={refusal !== null}
        aria-describedby={help}
        onChange={(event) => onType(event.target.value)}
      />
      {refusal !== null && <span className="why">{refusal}</span>}
      <span className="hint" id={help}>
        The first day traded on the new terms; new shares for old, or the cash for a share.
      </span>
      {newest !== null && <span className="hint">now stored: {newest.replaceAll("\n", ", ") || "none"}</span>}
    </label>
  );
}
