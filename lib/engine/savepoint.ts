import { createHash } from "node:crypto";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import {
  type SavepointDocument,
  type SlotDocument,
  storedVersion,
  type WindowDocument,
  type WriteItem,
} from "../contracts/engine-store.ts";
import { slotDocument } from "./checkpoint-content.ts";
import { INTERVAL_COUNT, intervalIndex } from "./intervals.ts";
import { JsonWriter } from "./json-writer.ts";
import { restoreSlot } from "./slot-codec.ts";
import { UNSAVED as UNSAVED_SLOT } from "./slot-rows.ts";
import type { PendingGivenBar, State } from "./state.ts";
import { UNSAVED } from "./window-arena.ts";
import { restoreWindow, WINDOW_BYTES, writeWindow } from "./window-codec.ts";

/** A part ends with the first line that makes it this long. */
const PART_BYTES = 4_194_304;
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** What a line begins with: what it is, in capitals where the store has to learn it yet. */
const SLOT = "s";
const WINDOW = "w";
const GIVEN = "g";
const NEWLINE = "\n";

/**
 * Everything that a task holds at its position, as a few large documents: the slots and windows that a checkpoint writes one by one, and
 * which of them the store does not have yet. No checkpoint may be under way.
 * The id of a part is made of its bytes: it is never replaced by another, whoever leaves the same position.
 */
export function savepointItems(state: State): WriteItem[] {
  const { arena } = state;
  const items: WriteItem[] = [];
  const json = new JsonWriter(PART_BYTES + WINDOW_BYTES);
  const endLine = (): void => {
    json.text(NEWLINE);
    if (json.at < PART_BYTES) return;
    items.push(partItem(state, json.buffer.subarray(0, json.at)));
    json.at = 0;
  };
  for (const [id, given] of state.givenBars) {
    writeLine(json, GIVEN, JSON.stringify([id, given]));
    endLine();
  }
  for (const slot of state.slots) {
    const isUnsaved = state.hasStatus(slot.number, UNSAVED_SLOT);
    writeLine(json, isUnsaved ? SLOT.toUpperCase() : SLOT, JSON.stringify(slotDocument(state, slot)));
    endLine();
    for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
      let window = arena.newest(slot.number, interval);
      for (; window >= 0; window = arena.older(window)) {
        // Those that have only quotes are in the slot.
        if (!arena.isBar(window)) continue;
        json.reserve(WINDOW_BYTES);
        json.text(arena.has(window, UNSAVED) ? WINDOW.toUpperCase() : WINDOW);
        writeWindow(json, state, window, 0);
        endLine();
      }
    }
  }
  if (json.at > 0) items.push(partItem(state, json.buffer.subarray(0, json.at)));
  return items;
}

function writeLine(json: JsonWriter, tag: string, text: string): void {
  json.reserve(3 * text.length + 2);
  json.text(tag);
  json.unicode(text);
}

function partItem(state: State, lines: Buffer): WriteItem {
  const { topic, partition, epoch } = state.identity;
  const data = zstdCompressSync(lines, FAST).toString("base64");
  const digest = createHash("sha256").update(data).digest("hex").slice(0, 32);
  const id = `savepoint|${topic}|${partition}|${epoch}|${state.position}|${digest}`;
  return savepointItem(state, id, data);
}

/** The documents that take the place of parts that nobody needs any more. */
export function forgottenParts(state: State, ids: readonly string[]): WriteItem[] {
  return ids.map((id) => savepointItem(state, id, ""));
}

function savepointItem(state: State, id: string, data: string): WriteItem {
  const { topic, partition, epoch } = state.identity;
  const document: SavepointDocument = {
    kind: "savepoint",
    topic,
    partition,
    epoch,
    position: state.position,
    savepoint: { data },
  };
  return {
    target: { kind: "savepoint" },
    id,
    version: storedVersion(epoch, state.position),
    body: JSON.stringify(document),
  };
}

/** Fills an empty state from the parts of a savepoint at its position: what the store did not have is unsaved again. */
export function restoreSavepoint(state: State, parts: readonly string[]): void {
  for (const part of parts) {
    const text = zstdDecompressSync(Buffer.from(part, "base64")).toString("utf8");
    let from = 0;
    for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, from)) {
      restoreLine(state, text[from] ?? "", text.slice(from + 1, end));
      from = end + 1;
    }
  }
}

/** All of it was written by savepointItems of the same logic number. */
function restoreLine(state: State, tag: string, json: string): void {
  const isUnsaved = tag !== tag.toLowerCase();
  switch (tag.toLowerCase()) {
    case SLOT: {
      const document = JSON.parse(json) as SlotDocument;
      const slot = state.slotOf(document.symbol);
      if (!slot) return;
      restoreSlot(state, slot, document.position, document.state);
      if (isUnsaved) state.saveSlot(slot);
      return;
    }
    case WINDOW: {
      const document = JSON.parse(json) as WindowDocument;
      const slot = state.slotOf(document.symbol);
      if (!slot) return;
      const window = state.createWindow(slot.number, intervalIndex(document.interval), document);
      restoreWindow(state, window, document);
      if (isUnsaved) state.saveWindow(window);
      return;
    }
    case GIVEN: {
      const [id, given] = JSON.parse(json) as [string, PendingGivenBar];
      state.givenBars.set(id, given);
    }
  }
}
