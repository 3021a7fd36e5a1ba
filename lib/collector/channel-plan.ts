import { CALENDARS, type CalendarName } from "../domain/calendar/calendar.ts";
import { type ProfileName, PROFILES } from "../domain/eligibility/eligibility.ts";
import { MAX_CHANNEL_SYMBOLS, MAX_LINE_BYTES } from "../contracts/ticks.ts";
import type { Source, Ticker } from "../contracts/tickers.ts";

export interface PlannedChannel {
  /** `‹source›-‹i›`, with the names of calendar and profile between them unless those are utc and all. */
  channel: string;
  source: Source;
  calendar: CalendarName;
  profile: ProfileName;
  /** Enabled ones, at least one. */
  tickers: Ticker[];
}

/** Symbols of one channel, as written in a `config` line that any reader accepts, its other fields taken off. */
const CONFIG_SYMBOLS_BYTES = MAX_LINE_BYTES - 1_024;

/**
 * Which channel carries which ticker. Channels are filled in the order in which tickers were ever added to their source; disabled and
 * removed ones keep their place. So the plan is a function of the tickers alone, the same in every process, and neither an addition nor a removal moves
 * any other ticker. A channel has one calendar and one profile: its `config` names them. A channel without enabled tickers is not in the plan.
 */
export function planChannels(
  tickers: readonly Ticker[],
  symbolsPerChannel: ReadonlyMap<Source, number>,
): PlannedChannel[] {
  return [...symbolsPerChannel].flatMap(([source, most]) => {
    const own = tickers
      .filter((ticker) => ticker.source === source)
      .toSorted((a, b) => a.addedAt - b.addedAt || (a.symbol < b.symbol ? -1 : 1));
    return KINDS.flatMap(({ calendar, profile }) => {
      const added = own.filter((ticker) => ticker.calendar === calendar && ticker.profile === profile);
      const name = [source, calendar === "utc" ? "" : `-${calendar}`, profile === "all" ? "" : `.${profile}`].join("");
      return fill(added, Math.min(most, MAX_CHANNEL_SYMBOLS)).flatMap((members, index) => {
        const enabled = members.filter(({ state }) => state === "enabled");
        return enabled.length > 0 ? [{ channel: `${name}-${index}`, source, calendar, profile, tickers: enabled }] : [];
      });
    });
  });
}

const KINDS = CALENDARS.flatMap((calendar) => PROFILES.map((profile) => ({ calendar, profile })));

function fill(tickers: readonly Ticker[], most: number): Ticker[][] {
  const channels: Ticker[][] = [];
  let bytes = Infinity;
  for (const ticker of tickers) {
    const cost = ticker.symbol.length + 3; // two quotes and a comma
    const last = channels.at(-1);
    if (last && last.length < most && bytes + cost <= CONFIG_SYMBOLS_BYTES) {
      last.push(ticker);
      bytes += cost;
    } else {
      channels.push([ticker]);
      bytes = cost;
    }
  }
  return channels;
}
