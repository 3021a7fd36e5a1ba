import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test, vi } from "vitest";
import { processIdentity } from "#infra/process-identity.ts";

const FIXTURES = join(process.cwd(), "test/support/fixtures");

/** Runs the fixture worker, sends it a signal once it is ready, and says how it ended and what it wrote. */
async function run(signal: NodeJS.Signals | null, ...args: string[]): Promise<{ code: unknown; lines: string[] }> {
  const child = spawn(process.execPath, [join(FIXTURES, "worker.ts"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const collect = (line: string): void => {
    lines.push(line);
    if (line === "ready" && signal !== null) child.kill(signal);
  };
  createInterface({ input: child.stdout }).on("line", collect);
  createInterface({ input: child.stderr }).on("line", collect);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, lines: lines.filter((line) => line !== "ready") };
}

describe("a process that is asked to end", () => {
  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "by %s aborts first, then undoes last things first",
    async (signal) => {
      expect(await run(signal)).toEqual({ code: 0, lines: ["work stopped, aborted true", "connections closed"] });
    },
  );

  test("goes on after a step that takes too long, and says so", async () => {
    const { code, lines } = await run("SIGTERM", "hang");
    expect(code).toBe(1);
    expect(lines).toContain("shutdown step work: work took longer than 200 ms");
    expect(lines.at(-1)).toBe("connections closed");
  });

  test("by itself ends with the code it gave", async () => {
    expect((await run(null, "fail")).code).toBe(3);
  });

  test("by the death of its supervisor ends, too", async () => {
    const parent = spawn(process.execPath, [join(FIXTURES, "parent.ts")], { stdio: ["ignore", "pipe", "inherit"] });
    const [first] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
    const worker = Number(first);
    expect(processIdentity(worker)).not.toBeNull();
    parent.kill("SIGKILL");
    await vi.waitFor(() => expect(processIdentity(worker)).toBeNull(), { timeout: 5000 });
  });
});
