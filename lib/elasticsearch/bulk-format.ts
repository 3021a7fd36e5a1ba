import type { WriteItem } from "../contracts/engine-store.ts";
import { TapedeckError } from "../errors.ts";

/** A request ends at whichever comes first. Characters, which are bytes but for rare names. */
export const CHUNK_ITEMS = 2000;
export const CHUNK_CHARACTERS = 1_500_000;
/** About the length of the line before a document. */
const ACTION_CHARACTERS = 120;

/** Cuts a round into requests, in order. */
export function chunksOf(items: readonly WriteItem[]): WriteItem[][] {
  const chunks: WriteItem[][] = [];
  let chunk: WriteItem[] = [];
  let characters = 0;
  for (const item of items) {
    const length = item.body.length + ACTION_CHARACTERS;
    if (chunk.length === CHUNK_ITEMS || (chunk.length > 0 && characters + length > CHUNK_CHARACTERS)) {
      chunks.push(chunk);
      chunk = [];
      characters = 0;
    }
    chunk.push(item);
    characters += length;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}

const NEWLINE = 10;
const NEEDS_ESCAPE = /[^ !#-[\]-~]/;

/**
 * The body of one bulk request: for each item the line that says where and as which version, then its document as it was serialised.
 * As bytes: the client would make one long string of the parts first, which costs more than all the rest of the request.
 */
export function bulkLines(items: readonly WriteItem[], indexOf: (item: WriteItem) => string): Buffer {
  const actions = items.map((item) => {
    const id = NEEDS_ESCAPE.test(item.id) ? JSON.stringify(item.id) : `"${item.id}"`;
    const version = versionText(item.version);
    return `{"index":{"_index":"${indexOf(item)}","_id":${id},"version":${version},"version_type":"external_gte"}}\n`;
  });
  let length = 0;
  for (const [at, { body }] of items.entries())
    length += Buffer.byteLength(actions[at] ?? "") + Buffer.byteLength(body) + 1;
  const bytes = Buffer.allocUnsafeSlow(length);
  let end = 0;
  for (const [at, { body }] of items.entries()) {
    end += bytes.write(actions[at] ?? "", end);
    end += bytes.write(body, end);
    bytes[end++] = NEWLINE;
  }
  return bytes;
}

/** REJECTED beyond 2^53: a rounded version would let an older document replace a newer one. */
function versionText(version: number): string {
  if (Number.isSafeInteger(version) && version >= 0) return String(version);
  throw new TapedeckError("REJECTED", `${version} is no exact version: begin again with a lower epoch`);
}

export interface BulkItemAnswer {
  status?: number;
  error?: { type?: string; reason?: string };
}

export interface BulkAnswer {
  errors?: boolean;
  items?: Record<string, BulkItemAnswer>[];
}

/** What became of the items of one request. */
export interface BulkOutcome {
  /** To be sent again: the server was too busy, or failed. */
  again: WriteItem[];
  /** Their index does not exist. */
  missing: WriteItem[];
  /** The first that will never be taken. */
  rejected: { item: WriteItem; reason: string } | null;
}

/**
 * Matches the answer to the items by position, for an answer may come without ids. 2xx and a conflict of versions are done: an equal
 * or newer version is there. An answer with fewer items than were sent says nothing about any of them: all are sent again.
 */
export function judgeBulk(items: readonly WriteItem[], answer: BulkAnswer): BulkOutcome {
  const outcome: BulkOutcome = { again: [], missing: [], rejected: null };
  if (answer.errors === false) return outcome;
  const answers = answer.items ?? [];
  if (answers.length !== items.length) return { ...outcome, again: [...items] };
  for (const [position, item] of items.entries()) {
    const each = Object.values(answers[position] ?? {})[0];
    switch (judgeItem(each?.status ?? 500, each?.error?.type)) {
      case "done":
        break;
      case "again":
        outcome.again.push(item);
        break;
      case "missing":
        outcome.missing.push(item);
        break;
      case "rejected":
        outcome.rejected ??= { item, reason: `${each?.status} ${each?.error?.type}: ${each?.error?.reason}` };
    }
  }
  return outcome;
}

function judgeItem(status: number, type: string | undefined): "done" | "again" | "missing" | "rejected" {
  if (status < 300) return "done";
  if (status === 409 && type === "version_conflict_engine_exception") return "done";
  if (status === 404 && type === "index_not_found_exception") return "missing";
  return status === 429 || status >= 500 ? "again" : "rejected";
}

/** Our clock at the write of a stored bar, from its JSON; null where it has none. */
export function writtenOf(body: string): number | null {
  const found = /"written":(\d+)/.exec(body)?.[1];
  return found === undefined ? null : Number(found);
}
