import { type LayoutNode, panelsOf, type Part, splitOf } from "./tree.ts";

/** The most panels of a desk. */
export const MOST_PANELS = 8;

/**
 * A layout as text, front to back: a panel is its number, a split `h` (side by side) or `v` (below each other) with the number of its
 * parts, then each part's share in whole per cent and the part. `h2.60.1.40.v2.50.2.50.3`
 */
export function formatTree(node: LayoutNode): string {
  if (typeof node === "number") return String(node);
  const parts = node.parts.map(({ size, node: inner }) => `${Math.max(1, Math.round(size))}.${formatTree(inner)}`);
  return [`${node.direction === "row" ? "h" : "v"}${parts.length}`, ...parts].join(".");
}

/** null where it is not such a text, or not of one to eight different panels. */
export function parseTree(text: string): LayoutNode | null {
  const tokens = text.split(".", 8 * MOST_PANELS);
  const node = take(tokens);
  if (node === null || tokens.length > 0) return null;
  const panels = panelsOf(node);
  return panels.length <= MOST_PANELS && new Set(panels).size === panels.length ? node : null;
}

/** Takes the tokens of one node from the front. */
function take(tokens: string[]): LayoutNode | null {
  const token = tokens.shift() ?? "";
  if (/^[1-8]$/.test(token)) return Number(token);
  const [, direction, count] = /^([hv])([2-8])$/.exec(token) ?? [];
  if (direction === undefined) return null;
  const parts: Part[] = [];
  for (let part = 0; part < Number(count); part++) {
    const size = Number(tokens.shift());
    const node = take(tokens);
    if (!(size >= 1 && size <= 100) || node === null) return null;
    parts.push({ size, node });
  }
  return splitOf(direction === "h" ? "row" : "column", parts);
}
