import { z } from "zod";
import { personNameSchema } from "./people.ts";
import { microsSchema, symbolSchema } from "./ticks.ts";

export const AUDIT_LIMITS = {
  /** Entries of one person within a minute; more than a hand makes. Overflow: the change is refused, saying so. */
  aMinute: 300,
  /** Characters of a value, longer than any field of a ticker. Overflow: cut, with an ellipsis. */
  value: 4_096,
} as const;

/** All actions, those together that are shown together. */
export const AUDIT_GROUPS = {
  tickers: ["ticker-added", "ticker-edited", "ticker-enabled", "ticker-disabled", "ticker-removed"],
  prints: ["print-accepted", "print-rejected"],
  alerts: ["alert-added", "alert-edited", "alert-removed"],
  people: [
    "person-added",
    "person-role",
    "person-password",
    "own-password",
    "person-enabled",
    "person-disabled",
    "person-removed",
  ],
  "sign-ins": ["signed-in", "sign-in-refused"],
} as const;
export type AuditGroup = keyof typeof AUDIT_GROUPS;
export type AuditAction = (typeof AUDIT_GROUPS)[AuditGroup][number];
export const AUDIT_ACTIONS: readonly AuditAction[] = Object.values(AUDIT_GROUPS).flat();
export const isAuditGroup = (name: unknown): name is AuditGroup =>
  typeof name === "string" && Object.hasOwn(AUDIT_GROUPS, name);

/**
 * What is kept besides its days: the newest of each kind. What anybody causes never pushes out what another may not do: an admin's
 * changes, a trader's, each one's own, a stranger's. Overflow: the oldest of the kind are forgotten, within the hour.
 */
export const AUDIT_QUOTAS: readonly { actions: readonly AuditAction[]; most: number }[] = [
  {
    actions: [
      ...AUDIT_GROUPS.tickers,
      ...AUDIT_GROUPS.prints,
      ...AUDIT_GROUPS.people.filter((action) => action !== "own-password"),
    ],
    most: 100_000,
  },
  { actions: AUDIT_GROUPS.alerts, most: 50_000 },
  { actions: ["signed-in", "own-password"], most: 50_000 },
  { actions: ["sign-in-refused"], most: 10_000 },
];

/** One field that differs; null where it was, or is, not there. */
export const auditChangeSchema = z.strictObject({
  field: z.string().min(1).max(80),
  before: z.string().max(AUDIT_LIMITS.value).nullable(),
  after: z.string().max(AUDIT_LIMITS.value).nullable(),
});
export type AuditChange = z.infer<typeof auditChangeSchema>;

/** `unknown`: the store or the log did not answer, so that the change may have been made all the same. */
export const auditOutcomeSchema = z.strictObject({
  state: z.enum(["done", "refused", "unknown"]),
  reason: z.string().max(400).nullable(),
  time: microsSchema,
});
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

/** A document of the index `audit`, written before what it tells of is done; never rewritten. */
export const auditEntrySchema = z.strictObject({
  id: z.uuid(),
  time: microsSchema,
  action: z.enum(AUDIT_ACTIONS),
  symbol: symbolSchema.nullable(),
  /** Which print or which alert of the symbol; which person. */
  about: z.string().max(200).nullable(),
  changes: z.array(auditChangeSchema).max(64),
  /** The account of who did it; null: none, or from before there were several. */
  who: personNameSchema.nullable().default(null),
  /** Of the connection to the web server: behind a proxy that is not trusted, the proxy's. */
  address: z.string().max(64),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** An entry with what became of it; null: nobody lived to say it. */
export interface AuditRow {
  entry: AuditEntry;
  outcome: AuditOutcome | null;
}

export interface AuditQuery {
  /** The beginning of a ticker, `AAP`, or of a symbol, `SIM:AAP`. */
  ticker?: string | undefined;
  actions?: readonly AuditAction[] | undefined;
  /** The beginning of the name of who did it, or whom it was done to. */
  person?: string | undefined;
  /** Only what is older than this entry. */
  before?: Pick<AuditEntry, "time" | "id"> | undefined;
  limit: number;
}

/** Port to the audit log. It can be appended to and forgotten from its old end, nothing else. */
export interface AuditStore {
  /** Stored for good, and found, when it resolves. CONFLICT when its id is there already. */
  append(entry: AuditEntry): Promise<void>;
  /** Says once what became of an entry; another word is CONFLICT. */
  settle(id: string, outcome: AuditOutcome): Promise<void>;
  /** Newest first. */
  page(query: AuditQuery): Promise<AuditRow[]>;
  /** When each person who is known last signed in. */
  lastSignIns(): Promise<Map<string, number>>;
  /** Deletes what is older than `before`, and what exceeds `most`, of entries with these actions; says how many. */
  forget(keep: { actions: readonly AuditAction[]; before: number; most: number }): Promise<number>;
}
