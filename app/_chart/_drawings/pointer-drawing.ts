import type { BarView } from "#lib/contracts/views.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { type Drawing, type Point, POINTS_OF } from "#lib/contracts/drawings.ts";
import { withHandle } from "./handles.ts";
import { type Hit, hitAt, outlinesOf } from "./outline.ts";
import { moved, type Pixel, type Plane, pointAt } from "./plane.ts";
import { type DrawingSession, shownDrawings } from "./session.ts";
import { snappedPoint } from "./snapping.ts";

/** Movement below which a press is a click, pixels. */
const CLICK = 4;
/** Pixels from a drawing within which it is met by a mouse, and by a finger. */
const REACH = 6;
const FINGER = 16;

/** A pointer over the chart. */
export interface Pointer {
  id: number;
  at: Pixel;
  isTouch: boolean;
  /** Whether a button is held. */
  isPressed: boolean;
  /** Points take the prices of bars near them. */
  snaps: boolean;
}

/** Where is drawn, as it is now. */
export interface Surface {
  session: DrawingSession;
  plane: Plane;
  /** The bar that begins at a time, as it is drawn. */
  barAt: (start: Micros) => BarView | undefined;
}

/** What a pressed pointer does: it places points, or takes a drawing along. */
interface Press {
  id: number;
  from: Pixel;
  /** It has gone further than a click does. */
  isDrag: boolean;
  /** What is dragged; null while points are placed. */
  held: Hit | null;
  /** It placed the first of two points: where it is let go elsewhere is the second. */
  isFirst: boolean;
}

/** The point under a pointer, within the plot. */
function pointUnder({ at, snaps }: Pointer, { plane, barAt }: Surface): Point {
  const { plotWidth, priceHeight } = plane.layout;
  const within = { x: Math.max(0, Math.min(plotWidth, at.x)), y: Math.max(0, Math.min(priceHeight, at.y)) };
  return snaps ? snappedPoint(plane, within, barAt) : pointAt(plane, within);
}

/** What a pointer meets. Locked drawings are met by nothing: the chart under them is. */
export function drawingUnder({ at, isTouch }: Pointer, { session, plane }: Surface): Hit | null {
  const { drawings, hidden, locked } = session.store.state();
  const shown = shownDrawings({ drawings: locked ? [] : drawings, hidden }, session.doing());
  const selected = session.selected()?.id ?? null;
  return hitAt(outlinesOf(shown, plane), plane, at, selected, isTouch ? FINGER : REACH);
}

/** Draws with the pointers of one chart: a click or a drag places points, a drag of a drawing or a handle moves it. */
export class PointerDrawing {
  #press: Press | null = null;

  /** Whether the press is one of drawing; otherwise it is the chart's. `asks`: the chart is wanted, whatever lies under the pointer. */
  down(pointer: Pointer, surface: Surface, asks: boolean): boolean {
    // A second finger neither draws nor moves the chart meanwhile.
    if (this.#press) return true;
    const { session } = surface;
    const { tool, placed } = session.doing();
    const held = tool || asks ? null : drawingUnder(pointer, surface);
    if (!tool && !held) return false;
    const isFirst = tool !== null && placed === 0 && POINTS_OF[tool] === 2;
    this.#press = { id: pointer.id, from: pointer.at, isDrag: false, held, isFirst };
    if (held) session.select(held.drawing.id);
    else if (isFirst) session.place(pointUnder(pointer, surface));
    else session.aim(pointUnder(pointer, surface));
    return true;
  }

  move(pointer: Pointer, surface: Surface): void {
    const { session } = surface;
    const press = this.#press;
    if (!press) {
      if (session.doing().tool) session.aim(pointUnder(pointer, surface));
      else if (!pointer.isTouch && !pointer.isPressed)
        session.hover(drawingUnder(pointer, surface)?.drawing.id ?? null);
      return;
    }
    if (press.id !== pointer.id) return;
    press.isDrag ||= Math.hypot(pointer.at.x - press.from.x, pointer.at.y - press.from.y) >= CLICK;
    if (!press.held) session.aim(pointUnder(pointer, surface));
    else if (press.isDrag) session.drag(dragged(press.held, press.from, pointer, surface));
  }

  /** Whether the pointer was one of drawing. */
  up(pointer: Pointer, surface: Surface): boolean {
    const press = this.#press;
    if (press?.id !== pointer.id) return press !== null;
    this.#press = null;
    if (press.held) surface.session.drop();
    else if (press.isDrag || !press.isFirst) surface.session.place(pointUnder(pointer, surface));
    return true;
  }

  /** The browser took the pointer away: what was dragged stays where it was. */
  end(id: number, { session }: Surface): void {
    if (this.#press?.id !== id) return;
    this.#press = null;
    if (session.doing().dragged) session.cancel();
  }
}

function dragged({ drawing, handle }: Hit, from: Pixel, pointer: Pointer, surface: Surface): Drawing {
  if (handle !== null) return withHandle(drawing, handle, pointUnder(pointer, surface));
  return moved(surface.plane, drawing, pointer.at.x - from.x, pointer.at.y - from.y);
}
