/** Rows beyond the visible ones that are drawn, so that a quick scroll shows no hole. */
const SPARE = 8;

export interface RowWindow {
  first: number;
  /** One past the last row drawn. */
  end: number;
}

/** The rows of a long list to draw: those in sight and a few more, in steps, so that scrolling seldom redraws. */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, count: number): RowWindow {
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const first = Math.max(0, Math.floor((top - SPARE) / SPARE) * SPARE);
  const end = Math.ceil((top + Math.ceil(height / rowHeight) + SPARE) / SPARE) * SPARE;
  return { first: Math.min(first, count), end: Math.min(count, Math.max(end, SPARE)) };
}
