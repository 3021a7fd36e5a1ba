import { INTERVALS } from "../domain/interval.ts";

/** Number of the rules by which bars come from ticks. It rises with every change that can give another result for the same log. */
export const LOGIC = 3;

/** How the log is cut and what is kept of it: state of another topology is not state of this one. */
export function topologyOf(topic: string, partitions: number): string {
  return `${topic}/${partitions}/${INTERVALS.join(",")}`;
}
