import { z } from "zod";
import { drawingSchema, MOST_DRAWINGS } from "#lib/contracts/drawings.ts";
import { isSameDrawing } from "./drawing.ts";
import { NO_WISHES, type Wish, type Wishes } from "./wishes.ts";

/** Where what the server has not taken yet waits for it when the page goes: one text for all tabs of the browser. */
export interface Waiting {
  read(): string | null;
  /** null: nothing waits. */
  write(text: string | null): void;
}

const wishSchema = z
  .object({
    id: z.string().min(1).max(40),
    after: drawingSchema.nullable(),
    isNew: z.boolean(),
    at: z.int().min(0).max(MOST_DRAWINGS),
  })
  .refine(({ id, after }) => after === null || after.id === id, "the drawing is another one");

/** Wishes of one symbol that are read at most. */
const MOST_WISHES = 2 * MOST_DRAWINGS;

interface Lying {
  wishes: Map<string, Wish>;
  /** What is not understood, as it was found: it is written back, and a later version may read it. */
  unread: readonly unknown[];
}

/** What lies in a text: each wish is understood alone, one that is not spoils no other. A text that is no list is one thing that is not understood. */
function parseLying(text: string | null): Lying {
  const wishes = new Map<string, Wish>();
  const unread: unknown[] = [];
  for (const found of text === null ? [] : listed(text)) {
    const { data } = wishSchema.safeParse(found);
    if (!data || wishes.size >= MOST_WISHES) unread.push(found);
    else wishes.set(data.id, { after: data.after, isNew: data.isNew, at: data.at });
  }
  return { wishes, unread };
}

function listed(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [text];
  } catch {
    return [text];
  }
}

function formatLying({ wishes, unread }: Lying): string | null {
  if (wishes.size === 0 && unread.length === 0) return null;
  return JSON.stringify([...[...wishes].map(([id, wish]) => Object.assign({ id }, wish)), ...unread]);
}

function isSame(a: Wish | undefined, b: Wish | undefined): boolean {
  if (!a || !b) return a === b;
  return a.isNew === b.isNew && a.at === b.at && isSameDrawing(a.after, b.after);
}

/** The wishes of one tab where those of all tabs wait. */
export class WaitingWishes {
  readonly #waiting: Waiting;
  /** Those of this tab that lay there when it looked last. */
  #ours: Wishes = NO_WISHES;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Takes over all that wait there, as a page does that opens. */
  takeOver(): Wishes {
    this.#ours = parseLying(this.#waiting.read()).wishes;
    return this.#ours;
  }

  /** The wishes without those that lay there and do no more: another tab has seen to them, or wishes otherwise since. */
  left(wishes: Wishes): Wishes {
    if (this.#ours.size === 0) return wishes;
    return this.#leftOf(wishes, parseLying(this.#waiting.read()));
  }

  /** Lets these of this tab wait there, beside those of others, and none that it wishes no more. What is left of them: see `left`. */
  keep(wishes: Wishes): Wishes {
    const lying = parseLying(this.#waiting.read());
    const left = this.#leftOf(wishes, lying);
    for (const [id, our] of this.#ours) if (isSame(lying.wishes.get(id), our)) lying.wishes.delete(id);
    for (const [id, wish] of left) lying.wishes.set(id, wish);
    const text = formatLying(lying);
    this.#waiting.write(text);
    // Where there is no room nothing of it lies there, and nothing may be missed there.
    if (this.#waiting.read() === text) this.#ours = left;
    return left;
  }

  /** Does so only where some of this tab lie there. */
  follow(wishes: Wishes): Wishes {
    return this.#ours.size === 0 ? wishes : this.keep(wishes);
  }

  #leftOf(wishes: Wishes, { wishes: lying }: Lying): Wishes {
    const isGone = (id: string, wish: Wish): boolean =>
      isSame(this.#ours.get(id), wish) && !isSame(lying.get(id), wish);
    return new Map([...wishes].filter(([id, wish]) => !isGone(id, wish)));
  }
}
