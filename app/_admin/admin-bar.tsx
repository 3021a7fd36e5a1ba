"use client";
import Link from "next/link";
import type { useSession } from "./use-admin.ts";

const PLACES = [
  { words: "Tickers", href: "/admin/tickers" },
  { words: "Held prints", href: "/admin/tickers#held" },
  { words: "Sources", href: "/admin/tickers#sources" },
  { words: "Audit log", href: "/admin/log" },
] as const;

interface AdminBarProps {
  session: ReturnType<typeof useSession>;
  current: (typeof PLACES)[number]["href"];
}

/** Where an admin can go, and who is one. */
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
      {session.known && (
        <div className="dim desk">{session.admin ? "Signed in as admin" : "Read only: sign in to change anything"}</div>
      )}
      {session.admin && (
        <button type="button" className="btn" onClick={() => session.logout.mutate()}>
          Sign out
        </button>
      )}
    </nav>
  );
}
