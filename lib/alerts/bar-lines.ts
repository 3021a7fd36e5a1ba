import { type BarLine, barLineSchema } from "../contracts/bars.ts";

const SYMBOL_KEY = '"symbol":"';

/**
 * The lines of a frame of `bars` whose symbols are followed. All others, nearly all of them, cost a search for their symbol and one look-up:
 * they are not parsed. What is no bar is passed over; the live hub reports it.
 */
export function* followedBars(value: Buffer, isFollowed: (symbol: string) => boolean): Generator<BarLine> {
  const text = value.toString();
  for (let begin = 0; begin < text.length;) {
    const newline = text.indexOf("\n", begin);
    const end = newline === -1 ? text.length : newline;
    const symbolAt = text.indexOf(SYMBOL_KEY, begin) + SYMBOL_KEY.length;
    if (symbolAt >= SYMBOL_KEY.length && symbolAt < end) {
      const symbol = text.slice(symbolAt, text.indexOf('"', symbolAt));
      const bar = isFollowed(symbol) ? parseBar(text.slice(begin, end)) : null;
      if (bar) yield bar;
    }
    begin = end + 1;
  }
}

function parseBar(line: string): BarLine | null {
  try {
    return barLineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
