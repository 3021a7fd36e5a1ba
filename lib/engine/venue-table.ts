import { couponOfText } from "../domain/sketches/coupon.ts";
import { NameTable } from "./name-table.ts";

/** Names beyond these are not remembered: their lines are parsed slowly, to the same coupons. */
const CAPACITY = 4096;

/** The coupons of venues' names (`coupon.ts`), by the number of the name, so that the scanner of ticks makes neither string nor hash. */
export class VenueTable {
  readonly names = new NameTable();
  readonly coupons = new Int32Array(CAPACITY);

  /** The coupon of a name; remembered while there is room. */
  couponOf(name: string): number {
    const known = this.names.get(name);
    if (known >= 0) return this.coupons[known] ?? 0;
    const coupon = couponOfText(name);
    if (this.names.size < CAPACITY) this.coupons[this.names.add(name)] = coupon;
    return coupon;
  }

  /** The name that has a coupon; null for none, and for one that is not remembered. */
  nameOf(coupon: number): string | null {
    return this.names.names.find((_, number) => this.coupons[number] === (coupon | 0)) ?? null;
  }
}
