import { KIND_NAMES, kindOf, type KindName } from "#lib/domain/indicators/kinds.ts";

function textOf(kind: KindName): string {
  const { name, short, words } = kindOf(kind);
  return `${name} ${short} ${words}`.toLowerCase();
}

/** The kinds that have all of the words in their name or beside it; those whose short name begins with them first. */
export function foundKinds(typed: string): KindName[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [first = ""] = words;
  const rank = (kind: KindName): number => (kindOf(kind).short.toLowerCase().startsWith(first) ? 0 : 1);
  return KIND_NAMES.filter((kind) => words.every((word) => textOf(kind).includes(word))).toSorted(
    (a, b) => rank(a) - rank(b),
  );
}
