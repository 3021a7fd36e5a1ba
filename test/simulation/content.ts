import { EPOCH_FACTOR } from "#lib/contracts/engine-store.ts";

const GIVEN_BAR = ',"given":true';
const BEFORE_POSITION = ',"given":false';
const BEHIND_POSITION = '","raw":"';
const WRITTEN = ',"written":';
const STATE = ',"state":"';
/** Which windows are unsealed changes with every heartbeat; a slot is not written for that alone. */
const UNSEALED = /\\"windows\\":\[.*?\]/;
/** Windows that have only quotes are part of their slot. */
const QUOTED = /\\"quoted\\":(\[.*?\])/;

/**
 * What a stored document says about the market: all but the position up to which it was computed, and when it was written. null for
 * those that say nothing of their own: checkpoints and the newest of each symbol.
 */
export function contentOf(id: string, body: string): string | null {
  if (id.startsWith("slot|")) return body.slice(body.indexOf(STATE)).replace(UNSEALED, "");
  const before = body.indexOf(BEFORE_POSITION);
  if (before >= 0) {
    return body.slice(0, before) + body.slice(body.indexOf(BEHIND_POSITION, before), body.lastIndexOf(WRITTEN));
  }
  if (!body.includes(GIVEN_BAR)) return null;
  const { epoch: _e, position: _p, partition: _n, written: _w, ...bar } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify(bar);
}

/** The epoch and position of a version. */
export function positionOf(version: number): { epoch: number; position: number } {
  return { epoch: Math.floor(version / EPOCH_FACTOR), position: version % EPOCH_FACTOR };
}

/**
 * Whether a document says what it should. A window that has only quotes may be missing in its slot where a document of the window
 * exists already: a later trade was stored before a crash.
 */
export function isAsWanted(
  content: string,
  wanted: string,
  exists: (interval: string, start: number) => boolean,
): boolean {
  if (content === wanted) return true;
  if (!content.startsWith(STATE) || content.replace(QUOTED, "") !== wanted.replace(QUOTED, "")) return false;
  const said = new Set(quotedOf(content).map((each) => JSON.stringify(each)));
  const missing = quotedOf(wanted).filter((each) => !said.delete(JSON.stringify(each)));
  return said.size === 0 && missing.every(({ interval, start }) => exists(interval, start));
}

function quotedOf(content: string): { interval: string; start: number }[] {
  const found = QUOTED.exec(content)?.[1] ?? "[]";
  return JSON.parse(found.replaceAll(String.raw`\"`, '"')) as { interval: string; start: number }[];
}
