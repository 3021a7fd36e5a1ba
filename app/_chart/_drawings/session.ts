import type { Micros } from "#lib/domain/interval.ts";
import { handlesOf } from "./handles.ts";
import { type Drawings, type DrawingStore, NO_DRAWINGS } from "./drawing-store.ts";
import {
  type Drawing,
  type DrawingKind,
  type DrawingStyle,
  LONGEST_NOTE,
  type Point,
  POINTS_OF,
} from "#lib/contracts/drawings.ts";
import { isSameDrawing, USUAL_STYLE } from "./drawing.ts";

/** What is being done with the drawings of one chart. */
export interface Doing {
  /** What the next points make. */
  tool: DrawingKind | null;
  /** What is being drawn: its last point goes with the pointer; null before the pointer is over the chart. */
  draft: Drawing | null;
  /** How many of its points are placed. */
  placed: number;
  selected: string | null;
  /** The handle of the selected one that keys move; null: the whole. */
  handle: number | null;
  /** The one under the pointer. */
  hovered: string | null;
  /** The selected one as it is dragged. */
  dragged: Drawing | null;
  /** A measure that nobody kept. */
  measure: Drawing | null;
  /** The note that is being written. */
  writing: Drawing | null;
}

const NOTHING: Doing = {
  tool: null,
  draft: null,
  placed: 0,
  selected: null,
  handle: null,
  hovered: null,
  dragged: null,
  measure: null,
  writing: null,
};

/** What a session asks of the chart on which it draws. */
export interface DrawnChart {
  /** Takes the keys. */
  focus: () => void;
  /** Brings a time into sight. */
  reveal: (time: Micros) => void;
}

/** Beginning, placing, choosing and changing drawings of one chart. What is done is in the store; what is being done is here. */
export class DrawingSession {
  readonly store: DrawingStore;
  readonly #newId: () => string;
  readonly #listeners = new Set<() => void>();
  #doing = NOTHING;
  #style: DrawingStyle = USUAL_STYLE;

  #chart: DrawnChart | null = null;

  constructor(store: DrawingStore, newId: () => string) {
    this.store = store;
    this.#newId = newId;
  }

  doing = (): Doing => this.#doing;

  /** What is known of the drawings before a browser is asked. */
  onServer = (): Drawings => NO_DRAWINGS;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(part: Partial<Doing>): void {
    this.#doing = { ...this.#doing, ...part };
    for (const listener of this.#listeners) listener();
  }

  /** The chart on which it draws, until the function that it gives is called. */
  bind(chart: DrawnChart): () => void {
    this.#chart = chart;
    return () => {
      if (this.#chart === chart) this.#chart = null;
    };
  }

  /** Gives the keys to the chart. */
  focus(): void {
    this.#chart?.focus();
  }

  reveal(time: Micros): void {
    this.#chart?.reveal(time);
  }

  /** Begins a drawing; null: none. What was hidden shows again. */
  choose(tool: DrawingKind | null): void {
    if (tool && tool !== "measure" && !this.store.hasRoom()) return;
    if (tool && this.store.state().hidden) this.store.set({ hidden: false });
    this.#set({ ...NOTHING, tool });
    if (tool) this.focus();
  }

  /** Brings a drawing into sight, selected. */
  show({ id, points: [first] }: Drawing): void {
    if (this.store.state().hidden) this.store.set({ hidden: false });
    this.#set({ ...NOTHING, selected: id });
    if (first) this.reveal(first.time);
    this.focus();
  }

  /** The point under the pointer, before it is placed. */
  aim(point: Point): void {
    const { tool, draft, placed } = this.#doing;
    if (!tool) return;
    const begun = draft ?? { ...this.#style, id: this.#newId(), kind: tool, points: [], extend: "none", text: "" };
    const points = [...begun.points.slice(0, placed), ...Array<Point>(POINTS_OF[tool] - placed).fill(point)];
    const next = { ...begun, points };
    if (!isSameDrawing(draft, next)) this.#set({ draft: next });
  }

  /** Places a point; the last one makes the drawing, which is selected then. Two points in one place are one. */
  place(point: Point): void {
    this.aim(point);
    const { tool, draft, placed } = this.#doing;
    if (!tool || !draft) return;
    const [first, second] = draft.points;
    const isLast = placed + 1 === POINTS_OF[tool];
    if (!isLast) return this.#set({ placed: placed + 1 });
    if (first && second && first.time === second.time && first.price === second.price) return;
    if (tool === "measure") return this.#set({ ...NOTHING, measure: draft });
    if (tool === "note") return this.#set({ ...NOTHING, writing: draft });
    this.#set({ ...NOTHING, selected: this.store.add(draft) ? draft.id : null });
  }

  /** Ends what is being done, the innermost first. Whether there was anything. */
  cancel(): boolean {
    const { tool, selected, measure, dragged, writing } = this.#doing;
    if (dragged) this.#set({ dragged: null });
    else if (writing) this.#set({ writing: null });
    else if (tool || selected !== null || measure) this.#set(NOTHING);
    else return false;
    return true;
  }

  /** The selected drawing as it is stored, or the measure that lies open; null: none. */
  selected(): Drawing | null {
    const { selected, measure } = this.#doing;
    return measure ?? this.store.state().drawings.find(({ id }) => id === selected) ?? null;
  }

  select(id: string | null): void {
    const { measure, selected } = this.#doing;
    if (id !== null && id === measure?.id) return;
    if (measure || id !== selected) this.#set({ selected: id, handle: null, measure: null });
  }

  /** Goes on to the next handle of the selected one, after the last to the whole. */
  nextHandle(): void {
    const drawing = this.selected();
    if (!drawing) return;
    const next = (this.#doing.handle ?? -1) + 1;
    this.#set({ handle: next < handlesOf(drawing).length ? next : null });
  }

  hover(id: string | null): void {
    if (id !== this.#doing.hovered) this.#set({ hovered: id });
  }

  /** Shows the selected one elsewhere, until it is dropped. */
  drag(dragged: Drawing): void {
    this.#set({ dragged });
  }

  drop(): void {
    const { dragged } = this.#doing;
    this.#set({ dragged: null });
    if (dragged) this.change(dragged);
  }

  /** Changes a drawing, or the measure that lies open; `key`: changes that are undone together. */
  change(drawing: Drawing, key?: string): void {
    if (drawing.id === this.#doing.measure?.id) this.#set({ measure: drawing });
    else this.store.replace(drawing, key);
  }

  /** Changes how the selected one looks, and those that come. */
  restyle(style: Partial<DrawingStyle>): void {
    this.#style = { ...this.#style, ...style };
    const drawing = this.selected();
    if (drawing) this.change({ ...drawing, ...style });
  }

  /** Makes the open measure a drawing. */
  keep(): void {
    const { measure } = this.#doing;
    if (measure && this.store.add(measure)) this.#set({ measure: null, selected: measure.id });
  }

  /** Removes the selected one and gives it, with what brings it back where it was kept; null: there was none. */
  remove(): { drawing: Drawing; putBack: (() => void) | null } | null {
    const drawing = this.selected();
    if (!drawing) return null;
    if (drawing === this.#doing.measure) {
      this.#set({ measure: null });
      return { drawing, putBack: null };
    }
    const putBack = this.store.remove([drawing.id]);
    if (!putBack) return null;
    this.#set({ selected: null });
    return { drawing, putBack };
  }

  /** Begins to write a note. */
  write(note: Drawing): void {
    this.#set({ writing: note, selected: null });
  }

  /** Ends writing: a note without text is none. */
  written(typed: string): void {
    const { writing } = this.#doing;
    if (!writing) return;
    const text = typed.trim().slice(0, LONGEST_NOTE);
    const isStored = this.store.state().drawings.some(({ id }) => id === writing.id);
    this.#set({ writing: null, selected: text === "" ? null : writing.id });
    if (text === "") this.store.remove([writing.id]);
    else if (!isStored) this.store.add({ ...writing, text });
    else if (text !== writing.text) this.store.replace({ ...writing, text });
  }
}

/** What is drawn, the undermost first: what is stored, as it is being changed, and what is being made. */
export function shownDrawings(
  { drawings, hidden }: Pick<Drawings, "drawings" | "hidden">,
  doing: Doing,
): readonly Drawing[] {
  const { dragged, draft, measure, writing } = doing;
  const stored = hidden ? [] : drawings;
  const made = [measure && dragged?.id === measure.id ? dragged : measure, draft].filter((one) => one !== null);
  if (!dragged && !writing && made.length === 0) return stored;
  const changed = stored.flatMap((one) => (one.id === writing?.id ? [] : [one.id === dragged?.id ? dragged : one]));
  return [...changed, ...made];
}
