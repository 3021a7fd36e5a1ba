import { barId } from "#lib/contracts/bars.ts";
import {
  type GivenBarDocument,
  storedVersion,
  type WindowDocument,
  type WriteItem,
} from "#lib/contracts/engine-store.ts";

/** A built bar as the engine stores it, with what a test wants otherwise. */
export function windowDocument(symbol: string, start: number, more: Partial<WindowDocument> = {}): WindowDocument {
  return {
    symbol,
    interval: "1m",
    start,
    end: start + 60_000_000,
    session: "regular",
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    volume: 100,
    vwap: 10.5,
    trades: 7,
    buyVolume: 60,
    bid: null,
    ask: null,
    spreadMin: null,
    spreadMax: null,
    final: true,
    complete: true,
    revision: 0,
    lineage: {
      channel: "sim-0",
      partition: 0,
      firstOffset: 1,
      firstLine: 0,
      lastOffset: 2,
      lastLine: 3,
      firstTime: start,
      lastTime: start + 1,
    },
    given: false,
    epoch: 1,
    position: 5,
    topology: "t",
    raw: "cmF3",
    sketch: "c2tldGNo",
    profile: null,
    written: Date.now() * 1000,
    ...more,
  };
}

export function windowItem(document: WindowDocument): WriteItem {
  const { symbol, interval, start, epoch, position } = document;
  return {
    target: { kind: "window", interval, start },
    id: barId(symbol, interval, start),
    version: storedVersion(epoch, position),
    body: JSON.stringify(document),
  };
}

/** A bar as its source gave it. */
export function givenItem(symbol: string, start: number, more: Partial<GivenBarDocument> = {}): WriteItem {
  const document: GivenBarDocument = {
    symbol,
    interval: "1m",
    start,
    open: 20,
    high: 22,
    low: 19,
    close: 21,
    volume: 200,
    channel: "sim-0",
    given: true,
    epoch: 1,
    position: 5,
    partition: 0,
    offset: 4,
    line: 0,
    written: Date.now() * 1000,
    ...more,
  };
  return {
    target: { kind: "given", interval: document.interval, start },
    id: `${barId(symbol, document.interval, start)}|given`,
    version: storedVersion(document.epoch, document.position),
    body: JSON.stringify(document),
  };
}
