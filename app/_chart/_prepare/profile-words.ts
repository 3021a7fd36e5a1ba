import { estimated, price, quantity } from "../../_lib/format.ts";
import { coverageWords } from "../../_lib/measures.ts";
import type { Profile } from "./profile.ts";

/** The point of control, and in a few letters how it is known. */
export function profileHead({ bins, control, counted, coverage }: Profile): { control: number | null; bound: string } {
  if (counted) {
    const known = coverage && coverage.whole < coverage.bars ? `, of ${percent(coverage)} %` : "";
    return { control: counted.pointOfControl.value, bound: `${estimated(counted.pointOfControl).bound}${known}` };
  }
  const bin = bins[control];
  return { control: bin ? (bin.low + bin.high) / 2 : null, bound: "from bars" };
}

/** How the profile was made, what its bounds are, and how much of the range its sketches know. */
export function profileWords(profile: Profile, decimals: number): string {
  const { counted } = profile;
  const cover = coverageWords(profile.coverage);
  const rest = cover === null ? "" : ` ${cover}.`;
  const { control } = profileHead(profile);
  if (!counted) {
    return (
      `Point of control about ${price(control, decimals)}. Estimated from the bars in sight: ` +
      `the volume of a bar is taken as spread evenly from its low to its high.${rest}`
    );
  }
  const { pointOfControl, valueLow, valueHigh, documents } = counted;
  const sketches = `${quantity(documents)} ${documents === 1 ? "sketch" : "sketches"}`;
  return (
    `Point of control ${price(control, decimals)} ${estimated(pointOfControl).bound}, ` +
    `value area ${price(valueLow.lower, decimals)} to ${price(valueHigh.upper, decimals)}. ` +
    `Counted trade by trade over the bars in sight, by ${sketches}.${rest}`
  );
}

const percent = ({ whole, bars }: { whole: number; bars: number }): number => Math.floor((whole / bars) * 100);
