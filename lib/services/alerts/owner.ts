import type { AlertRule } from "../../contracts/alerts.ts";
import type { SignedIn } from "../../contracts/people.ts";
import { may } from "../../contracts/permissions.ts";
import { TapedeckError } from "../../errors.ts";

/** FORBIDDEN where an alert is somebody else's, and of nobody, who may not change those. */
export function assertOwn({ name, role }: SignedIn, { by }: Pick<AlertRule, "by">): void {
  if (by === name || may(role, "everyAlert")) return;
  throw new TapedeckError(
    "FORBIDDEN",
    by === null ? "Only an admin changes this alert." : `Only ${by}, whose alert this is, or an admin changes it.`,
  );
}
