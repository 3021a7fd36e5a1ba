import { NameTable } from "#lib/engine/name-table.ts";
import { CONTENT_SPACE } from "#lib/engine/parse-frame.ts";
import type { Names } from "#lib/engine/scan-tick.ts";
import { VenueTable } from "#lib/engine/venue-table.ts";

export const SYMBOL = "COINBASE:BTC-USD";
export const CHANNEL = "coinbase-0";

/** A line that is whole and known, as a writer gives it. */
export const WHOLE_LINE = JSON.stringify({
  type: "trade",
  symbol: SYMBOL,
  time: 1,
  receivedTime: 1,
  price: 1,
  size: 1,
  id: 1,
  channel: CHANNEL,
});

/** What the tests of the parser know of names; all else is unknown to it. */
export function knownNames(): Names {
  const names = {
    symbols: new NameTable(),
    channels: new NameTable(),
    spaces: new NameTable(),
    venues: new VenueTable(),
  };
  names.venues.couponOf("XNAS");
  names.spaces.add("");
  names.spaces.add(CONTENT_SPACE);
  names.spaces.add("v2");
  names.spaces.add('quo"te');
  names.symbols.add("SIM:A");
  names.symbols.add(SYMBOL);
  names.channels.add(CHANNEL);
  return names;
}
