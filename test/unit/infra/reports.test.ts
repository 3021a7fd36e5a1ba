import { describe, expect, test } from "vitest";
import { countReport, sum, summary } from "#test/support/run/reports.ts";

const vitest = (passed: number, failed: number, results: unknown[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: results,
  });

describe("what a part amounts to", () => {
  test("is what its report says", () => {
    expect(countReport("vitest", vitest(7, 2), false)).toEqual({ passed: 7, failed: 2, skipped: 1 });
  });

  test("counts a file that could not be loaded as a failure", () => {
    const results = [{ status: "failed", assertionResults: [] }];
    expect(countReport("vitest", vitest(7, 0, results), false).failed).toBe(1);
  });

  test("is never clean when the command failed", () => {
    expect(countReport("vitest", vitest(7, 0), false).failed).toBe(1);
    expect(countReport("vitest", null, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countReport("playwright", "{", true).failed).toBe(1);
  });

  test("takes a test that passed only on another try as a failure", () => {
    const report = JSON.stringify({ errors: [], stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } });
    expect(countReport("playwright", report, true)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });
});

test("the closing line names skipped tests only where there are any", () => {
  const one = { passed: 2, failed: 1, skipped: 0 };
  expect(summary(one)).toBe("2 passed, 1 failed");
  expect(summary(sum([one, { passed: 1, failed: 0, skipped: 4 }]))).toBe("3 passed, 1 failed, 4 skipped");
});
