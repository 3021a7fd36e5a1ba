import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LOCK_FILE, lockDataFolder } from "#infra/data-lock.ts";
import { parentOf, processIdentity, startTicks } from "#infra/process-identity.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";

describe("the lock of the data folder", () => {
  let folder = "";
  let said: string[] = [];
  const lock = (): ReturnType<typeof lockDataFolder> => lockDataFolder(folder, (line) => said.push(line));
  beforeEach(() => {
    folder = scratchFolder();
    said = [];
  });
  afterEach(() => removeFolder(folder));

  test("refuses a second start and names the first", async () => {
    await lock();
    await expect(lock()).rejects.toThrow(`Another Tapedeck (process ${process.pid})`);
  });

  test("is free again after the release", async () => {
    (await lock()).release();
    expect(existsSync(join(folder, LOCK_FILE))).toBe(false);
    await expect(lock()).resolves.toBeDefined();
  });

  test("of a process that is gone is taken over, also when its number was given to another", async () => {
    const stale = { owner: { pid: process.pid, identity: "an earlier life" }, children: {} };
    writeFileSync(join(folder, LOCK_FILE), JSON.stringify(stale));
    await expect(lock()).resolves.toBeDefined();
  });

  test("that was cut short while it was written is taken over", async () => {
    writeFileSync(join(folder, LOCK_FILE), '{"owner":{"pi');
    await expect(lock()).resolves.toBeDefined();
  });

  test("stops what a killed start left behind", async () => {
    const left = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true });
    const exited = new Promise((resolve) => left.on("exit", resolve));
    const pid = left.pid ?? 0;
    const children = { Kafka: { pid, identity: processIdentity(pid) } };
    writeFileSync(join(folder, LOCK_FILE), JSON.stringify({ owner: { pid: 1, identity: "gone" }, children }));
    await lock();
    await exited;
    expect(said).toEqual([`stopping Kafka (process ${pid}), left behind by a start that was killed`]);
  });

  test("notes its children", async () => {
    const held = await lock();
    held.record("Kafka", process.pid);
    expect(readFileSync(join(folder, LOCK_FILE), "utf8")).toContain('"children":{"Kafka":{"pid":');
    held.record("Kafka", null);
    expect(readFileSync(join(folder, LOCK_FILE), "utf8")).toContain('"children":{}');
  });
});

describe("the identity of a process", () => {
  test("is the moment it started, whatever its name", () => {
    const fields = Array.from({ length: 40 }, (_, index) => String(index + 4)).join(" ");
    expect(startTicks(`77 (a ) (b) S ${fields}`)).toBe("22");
    expect(startTicks(`77 (a ) (b) Z ${fields}`)).toBeNull();
  });

  test("has a parent, where the system says so", () => {
    expect([process.ppid, null]).toContain(parentOf(process.pid));
    expect(parentOf(2 ** 22 + 1)).toBeNull();
  });

  test("stays the same and is null for none", () => {
    expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
    expect(processIdentity(2 ** 22 + 1)).toBeNull();
  });
});
