/** Side by side, or below each other. */
export type Direction = "row" | "column";

/** A part of a split and its share of it, per cent. */
export interface Part {
  readonly size: number;
  readonly node: LayoutNode;
}

export interface Split {
  readonly direction: Direction;
  readonly parts: readonly Part[];
}

/** How a desk is cut: a panel by its id, or a split. A split in the direction of the one around it is dissolved in that. */
export type LayoutNode = number | Split;

/** Which split: the places of the parts on the way to it from the root. */
export type Path = readonly number[];

/** No part is made smaller than this share of its split, per cent. */
export const LEAST_SHARE = 8;

const isPanel = (node: LayoutNode): node is number => typeof node === "number";

/** The panels in reading order. */
export function panelsOf(node: LayoutNode): number[] {
  return isPanel(node) ? [node] : node.parts.flatMap((part) => panelsOf(part.node));
}

/** A split of these parts: shares are made to add up to 100, and what can be said simpler is. No parts make none. */
export function splitOf(direction: Direction, parts: readonly Part[]): LayoutNode | null {
  const flat = parts.flatMap(({ size, node }) =>
    isPanel(node) || node.direction !== direction
      ? [{ size, node }]
      : node.parts.map((inner) => ({ size: (size * inner.size) / 100, node: inner.node })),
  );
  const [only] = flat;
  if (only === undefined) return null;
  if (flat.length === 1) return only.node;
  const whole = flat.reduce((sum, { size }) => sum + size, 0);
  return { direction, parts: flat.map(({ size, node }) => ({ size: (size / whole) * 100, node })) };
}

/** Each part gives its node to `change`, which may take it away. */
function mapped(node: Split, change: (node: LayoutNode, place: number) => LayoutNode | null): LayoutNode | null {
  const parts = node.parts.flatMap((part, place) => {
    const next = change(part.node, place);
    return next === null ? [] : [{ size: part.size, node: next }];
  });
  return splitOf(node.direction, parts);
}

/** A panel's room is halved, and `added` takes the second half. */
export function halved(node: LayoutNode, panel: number, direction: Direction, added: number): LayoutNode {
  if (node === panel) {
    const halves = [panel, added].map((half) => ({ size: 50, node: half }));
    return { direction, parts: halves };
  }
  if (isPanel(node)) return node;
  return mapped(node, (inner) => halved(inner, panel, direction, added)) ?? node;
}

/** Without a panel; those beside it share its room as they share theirs. null: it was the last. */
export function without(node: LayoutNode, panel: number): LayoutNode | null {
  if (node === panel) return null;
  return isPanel(node) ? node : mapped(node, (inner) => without(inner, panel));
}

/** Two panels in each other's place. */
export function swapped(node: LayoutNode, one: number, other: number): LayoutNode {
  if (node === one) return other;
  if (node === other) return one;
  return isPanel(node) ? node : (mapped(node, (inner) => swapped(inner, one, other)) ?? node);
}

/** Moves the seam behind the part `place` of a split by `share` of it, as far as both sides keep their least. */
export function moved(node: LayoutNode, [next, ...rest]: Path, place: number, share: number): LayoutNode {
  if (isPanel(node)) return node;
  if (next !== undefined)
    return mapped(node, (inner, at) => (at === next ? moved(inner, rest, place, share) : inner)) ?? node;
  const before = node.parts[place];
  const after = node.parts[place + 1];
  if (!before || !after) return node;
  const least = Math.min(LEAST_SHARE, before.size, after.size);
  const by = Math.max(least - before.size, Math.min(after.size - least, share));
  const parts = node.parts.map((part, at) => {
    if (at === place) return { ...part, size: part.size + by };
    return at === place + 1 ? { ...part, size: part.size - by } : part;
  });
  return { ...node, parts };
}

/** The parts of a split are all as large as each other. */
export function evened(node: LayoutNode, [next, ...rest]: Path): LayoutNode {
  if (isPanel(node)) return node;
  if (next !== undefined) return mapped(node, (inner, at) => (at === next ? evened(inner, rest) : inner)) ?? node;
  return { ...node, parts: node.parts.map((part) => ({ ...part, size: 100 / node.parts.length })) };
}
