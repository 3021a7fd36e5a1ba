import { AUDIT_ACTIONS, AUDIT_LIMITS, type AuditStore } from "../../contracts/audit.ts";
import { DAY, HOUR, type Micros } from "../../domain/interval.ts";
import { pause } from "../pause.ts";

const EVERY: Micros = HOUR;

interface Needs {
  audit: Pick<AuditStore, "forget">;
  /** Entries are kept for so many days. */
  days: number;
  now: () => Micros;
}

/** Forgets what the audit log need not keep, now and each hour, until the signal aborts. */
export async function keepAuditShort(needs: Needs, signal: AbortSignal, warn: (error: unknown) => void): Promise<void> {
  while (!signal.aborted) {
    await forgetAudit(needs).catch(warn);
    await pause(EVERY, signal);
  }
}

/** Forgets what is older than its days or beyond its number; says how many entries that were. */
export async function forgetAudit({ audit, days, now }: Needs): Promise<number> {
  const before = now() - days * DAY;
  const changes = AUDIT_ACTIONS.filter((action) => action !== "sign-in-refused");
  const forgotten = await audit.forget({ actions: changes, before, most: AUDIT_LIMITS.changes });
  return forgotten + (await audit.forget({ actions: ["sign-in-refused"], before, most: AUDIT_LIMITS.refusals }));
}
