import { isIP } from "node:net";

/**
 * Where a request comes from. Each of `proxies` trusted proxies adds to X-Forwarded-For, at its right, whom it was asked by: so many from the right is the
 * one whom the first of ours saw, and what stands left of it is only claimed. Without such an entry it is the connection's own address.
 */
export function clientOf(connection: string | undefined, forwarded: string | undefined, proxies: number): string {
  const entries = proxies === 0 ? [] : (forwarded ?? "").split(",").map((entry) => entry.trim());
  const entry = entries.at(-proxies) ?? "";
  return isIP(entry) === 0 ? (connection ?? "unknown") : entry;
}
