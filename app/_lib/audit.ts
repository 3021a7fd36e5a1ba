import {
  AUDIT_GROUPS,
  type AuditAction,
  type AuditChange,
  type AuditGroup,
  type AuditRow,
  isAuditGroup,
} from "#lib/contracts/audit.ts";
import { csvCell } from "./list-export.ts";

const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  "ticker-added": "Ticker added",
  "ticker-edited": "Ticker edited",
  "ticker-enabled": "Ticker enabled",
  "ticker-disabled": "Ticker disabled",
  "ticker-removed": "Ticker removed",
  "print-accepted": "Print accepted",
  "print-rejected": "Print rejected",
  "alert-added": "Alert added",
  "alert-edited": "Alert edited",
  "alert-removed": "Alert removed",
  "person-added": "Person added",
  "person-role": "Role changed",
  "person-password": "Password set",
  "own-password": "Own password changed",
  "person-enabled": "Person enabled",
  "person-disabled": "Person disabled",
  "person-removed": "Person removed",
  "signed-in": "Signed in",
  "sign-in-refused": "Sign-in refused",
};

const GROUP_WORDS: Readonly<Record<AuditGroup, string>> = {
  tickers: "Tickers",
  prints: "Prints",
  alerts: "Alerts",
  people: "People",
  "sign-ins": "Sign-ins",
};

/** The groups of actions with their names, in the order in which they are offered. */
export const GROUPS = Object.keys(AUDIT_GROUPS)
  .filter(isAuditGroup)
  .map((group) => [group, GROUP_WORDS[group]] as const);

const FIELD_WORDS: Readonly<Record<string, string>> = {
  sourceSymbol: "source symbol",
  formerTickers: "former tickers",
  aliases: "also found as",
  marketValue: "market value",
  tickSize: "tick size",
  calendar: "trading hours",
  profile: "trade conditions",
  actions: "splits and dividends",
};

/** When a row was written or changed says its own time; the symbol stands beside it. */
const UNSAID: ReadonlySet<string> = new Set(["symbol", "addedAt", "updatedAt", "updated", "created"]);

/** What is chosen of the audit log. */
export interface AuditView {
  ticker: string;
  /** The beginning of the name of who did it, or whom it was done to. */
  person: string;
  group: AuditGroup | null;
}

/** An entry as it is read. */
export interface AuditLine {
  what: string;
  changes: readonly AuditChange[];
  /** What became of it, where that is not simply done; null otherwise. */
  doubt: { kind: "error" | "stale"; words: string; reason: string } | null;
}

export function auditLine({ entry, outcome }: AuditRow): AuditLine {
  const changes = entry.changes
    .filter(({ field }) => !UNSAID.has(field))
    .map(({ field, before, after }) => ({ field: FIELD_WORDS[field] ?? field.replaceAll(".", " "), before, after }));
  return { what: ACTION_WORDS[entry.action], changes, doubt: doubtOf({ entry, outcome }) };
}

function doubtOf({ entry, outcome }: AuditRow): AuditLine["doubt"] {
  // These are what happened, not what was about to.
  if (entry.action === "signed-in" || entry.action === "sign-in-refused" || outcome?.state === "done") return null;
  if (outcome?.state === "refused") return { kind: "error", words: "Not made", reason: outcome.reason ?? "" };
  const reason = outcome?.reason ?? "The server ended, or lost its store, before it could say.";
  return { kind: "stale", words: "Not known whether made", reason };
}

/** RFC 4180, a line for each field that differs, one at least for each entry; times in ISO, what is not there empty. */
export function auditCsv(rows: readonly AuditRow[]): string {
  const head = [
    "Time",
    "Action",
    "Symbol",
    "About",
    "Field",
    "Before",
    "After",
    "Person",
    "Address",
    "Outcome",
    "Reason",
  ];
  const lines = rows.flatMap((row) => {
    const { entry, outcome } = row;
    const { what, doubt } = auditLine(row);
    const begin = [new Date(entry.time / 1_000).toISOString(), what, entry.symbol, entry.about];
    const end = [entry.who, entry.address, doubt ? doubt.words : "Done", outcome?.reason ?? doubt?.reason ?? null];
    const changes = entry.changes.length > 0 ? entry.changes : [{ field: null, before: null, after: null }];
    return changes.map(({ field, before, after }) => begin.concat([field, before, after], end));
  });
  return [head, ...lines].map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** What the address asks for; anything that is not understood is as if it were not there. */
export function parseAuditView({ ticker, person, group }: Parameters): AuditView {
  return {
    ticker: typeof ticker === "string" ? ticker.slice(0, 40) : "",
    person: typeof person === "string" ? person.slice(0, 40) : "",
    group: isAuditGroup(group) ? group : null,
  };
}

/** With its `?`; empty for all of it. */
export function formatAuditView({ ticker, person, group }: AuditView): string {
  const parameters = new URLSearchParams();
  if (ticker.trim() !== "") parameters.set("ticker", ticker.trim());
  if (person.trim() !== "") parameters.set("person", person.trim());
  if (group !== null) parameters.set("group", group);
  return parameters.size === 0 ? "" : `?${parameters.toString().replaceAll("%3A", ":")}`;
}
