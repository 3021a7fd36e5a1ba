import type { IconName } from "../_ui/icon.tsx";

/** The pages of the top bar and the dock. */
export const PAGES: readonly { name: string; href: string; under: string; icon: IconName }[] = [
  { name: "Market", href: "/", under: "/", icon: "list" },
  { name: "Desk", href: "/desk", under: "/desk", icon: "desk" },
  { name: "Symbol", href: "/symbols", under: "/symbols", icon: "candles" },
  { name: "Alerts", href: "/alerts", under: "/alerts", icon: "bell" },
  { name: "Admin", href: "/admin/tickers", under: "/admin", icon: "gear" },
];

export function isUnder(path: string, under: string): boolean {
  return under === "/" ? path === "/" : path === under || path.startsWith(`${under}/`);
}
