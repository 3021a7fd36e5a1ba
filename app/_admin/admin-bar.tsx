"use client";
import Link from "next/link";
import type { Session } from "../_people/use-session.ts";

const PLACES = [
  { words: "Tickers", href: "/admin/tickers" },
  { words: "Held prints", href: "/admin/tickers#held" },
  { words: "Sources", href: "/admin/tickers#sources" },
  { words: "People", href: "/admin/people" },
  { words: "Audit log", href: "/admin/log" },
] as const;

interface AdminBarProps {
  session: Session;
  current: (typeof PLACES)[number]["href"];
}

/** Where an admin can go. */
export function AdminBar({ session, current }: AdminBarProps) {
  return (
    <nav className="strip" aria-label="Admin">
      <div className="segment">
        {PLACES.map(({ words, href }) => (
          <Link key={href} href={href} prefetch={false} aria-current={href === current ? "page" : undefined}>
            {words}
          </Link>
        ))}
      </div>
      <span className="grow" />
      {session.known && !session.person && <div className="dim desk">Read only: sign in to change anything</div>}
    </nav>
  );
}
