import { describe, expect, test } from "vitest";
import { MUTATIONS } from "./mutations.ts";
import { firstFault } from "./schedule.ts";

/** The collector's own code on random schedules of faults, as the executable model of the design has them. */
describe("whatever fails, and in whatever order", { timeout: 60_000 }, () => {
  test("no trade enters the log behind its symbol's watermark, none is missing, and the watermark moves on", async () => {
    expect(await firstFault(2000)).toBeNull();
  });

  test.each(Object.entries(MUTATIONS))("these schedules notice when %s", async (_, mutation) => {
    expect(await firstFault(3000, mutation)).not.toBeNull();
  });
});
