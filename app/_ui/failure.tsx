"use client";
import Link from "next/link";
import { describeError } from "../_lib/errors.ts";
import { useLive } from "../_live/live.tsx";
import { useZone } from "../_live/zone.ts";
import { useState } from "react";

interface FailureProps {
  /** What failed, in words of the page. */
  title: string;
  error: unknown;
  /** What still works. */
  still?: string;
  onRetry?: () => void;
}

/** What failed, what still works, what to do, and the code to quote. */
export function Failure({ title, error, still, onRetry }: FailureProps) {
  const { clock } = useLive();
  const zone = useZone();
  const [at] = useState(() => clock.now());
  const { message, code } = describeError(error);
  return (
    <div className="calm" role="alert">
      <h3>{title}</h3>
      <p>
        {message} {still}
      </p>
      <div className="row">
        {onRetry && (
          <button type="button" className="btn primary" onClick={onRetry}>
            Try again
          </button>
        )}
        <Link className="btn edge" href="/api/health" prefetch={false}>
          Open health
        </Link>
      </div>
      <p className="dim fine">
        {code} at {zone.secondTime(at)} {zone.name(at)}
      </p>
    </div>
  );
}
