import { z } from "zod";
import { AUDIT_GROUPS, type AuditGroup, isAuditGroup } from "../../contracts/audit.ts";
import type { AuditPage } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

const MOST_ROWS = 200;

export const auditPageInput = z.object({
  /** The beginning of a ticker or of a symbol, in any case. */
  ticker: z.string().trim().toUpperCase().max(40).default(""),
  /** The beginning of a person’s name, in any case. */
  person: z.string().trim().toLowerCase().max(40).default(""),
  group: z.custom<AuditGroup>(isAuditGroup).nullable().default(null),
  /** As the page before gave it. */
  cursor: z.string().max(80).nullish(),
  limit: z.int().min(1).max(MOST_ROWS).default(50),
});

/** A page of the audit log, newest first. */
export async function auditPage(
  { audit }: Pick<Services, "audit">,
  { ticker, person, group, cursor, limit }: z.infer<typeof auditPageInput>,
): Promise<AuditPage> {
  const before = cursor ? parseCursor(cursor) : undefined;
  const actions = group === null ? undefined : AUDIT_GROUPS[group];
  const rows = await audit.page({
    ticker: ticker || undefined,
    person: person || undefined,
    actions,
    before,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)?.entry : undefined;
  return { rows: shown, next: last ? `${last.time}.${last.id}` : null };
}

function parseCursor(cursor: string): { time: number; id: string } {
  const [, time, id] = /^(\d{1,16})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (time === undefined || id === undefined)
    throw new TapedeckError("BAD_INPUT", "No page of the audit log begins there.");
  return { time: Number(time), id };
}
