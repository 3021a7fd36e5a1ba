"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { SymbolSnapshot } from "#lib/contracts/views.ts";
import { symbolHref } from "../_lib/links.ts";
import { toast } from "../_ui/toasts.tsx";

/** Of a ticker that is not collected: that its history is kept, and under which one it goes on. */
export function Standing({ standing }: { standing: SymbolSnapshot["standing"] }) {
  if (!standing) return null;
  const { state, successor } = standing;
  return (
    <span className="standing sub clip">
      {state === "removed" ? "Removed, its history is kept" : "Not collected now"}
      {successor !== null && (
        <>
          {"; it goes on as "}
          <Link className="sym" href={symbolHref(successor)} prefetch={false}>
            {successor}
          </Link>
        </>
      )}
    </span>
  );
}

/** Leads an old link to what its symbol is called now; the view of the link comes along. */
export function Renamed({ from, to }: { from: string; to: string }) {
  const router = useRouter();
  useEffect(() => {
    toast(`${from} is called ${to} now.`);
    router.replace(symbolHref(to) + window.location.search);
  }, [router, from, to]);
  return (
    <main className="page">
      <section className="panel">
        <div className="calm">
          <p role="status">
            {from} is called {to} now.
          </p>
        </div>
      </section>
    </main>
  );
}
