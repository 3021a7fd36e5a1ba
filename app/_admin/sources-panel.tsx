"use client";
import { describeError } from "../_lib/errors.ts";
import { useZone } from "../_live/zone.ts";
import { DASH, duration, quantity, signed } from "../_lib/format.ts";
import { quotaOf, summariseSources, type SourceSummary } from "../_lib/sources.ts";
import { historyServers, serversView, streamServers, type ServersView } from "../_lib/servers.ts";
import { statusBadge } from "../_lib/ticker-rows.ts";
import { useSecond } from "../_live/hooks.ts";
import { Badge } from "../_ui/badge.tsx";
import { useSources } from "./use-admin.ts";

/** What every source delivers, and why it does not. */
export function SourcesPanel() {
  const { data, error } = useSources();
  const summaries = data ? summariseSources(data.channels) : [];
  return (
    <section className="panel" id="sources" aria-label="Sources">
      <header>
        <h2>Sources</h2>
        <span className="grow" />
        {error ? (
          <Badge kind="error" words={describeError(error).message} />
        ) : (
          <span className="dim">{data ? `${data.workers.length} processes` : ""}</span>
        )}
      </header>
      <div className="scroll">
        {summaries.map((summary) => (
          <SourceView
            key={summary.source}
            summary={summary}
            quota={quotaOf(data?.workers ?? [], summary.source, data?.serverTime ?? 0)}
            history={historyServers(data?.workers ?? [], summary.source, data?.serverTime ?? 0)}
          />
        ))}
        {data && summaries.length === 0 && (
          <p className="none">No ingest process has reported yet. It does so a second after it started.</p>
        )}
      </div>
    </section>
  );
}

interface SourceProps {
  summary: SourceSummary;
  quota: ReturnType<typeof quotaOf>;
  history: ReturnType<typeof historyServers>;
}

function SourceView({ summary, quota, history }: SourceProps) {
  const now = useSecond();
  const { name, live, total, rate, lag, clockOffset, reason, state, symbols } = summary;
  const facts = [
    ["Channels", total === 0 ? DASH : `${live} of ${total}`],
    ["Rate", `${rate < 100 ? rate.toFixed(1) : quantity(Math.round(rate))} /s`],
    ["Lag", duration(lag)],
    ["Clock", clockOffset === null ? DASH : `${signed(clockOffset / 1e6)} s`],
  ];
  return (
    <div className="source">
      <div>
        <h3>{name}</h3>
        <Badge {...statusBadge(state, summary.lastTickTime, now)} />
        <span className="grow" />
        <span className="dim">
          {symbols} {symbols === 1 ? "symbol" : "symbols"}
        </span>
      </div>
      <dl>
        {facts.map(([fact, value]) => (
          <div key={fact}>
            <dt>{fact}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {reason !== null && state !== "live" && <p className="reason">{reason}</p>}
      <Servers name="Server" view={serversView(streamServers(summary.channels), now)} />
      <Servers name="History" view={serversView(history, now)} />
      {quota && <Quota quota={quota} now={now} />}
      <p>
        <span className="dim">Last error</span>&ensp;
        <LastError summary={summary} now={now} />
      </p>
    </div>
  );
}

/** Which server serves, and why no better one does. */
function Servers({ name, view }: { name: string; view: ServersView | null }) {
  if (!view || (view.serving === null && view.unused.length === 0)) return null;
  return (
    <p>
      <span className="dim">{name}</span>&ensp;
      <span className="words">{view.serving ?? "none serves"}</span>
      {view.unused.map(({ words, said }) => (
        <span key={words} className="unused words" title={said ?? undefined}>
          {words}
        </span>
      ))}
    </p>
  );
}

/** How much of the requests that the source allows is spent, by all processes together. */
function Quota({
  quota: { used, allowed, heldUntil },
  now,
}: {
  quota: NonNullable<SourceProps["quota"]>;
  now: number;
}) {
  const left = heldUntil === null ? 0 : Math.ceil((heldUntil - now) / 1e6);
  return (
    <p className={left > 0 ? "trouble" : undefined}>
      <span className="dim">Requests</span>&ensp;
      <span className="progress">
        <i style={{ width: `${Math.min(100, (used / allowed) * 100)}%` }} />
      </span>
      {quantity(used)} of {quantity(allowed)} in the last minute
      {left > 0 && `; the source wants none for ${left} s`}
    </p>
  );
}

function LastError({ summary, now }: { summary: SourceSummary; now: number }) {
  const zone = useZone();
  const { lastError, attempts, nextAttempt, state } = summary;
  if (!lastError) return <span className="dim">none</span>;
  const left = nextAttempt === null || now === 0 ? 0 : Math.ceil((nextAttempt - now) / 1e6);
  const next = left > 0 ? `in ${left} s` : "now";
  return (
    <>
      {zone.secondTime(lastError.time)} {zone.name(lastError.time)} {lastError.message}
      {state !== "live" && attempts > 0 && nextAttempt !== null && ` Attempt ${attempts + 1} ${next}.`}
    </>
  );
}
