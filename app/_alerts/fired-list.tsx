"use client";
import Link from "next/link";
import type { AlertTrigger } from "#lib/contracts/alerts.ts";
import { barHref, deliveryWords, firedWords, tickWords, watchedWords } from "../_lib/alerts.ts";
import { useLive } from "../_live/live.tsx";
import { useZone } from "../_live/zone.ts";

/** What fired: when, at which price, by which tick, and where the news went. */
export function FiredList({ triggers }: { triggers: readonly AlertTrigger[] }) {
  if (triggers.length === 0) {
    return (
      <div className="calm">
        <h3>Nothing has fired yet</h3>
        <p>What a rule finds stands here, with its tick and where the news of it went.</p>
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keys must reach it
    <ol className="fired scroll" tabIndex={0} aria-label="What fired">
      {triggers.map((trigger) => (
        <Fired key={trigger.id} trigger={trigger} />
      ))}
    </ol>
  );
}

function Fired({ trigger }: { trigger: AlertTrigger }) {
  const zone = useZone();
  const { clock } = useLive();
  const { symbol, time, note, delivery } = trigger;
  const isBad = delivery.state === "failed" || delivery.state === "muted";
  return (
    <li>
      <div>
        <Link className="sym strong" href={barHref(trigger)} prefetch={false} title="The bar, and where it comes from">
          {symbol}
        </Link>
        <span className="grow clip">{note === "" ? watchedWords(trigger) : note}</span>
        <b>{firedWords(trigger)}</b>
      </div>
      <small>
        <span>
          {zone.day(time, clock.now())} {zone.milliTime(time)} {zone.name(time)}
        </span>
        <Link href={barHref(trigger)} prefetch={false} aria-label={`Lineage of the bar, ${tickWords(trigger)}`}>
          {tickWords(trigger)}
        </Link>
        <span className={isBad ? "trouble" : undefined}>{deliveryWords(delivery)}</span>
      </small>
    </li>
  );
}
