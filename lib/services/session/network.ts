import { isIPv6 } from "node:net";

/** Whose an address is: of IPv6 its first 64 bits, which one household has, of IPv4 itself, also where it is written as IPv6. */
export function networkOf(address: string): string {
  const [bare = ""] = address.split("%", 1);
  const [, embedded] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare) ?? [];
  if (embedded !== undefined) return embedded;
  if (!isIPv6(bare)) return address.slice(0, 64);
  // Four groups of the written-out address; `::` stands for as many zeros as are missing.
  const [head = "", tail = ""] = withoutDots(bare).split("::", 2);
  const [before, after] = [head, tail].map((part) => part.split(":").filter((group) => group !== ""));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array.from({ length: missing }, () => "0"), ...(after ?? [])];
  const first = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first.join(":")}::/64`;
}

/** The last 32 bits may be written as IPv4: they are beyond the first 64. */
function withoutDots(address: string): string {
  return address.replace(/\d+\.\d+\.\d+\.\d+$/, "0:0");
}
