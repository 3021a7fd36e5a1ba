import type { ProfileView } from "#lib/contracts/distribution-views.ts";

export interface ProfileBox {
  x: number;
  width: number;
  /** Share of the largest row, 0 to 1. */
  share: number;
  valueArea: boolean;
}

export interface ProfileChart {
  boxes: ProfileBox[];
  /** Middle of the row with the most volume. */
  controlX: number;
  ticks: { x: number; price: number }[];
}

/** Volume by price within `width` pixels, prices from left to right. null where there is nothing to draw. */
export function priceProfile({ rows, control, first, last }: ProfileView, width: number): ProfileChart | null {
  const [low, high] = [rows[0]?.lower, rows.at(-1)?.upper];
  if (low === undefined || high === undefined || width <= 0) return null;
  const x = (price: number): number => ((price - low) / (high - low)) * width;
  const most = Math.max(...rows.map(({ volume }) => volume));
  const boxes = rows.map(({ lower, upper, volume }, row) => ({
    x: x(lower),
    width: Math.max(1, x(upper) - x(lower) - 1),
    share: volume / most,
    valueArea: row >= first && row <= last,
  }));
  const box = boxes[control];
  const prices = [low, (low + high) / 2, high];
  return { boxes, controlX: box ? box.x + box.width / 2 : 0, ticks: prices.map((price) => ({ x: x(price), price })) };
}
