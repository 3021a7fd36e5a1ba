"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { breadthOf, type Breadth } from "../_lib/breadth.ts";
import { DASH } from "../_lib/format.ts";
import { BriefClock } from "../_shell/session-clock.tsx";
import { useQuotesVersion } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import { Badge } from "../_ui/badge.tsx";

const EVERY = 1_000;
const whole = (share: number | null): string => (share === null ? DASH : `${Math.round(share)} %`);

/** The market in one line: how many rise, with how much of the trading, and how much of it is simulated. */
export function BreadthStrip({ instruments }: { instruments: readonly InstrumentView[] }) {
  const { quotes } = useLive();
  useQuotesVersion(EVERY);
  const breadth = breadthOf(instruments, (symbol) => quotes.quote(symbol));
  const known = breadth.advancing + breadth.unchanged + breadth.declining > 0;
  const simulated = instruments.filter((instrument) => instrument.simulated).length;
  const recorded = instruments.filter((instrument) => instrument.recorded).length;
  return (
    <>
      <section className="phone strip" aria-label="Session and breadth">
        <BriefClock />
        <span className="grow" />
        <div>
          <span className="up">{known ? breadth.advancing : DASH}</span>
          <Ratio breadth={breadth} width={32} />
          <span className="down">{known ? breadth.declining : DASH}</span>
        </div>
      </section>
      <section className="strip desk" aria-label="Market breadth">
        <div>
          <span className="up">
            Advancing <b>{known ? breadth.advancing : DASH}</b>
          </span>
          <Ratio breadth={breadth} width={160} />
          <span className="down">
            <b>{known ? breadth.declining : DASH}</b> declining
          </span>
        </div>
        <Figure title="Share of the value traded today in symbols that rise" name="Up value">
          {whole(breadth.upValue)}
        </Figure>
        <Figure title="Symbols that trade above their volume-weighted average price of today" name="Above VWAP">
          {whole(breadth.aboveVwap)}
        </Figure>
        <Figure title="Symbols whose last price is the highest, the lowest of today" name="At day’s high / low">
          {known ? `${breadth.atHigh} / ${breadth.atLow}` : DASH}
        </Figure>
        <span className="grow" />
        {recorded > 0 && <Badge kind="recorded" words={`RECORDED ${recorded} of ${instruments.length}`} boxed />}
        {simulated > 0 && <Badge kind="simulated" words={`SIMULATED ${simulated} of ${instruments.length}`} boxed />}
      </section>
    </>
  );
}

function Figure({ name, title, children }: { name: string; title: string; children: React.ReactNode }) {
  return (
    <div title={title}>
      <span className="dim">{name}</span> <b>{children}</b>
    </div>
  );
}

function Ratio({ breadth, width }: { breadth: Breadth; width: number }) {
  const total = breadth.advancing + breadth.unchanged + breadth.declining;
  return (
    <span className="ratio" style={{ width }} aria-hidden="true">
      <i className="u" style={{ flex: breadth.advancing }} />
      <i style={{ flex: total === 0 ? 1 : breadth.unchanged }} />
      <i className="d" style={{ flex: breadth.declining }} />
    </span>
  );
}
