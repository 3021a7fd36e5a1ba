import { flushSync } from "react-dom";

const waiting = new Map<object, () => void>();

/**
 * Draws something with the next frame; of what is asked under one key until then the last. Pointers move more often than a screen shows, and
 * drawing each move would leave no time for the frames.
 */
export function beforePaint(key: object, draw: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(drawAll);
  waiting.set(key, draw);
}

export const waitsForPaint = (key: object): boolean => waiting.has(key);

/** All charts of a page at once, and before this frame is painted. */
function drawAll(): void {
  const draws = [...waiting.values()];
  waiting.clear();
  flushSync(() => {
    for (const draw of draws) draw();
  });
}
