import { ROLES, type Role } from "./people.ts";

/** What can only be done by who is signed in: the least role that may, and what it is called in a sentence. */
export const PERMISSIONS = {
  ownPassword: { role: "viewer", words: "Changing one’s own password" },
  keep: { role: "viewer", words: "Keeping watchlists, desks and drawings on the server" },
  alerts: { role: "trader", words: "Making and changing alerts" },
  alertPreview: { role: "trader", words: "Trying out an alert" },
  everyAlert: { role: "admin", words: "Changing the alerts of others" },
  tickers: { role: "admin", words: "Adding and changing tickers" },
  prints: { role: "admin", words: "Deciding on prints" },
  audit: { role: "admin", words: "Reading the audit log" },
  people: { role: "admin", words: "Managing people" },
} as const satisfies Readonly<Record<string, { role: Role; words: string }>>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether a role is enough for something; null: nobody is signed in. */
export function may(role: Role | null, permission: Permission): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[permission].role);
}

/** Which role something needs, and which one has. */
export function refusalWords(permission: Permission, { name, role }: { name: string; role: Role }): string {
  const { role: least, words } = PERMISSIONS[permission];
  return `${words} needs the role ${least}; ${name} has the role ${role}. An admin can change that.`;
}
