import { barId } from "#lib/contracts/bars.ts";
import { storedVersion, type WindowDocument, type WriteItem } from "#lib/contracts/engine-store.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { barLine } from "../unit/live/lines.ts";

/** A closed bar of a minute as the engine stores it: minute `minute` after `begin`, closed at 60,000 and as much. */
export function minuteItem(symbol: string, begin: number, minute: number): WriteItem {
  const start = begin + minute * MINUTE;
  const line = barLine(5, { symbol, start, close: 60_000 + minute, final: true });
  const { firing: _firing, offset: _offset, line: _line, ...bar } = line;
  const document: WindowDocument = {
    ...bar,
    given: false,
    position: 6,
    topology: "test",
    raw: "",
    sketch: null,
    profile: null,
    written: Date.now() * 1_000,
  };
  return {
    target: { kind: "window", interval: "1m", start },
    id: barId(symbol, "1m", start),
    version: storedVersion(1, 6),
    body: JSON.stringify(document),
  };
}
