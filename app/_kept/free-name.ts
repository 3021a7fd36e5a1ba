import { NAME_LENGTH } from "#lib/contracts/kept.ts";

/** The name, with a number behind it where another has it. */
export function freeName(others: readonly { name: string }[], name: string): string {
  const taken = new Set(others.map((one) => one.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const end = ` ${number}`;
    const numbered = name.slice(0, NAME_LENGTH - end.length) + end;
    if (!taken.has(numbered)) return numbered;
  }
}
