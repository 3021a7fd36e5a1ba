import { expect, test } from "vitest";
import { ROLES } from "#lib/contracts/people.ts";
import { may, type Permission, PERMISSIONS, refusalWords } from "#lib/contracts/permissions.ts";

const ALL = Object.keys(PERMISSIONS) as Permission[];
const permitted = (role: Parameters<typeof may>[0]): Permission[] => ALL.filter((permission) => may(role, permission));

test("each role may what the one before it may, and more; nobody who is not signed in may anything", () => {
  expect(permitted(null)).toEqual([]);
  expect(permitted("viewer")).toEqual(["ownPassword", "keep"]);
  expect(permitted("trader")).toEqual(["ownPassword", "keep", "alerts", "alertPreview"]);
  expect(permitted("admin")).toEqual(ALL);
  for (const [at, role] of ROLES.entries()) {
    for (const stronger of ROLES.slice(at))
      expect(permitted(stronger)).toEqual(expect.arrayContaining(permitted(role)));
  }
});

test("a refusal says which role is needed, and which one has", () => {
  expect(refusalWords("tickers", { name: "bob", role: "trader" })).toBe(
    "Adding and changing tickers needs the role admin; bob has the role trader. An admin can change that.",
  );
});
