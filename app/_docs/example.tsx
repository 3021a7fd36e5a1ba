"use client";
import { useState } from "react";
import { readSome, type Answer } from "./read-some.ts";

/** An example that runs against this server. */
export function Example({ address }: { address: string }) {
  const [answer, setAnswer] = useState<Answer | "asking" | null>(null);
  const run = (): void => {
    setAnswer("asking");
    void readSome(address).then(setAnswer);
  };
  return (
    <div className="docs-example">
      <div>
        <code className="scroll">{address}</code>
        <button type="button" className="btn edge" aria-label={`Run ${address}`} onClick={run}>
          {answer === "asking" ? "Asking …" : "Run"}
        </button>
      </div>
      {answer !== null && answer !== "asking" && (
        // It scrolls: the keys must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className="scroll" role="status" aria-label="Answer" tabIndex={0}>
          {answer.status}
          {"\n"}
          {answer.text}
        </pre>
      )}
    </div>
  );
}
