"use client";
import { useEffect, useRef, useState } from "react";
import type { Verification } from "#lib/contracts/distribution-views.ts";
import type { Verifiable } from "../_lib/measures.ts";
import { useTRPCClient } from "../_live/trpc.tsx";
import type { TimeRange } from "./use-distribution.ts";

export interface VerificationState {
  result: Verification | null;
  error: unknown;
  running: boolean;
  start: () => void;
}

/** Computes a distribution again from the log when asked to, until the component goes: key it by what it verifies. */
export function useVerification(symbol: string, measure: Verifiable, { from, to }: TimeRange): VerificationState {
  const client = useTRPCClient();
  const [result, setResult] = useState<Verification | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const start = (): void => {
    stop.current?.();
    setResult(null);
    setError(null);
    setRunning(true);
    const subscription = client.distribution.verify.subscribe(
      { symbol, measure, from, to },
      {
        onData: (next) => {
          setResult(next);
          if (next.state === "reading") return;
          setRunning(false);
          // The stream ends here; its client would begin it again.
          subscription.unsubscribe();
        },
        onError: (failure) => {
          setError(failure);
          setRunning(false);
        },
      },
    );
    stop.current = () => subscription.unsubscribe();
  };
  return { result, error, running, start };
}
