/** Between which rows a pointer is: 0 before the first, `count` behind the last. `top` is that of the first row. */
export function gapAt(y: number, top: number, rowHeight: number, count: number): number {
  return Math.max(0, Math.min(count, Math.round((y - top) / rowHeight)));
}

/** Before what a symbol goes that is dropped in a gap of what is shown; null: at the end. undefined: it stays where it is. */
export function droppedBefore(shown: readonly string[], symbol: string, gap: number): string | null | undefined {
  const at = shown.indexOf(symbol);
  return at < 0 || gap === at || gap === at + 1 ? undefined : (shown[gap] ?? null);
}
