import { AUDIT_QUOTAS, type AuditStore } from "../../contracts/audit.ts";
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

/** Forgets what is older than its days or beyond its kind’s number; says how many entries that were. */
export async function forgetAudit({ audit, days, now }: Needs): Promise<number> {
  const before = now() - days * DAY;
  let forgotten = 0;
  for (const { actions, most } of AUDIT_QUOTAS) forgotten += await audit.forget({ actions, before, most });
  return forgotten;
}
