"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Bell } from "../_alerts/bell.tsx";
import { symbolHref } from "../_lib/links.ts";
import { AccountMenu } from "../_people/account-menu.tsx";
import { Icon } from "../_ui/icon.tsx";
import { FeedHealth } from "./feed-health.tsx";
import { lastDesk, lastSymbol } from "./last-seen.ts";
import { isUnder, PAGES } from "./pages.ts";
import { SessionClock } from "./session-clock.tsx";
import { ThemeButton } from "./theme-button.tsx";

function usePages() {
  const path = usePathname();
  const symbol = lastSymbol.useText();
  const desk = lastDesk.useText();
  return PAGES.map(({ name, under, icon, href }) => ({
    name,
    icon,
    href:
      under === "/symbols" && symbol !== null
        ? symbolHref(symbol)
        : under === "/desk" && desk !== null
          ? `/desk${desk}`
          : href,
    current: isUnder(path, under) ? ("page" as const) : undefined,
  }));
}

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const pages = usePages();
  return (
    <header className="top">
      <Link className="brand" href="/" aria-label="Tapedeck, to the market">
        <svg viewBox="0 0 24 16" aria-hidden="true">
          <circle cx="6" cy="7" r="4.5" />
          <circle cx="18" cy="7" r="4.5" />
          <path d="M2 15h20" className="head" />
        </svg>
        <span className="desk">Tapedeck</span>
      </Link>
      <nav className="desk" aria-label="Pages">
        {pages.map((page) => (
          <Link key={page.name} href={page.href} aria-current={page.current}>
            {page.name}
          </Link>
        ))}
      </nav>
      <button type="button" className="find" onClick={onSearch}>
        <Icon name="search" />
        <span className="sr">Search</span>
        <span className="desk">Ticker, name or former ticker</span>
        <span className="phone" aria-hidden="true">
          Search
        </span>
        <span className="desk keys-hint">
          type or <kbd>Ctrl</kbd> <kbd>K</kbd>
        </span>
      </button>
      <span className="grow desk" />
      <SessionClock />
      <span className="rule desk" />
      <FeedHealth />
      <Bell />
      <ThemeButton />
      <AccountMenu />
    </header>
  );
}

/** The phone's way between pages. */
export function Dock({ onSearch }: { onSearch: () => void }) {
  const [market, ...others] = usePages();
  return (
    <nav className="dock phone" aria-label="Pages">
      {market && <DockLink {...market} />}
      <button type="button" onClick={onSearch}>
        <Icon name="search" />
        Search
      </button>
      {others.map((page) => (
        <DockLink key={page.name} {...page} />
      ))}
    </nav>
  );
}

function DockLink({ name, href, icon, current }: ReturnType<typeof usePages>[number]) {
  return (
    <Link href={href} aria-current={current}>
      <Icon name={icon} />
      {name}
    </Link>
  );
}
