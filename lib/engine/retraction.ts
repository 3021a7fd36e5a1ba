/** The most trades that can be taken out of one bar again; more are refused, so that what a window keeps of them is bounded. */
export const MAX_RETRACTIONS = 64;

/** The line of the log with which a recount begins: the first trade of its windows. */
export interface Anchor {
  offset: number;
  line: number;
  /** What its slot has numbered it by, where it carries no id; −1 where it carries one. */
  number: number;
}

/** A trade that was taken out of a bar: the place of the decision, and from where the bar was counted again. */
export interface Retraction {
  offset: number;
  line: number;
  anchor: Anchor;
}

/** Five doubles. */
export const RETRACTION_BYTES = 40;

/** Writes them one behind the other; gives where they end. */
export function writeRetractions(bytes: Buffer, at: number, retractions: readonly Retraction[]): number {
  let end = at;
  for (const { offset, line, anchor } of retractions) {
    for (const value of [offset, line, anchor.offset, anchor.line, anchor.number]) {
      end = bytes.writeDoubleLE(value, end);
    }
  }
  return end;
}

export function readRetractions(bytes: Buffer): Retraction[] {
  return Array.from({ length: bytes.length / RETRACTION_BYTES }, (_, index) => {
    const at = (field: number): number => bytes.readDoubleLE(index * RETRACTION_BYTES + field * 8);
    return { offset: at(0), line: at(1), anchor: { offset: at(2), line: at(3), number: at(4) } };
  });
}

/** Whether `one` lies before `other` in the log. */
export function isBefore(one: { offset: number; line: number }, other: { offset: number; line: number }): boolean {
  return one.offset < other.offset || (one.offset === other.offset && one.line < other.line);
}
