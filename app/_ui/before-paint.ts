import { flushSync } from "react-dom";

const waiting = new Map<object, () => void>();
let isDrawing = false;

/**
 * Draws something with the next frame; of what is asked under one key until then the last. Pointers move more often than a screen shows, and
 * drawing each move would leave no time for the frames.
 */
export function beforePaint(key: object, draw: () => void): void {
  if (waiting.size === 0 && !isDrawing) requestAnimationFrame(drawAll);
  waiting.set(key, draw);
}

export const waitsForPaint = (key: object): boolean => waiting.has(key);

/** What a draw asks of others, as of linked charts, is drawn with it; what those ask then waits for the next frame. */
const PASSES = 2;

/** All charts of a page at once, and before this frame is painted. */
function drawAll(): void {
  isDrawing = true;
  try {
    for (let pass = 0; pass < PASSES && waiting.size > 0; pass++) {
      const draws = [...waiting.values()];
      waiting.clear();
      flushSync(() => {
        for (const draw of draws) draw();
      });
    }
  } finally {
    isDrawing = false;
    if (waiting.size > 0) requestAnimationFrame(drawAll);
  }
}
