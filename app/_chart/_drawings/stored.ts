import { z } from "zod";
import { type Drawing, drawingSchema, MOST_DRAWINGS } from "#lib/contracts/drawings.ts";

/** What a browser keeps of one symbol. */
export interface Stored {
  drawings: readonly Drawing[];
  hidden: boolean;
  locked: boolean;
  /** What could not be understood, or has no room, as it was found: it is written back and not lost. */
  unread: readonly unknown[];
}

export const NOTHING_STORED: Stored = { drawings: [], hidden: false, locked: false, unread: [] };

/** Characters of one symbol's document at most; what is longer is not read. */
export const LONGEST_STORED = 1_000_000;

const documentSchema = z.object({
  version: z.literal(1),
  drawings: z.array(z.unknown()),
  hidden: z.boolean(),
  locked: z.boolean(),
  unread: z.array(z.unknown()),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The document of a symbol; null where the text is none. Each drawing is understood alone: one that is not spoils no other. */
export function parseStored(text: string): Stored | null {
  if (text.length > LONGEST_STORED) return null;
  const { data } = documentSchema.safeParse(parsed(text));
  if (!data) return null;
  const drawings: Drawing[] = [];
  const ids = new Set<string>();
  const unread: unknown[] = [];
  // What was unread once may be understood by a later version.
  for (const found of [...data.drawings, ...data.unread]) {
    const { data: drawing } = drawingSchema.safeParse(found);
    if (drawing && !ids.has(drawing.id) && drawings.length < MOST_DRAWINGS) {
      ids.add(drawing.id);
      drawings.push(drawing);
    } else unread.push(found);
  }
  return { drawings, hidden: data.hidden, locked: data.locked, unread };
}

export function formatStored(stored: Stored): string {
  return JSON.stringify({ version: 1, ...stored });
}
