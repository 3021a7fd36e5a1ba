import { z } from "zod";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    NONE,
  );
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** A file that could not even be loaded holds no test and still failed. */
function vitestCounts(report: z.infer<typeof vitestReport>): Counts {
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const playwrightReport = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** A flaky test failed once: it is not one that passed. */
function playwrightCounts({ errors, stats }: z.infer<typeof playwrightReport>): Counts {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * What a part's report (its text, null when there is none) and success amount to. Whatever ends without success counts as
 * at least one failure, also when its report knows of none or cannot be read.
 */
export function countReport(kind: "vitest" | "playwright", text: string | null, succeeded: boolean): Counts {
  const counts = readReport(kind, text);
  if (counts === null) return { ...NONE, failed: 1 };
  return succeeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function readReport(kind: "vitest" | "playwright", text: string | null): Counts | null {
  if (text === null) return null;
  try {
    const report: unknown = JSON.parse(text);
    return kind === "vitest"
      ? vitestCounts(vitestReport.parse(report))
      : playwrightCounts(playwrightReport.parse(report));
  } catch {
    return null;
  }
}

/** The closing line. */
export function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
