import type { PeopleList, PersonRow, PersonState, Role } from "#lib/contracts/people.ts";
import type { BadgeKind } from "../_ui/badge.tsx";

export const ROLE_WORDS: Readonly<Record<Role, { name: string; may: string }>> = {
  viewer: { name: "Viewer", may: "reads everything, and keeps watchlists and desks on the server" },
  trader: { name: "Trader", may: "also makes alerts, and changes their own" },
  admin: { name: "Admin", may: "also changes tickers, prints, all alerts and people, and reads the audit log" },
};

const STATES: Readonly<Record<PersonState, { kind: BadgeKind; words: string }>> = {
  enabled: { kind: "live", words: "Enabled" },
  disabled: { kind: "halted", words: "Disabled" },
  removed: { kind: "closed", words: "Removed" },
};

export const stateBadge = ({ state }: Pick<PersonRow, "state">): { kind: BadgeKind; words: string } => STATES[state];

/** `3 people, 1 disabled`: who has an account that was not removed. */
export function peopleWords(rows: readonly Pick<PersonRow, "state">[]): string {
  const kept = rows.filter(({ state }) => state !== "removed").length;
  const disabled = rows.filter(({ state }) => state === "disabled").length;
  const all = `${kept} ${kept === 1 ? "person" : "people"}`;
  return disabled === 0 ? all : `${all}, ${disabled} disabled`;
}

/** What of the accounts could not be read; null: nothing. */
export function unreadPeopleWords({ unread, signIns }: Pick<PeopleList, "unread" | "signIns">): string | null {
  const parts = [
    ...(unread === 0 ? [] : [unread === 1 ? "1 account cannot be read" : `${unread} accounts cannot be read`]),
    ...(signIns ? [] : ["last sign-ins cannot be read"]),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}
