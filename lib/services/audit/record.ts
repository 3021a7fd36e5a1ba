import { randomUUID } from "node:crypto";
import type { AuditAction, AuditEntry, AuditOutcome } from "../../contracts/audit.ts";
import { SECOND } from "../../domain/interval.ts";
import { errorCode, errorMessage, TapedeckError } from "../../errors.ts";
import { pause } from "../pause.ts";
import type { Services } from "../services.ts";
import { changedFields, type Fields } from "./changed-fields.ts";

/** Pauses before the word on a change is given again, microseconds. */
const AGAIN = [SECOND / 10, SECOND / 2] as const;
const MOST_REASON = 400;

export interface RecordedChange {
  action: AuditAction;
  symbol: string | null;
  /** Which print or which alert of the symbol; which person. */
  about?: string;
  before: Fields;
  after: Fields;
}

/** Makes a change on the record; gives what making it gives. */
export type RecordChange = <T>(change: RecordedChange, make: () => Promise<T>) => Promise<T>;

/** What a use case needs that changes something. */
export interface OnRecord {
  record: RecordChange;
}

/** Who is recorded with a change. */
export interface AuditCaller {
  /** The name of an account; null: none. */
  who: string | null;
  address: string;
}

type Needs = Pick<Services, "audit" | "auditPace" | "log" | "now">;

/**
 * Records the changes of a caller. The entry is stored first, and a change that cannot be recorded is refused: UNAVAILABLE,
 * and nothing is changed. Too many of one person are refused before: RATE_LIMITED. What became of the change is stored behind it; an entry without that word says that nobody knows.
 */
export function recordChanges(needs: Needs, caller: AuditCaller): RecordChange {
  return async (change, make) => {
    if (caller.who !== null) needs.auditPace.count(caller.who, needs.now());
    const entry = entryOf(change, needs.now(), caller);
    try {
      await needs.audit.append(entry);
    } catch (error) {
      throw new TapedeckError(
        "UNAVAILABLE",
        "The audit log cannot be written now, so nothing was changed. Try again in a moment.",
        { cause: error },
      );
    }
    let made;
    try {
      made = await make();
    } catch (error) {
      await settle(needs, entry, failureOf(error));
      throw error;
    }
    await settle(needs, entry, { state: "done", reason: null });
    return made;
  };
}

export function entryOf(
  { action, symbol, about, before, after }: RecordedChange,
  time: number,
  { who, address }: AuditCaller,
): AuditEntry {
  const changes = changedFields(before, after);
  return { id: randomUUID(), time, action, symbol, about: about ?? null, changes, who, address: address.slice(0, 64) };
}

/** What was told no is refused; who got no answer does not know. */
function failureOf(error: unknown): Pick<AuditOutcome, "state" | "reason"> {
  const isOpen = ["UNAVAILABLE", "TIMEOUT", "INTERNAL"].includes(errorCode(error));
  return { state: isOpen ? "unknown" : "refused", reason: errorMessage(error).slice(0, MOST_REASON) };
}

/** Never rejects: the change is made or refused by now, whatever the log says of it. */
async function settle(
  { audit, log, now }: Omit<Needs, "auditPace">,
  { id }: AuditEntry,
  outcome: Pick<AuditOutcome, "state" | "reason">,
): Promise<void> {
  const settled = { ...outcome, time: now() };
  for (const wait of [...AGAIN, null]) {
    try {
      return await audit.settle(id, settled);
    } catch (error) {
      // It was stored, and only the answer was lost.
      if (errorCode(error) === "CONFLICT") return;
      if (wait === null) log.error({ err: error, entry: id, outcome }, "the audit log lacks what became of a change");
      else await pause(wait, new AbortController().signal);
    }
  }
}
