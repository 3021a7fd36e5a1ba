import type { Direction, LayoutNode, Path } from "./tree.ts";

/** A place on the desk, per cent of its width and height. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The line between two parts of a split, which can be dragged. */
export interface Seam {
  readonly path: Path;
  /** The part before it. */
  readonly place: number;
  /** Of the split: the line of a row stands upright. */
  readonly direction: Direction;
  /** A line: without width in a row, without height in a column. */
  readonly at: Place;
  /** How much of the split lies before it, per cent. */
  readonly share: number;
  /** The split's extent along its direction, per cent of the desk. */
  readonly extent: number;
}

export const WHOLE: Place = { left: 0, top: 0, width: 100, height: 100 };

/** Where each panel lies, and the seams between them. */
export function placesOf(root: LayoutNode): { panels: ReadonlyMap<number, Place>; seams: readonly Seam[] } {
  const panels = new Map<number, Place>();
  const seams: Seam[] = [];
  const lay = (node: LayoutNode, within: Place, path: Path): void => {
    if (typeof node === "number") {
      panels.set(node, within);
      return;
    }
    const { direction, parts } = node;
    let before = 0;
    parts.forEach((part, place) => {
      const own = cut(within, direction, before, part.size);
      if (place > 0) {
        const at = direction === "row" ? { ...own, width: 0 } : { ...own, height: 0 };
        const extent = direction === "row" ? within.width : within.height;
        seams.push({ path, place: place - 1, direction, at, share: before, extent });
      }
      lay(part.node, own, [...path, place]);
      before += part.size;
    });
  };
  lay(root, WHOLE, []);
  return { panels, seams };
}

function cut(within: Place, direction: Direction, before: number, size: number): Place {
  if (direction === "row") {
    return { ...within, left: within.left + (within.width * before) / 100, width: (within.width * size) / 100 };
  }
  return { ...within, top: within.top + (within.height * before) / 100, height: (within.height * size) / 100 };
}
