/** The levels of a retracement: ratios of neighbouring Fibonacci numbers, their square root (0.786), the half, and both ends. */
export const FIBONACCI_LEVELS = [0, 0.236, 0.382, 0.5, 0.618, 0.786, 1] as const;

export interface Level {
  level: number;
  price: number;
}

/** Those of which there is to be a label first. */
const IMPORTANCE = [0, 1, 0.5, 0.618, 0.382, 0.236, 0.786];

/** From the first point (1) back to the second (0): how much of the move between them was taken back. */
export function fibonacciLevels(first: number, second: number): Level[] {
  return FIBONACCI_LEVELS.map((level) => ({ level, price: second + (first - second) * level }));
}

/** The levels whose labels have room, at these heights and so many pixels apart. */
export function labelledLevels<Placed extends { level: number; y: number }>(
  levels: readonly Placed[],
  room: number,
): Placed[] {
  const shown: Placed[] = [];
  for (const level of IMPORTANCE) {
    const found = levels.find((one) => one.level === level);
    if (found && shown.every(({ y }) => Math.abs(y - found.y) >= room)) shown.push(found);
  }
  return shown;
}
