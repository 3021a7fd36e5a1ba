"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { feedHealth, summariseSources } from "../_lib/sources.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Badge } from "../_ui/badge.tsx";

const EVERY = 5_000;

/** A quiet dot while all feeds are well, a yellow tag otherwise; leads to the sources. */
export function FeedHealth() {
  const trpc = useTRPC();
  const { data, isError } = useQuery(trpc.sources.view.queryOptions(undefined, { refetchInterval: EVERY }));
  const health = data ? feedHealth(summariseSources(data.channels)) : null;
  return (
    <Link
      className="btn health"
      href="/admin/tickers#sources"
      title={health ? health.troubles.join("\n") || "All feeds deliver" : undefined}
    >
      <span className="sr">Feeds: </span>
      <HealthBadge health={health} failed={isError} />
    </Link>
  );
}

type Health = ReturnType<typeof feedHealth> | null;

function HealthBadge({ health, failed }: { health: Health; failed: boolean }) {
  if (failed) return <Badge kind="stale" words="Feeds unknown" brief="?" />;
  if (health === null) return <Badge kind="closed" words="Feeds" brief="" />;
  const { well, total } = health;
  if (total === 0) return <Badge kind="closed" words="No feeds" brief="0" />;
  if (well < total) return <Badge kind="stale" words={`${well} of ${total} feeds`} brief={`${well}/${total}`} />;
  return <Badge kind="live" words={total === 1 ? "1 feed" : `${total} feeds`} brief={`${total}`} />;
}
