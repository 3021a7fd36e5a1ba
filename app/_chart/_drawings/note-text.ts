import type { Pixel } from "./plane.ts";
import type { Box } from "./lines.ts";

/** Characters of a line, and lines of a note, on the chart; the rest is in the list of drawings. */
const LONGEST_LINE = 36;
const MOST_LINES = 12;
/** Pixels, of small text; a character's width is that of a wide one. */
export const LINE_HEIGHT = 16;
const CHARACTER = 6.4;
/** From its point to its text. */
export const NOTE_GAP = 10;

/** One of the text's own lines, broken between words, within a word only where that alone is too long. */
function broken(line: string): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(/\s+/)) {
    let rest = word;
    const joined = current === "" ? rest : `${current} ${rest}`;
    if (joined.length <= LONGEST_LINE) {
      current = joined;
      continue;
    }
    if (current !== "") lines.push(current);
    for (; rest.length > LONGEST_LINE; rest = rest.slice(LONGEST_LINE)) lines.push(rest.slice(0, LONGEST_LINE));
    current = rest;
  }
  return [...lines, current];
}

/** A note as it stands on the chart. */
export function noteLines(text: string): string[] {
  const lines = text.split("\n").flatMap(broken);
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), "…"];
}

/** The room of a note whose point is at a pixel, about. */
export function noteBox({ x, y }: Pixel, text: string): Box {
  const lines = noteLines(text);
  const longest = Math.max(...lines.map((line) => line.length));
  return {
    left: x - 5,
    top: y - LINE_HEIGHT / 2,
    right: x + NOTE_GAP + longest * CHARACTER,
    bottom: y + (lines.length - 0.5) * LINE_HEIGHT,
  };
}
