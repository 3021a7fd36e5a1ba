import { describe, expect, test, vi } from "vitest";
import type { Exit, Running, Service } from "#infra/engines/engine.ts";
import { Supervisor } from "#infra/supervisor.ts";

interface Fake extends Service {
  /** Ends the newest process. */
  die(): void;
  starts(): number;
}

/** A service whose processes are promises. */
function fakeService(name: string, log: string[]): Fake {
  const alive: PromiseWithResolvers<Exit>[] = [];
  const launch = (): Running => {
    const exit = Promise.withResolvers<Exit>();
    alive.push(exit);
    const end = (): Promise<void> => {
      log.push(`stop ${name}`);
      exit.resolve({ code: 0, signal: null });
      return exit.promise.then(() => undefined);
    };
    return { pid: 100 + alive.length, exited: exit.promise, stop: end, kill: end, lastLines: () => ["last words"] };
  };
  return {
    name,
    starts: () => alive.length,
    die: () => alive.at(-1)?.resolve({ code: 7, signal: null }),
    start: (_, launched) => {
      const running = launch();
      launched?.(running);
      return Promise.resolve(running);
    },
  };
}

/** A supervisor that does not wait before restarts, only says how long it would. */
function supervised(): {
  supervisor: Supervisor;
  log: string[];
  pauses: number[];
  recorded: Map<string, number | null>;
} {
  const log: string[] = [];
  const pauses: number[] = [];
  const recorded = new Map<string, number | null>();
  const supervisor = new Supervisor({
    say: (line) => log.push(line),
    record: (name, pid) => recorded.set(name, pid),
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { supervisor, log, pauses, recorded };
}

describe("the supervisor", () => {
  test("stops in the given order, each group when the one before is gone", async () => {
    const { supervisor, log } = supervised();
    for (const name of ["Kafka", "ingest", "web"]) await supervisor.start(fakeService(name, log));
    await supervisor.stop([["web"], ["ingest"], ["Kafka"]]);
    expect(log).toEqual(["stop web", "stop ingest", "stop Kafka"]);
  });

  test("stops also what the order does not name", async () => {
    const { supervisor, log } = supervised();
    await supervisor.start(fakeService("other", log));
    await supervisor.stop([["web"]]);
    expect(log).toEqual(["stop other"]);
  });

  test("notes which process carries a name", async () => {
    const { supervisor, log, recorded } = supervised();
    await supervisor.start(fakeService("web", log));
    expect(recorded.get("web")).toBe(101);
    await supervisor.stop([]);
    await vi.waitFor(() => expect(recorded.get("web")).toBeNull());
  });

  test("starts again what died, and shows its last lines", async () => {
    const { supervisor, log } = supervised();
    const service = fakeService("ingest", log);
    await supervisor.start(service);
    service.die();
    await vi.waitFor(() => expect(log).toContain("ingest is running again"));
    expect(log[0]).toContain("ingest ended unexpectedly (exit code 7)");
    expect(log[0]).toContain("last words");
    expect(service.starts()).toBe(2);
    await supervisor.stop([]);
  });

  test("does not start again what it stopped", async () => {
    const { supervisor, log } = supervised();
    const service = fakeService("ingest", log);
    await supervisor.start(service);
    await supervisor.stop([["ingest"]]);
    expect(log).toEqual(["stop ingest"]);
    expect(service.starts()).toBe(1);
  });

  test("waits longer after each quick death, then gives up", async () => {
    const { supervisor, log, pauses } = supervised();
    const service = fakeService("web", log);
    await supervisor.start(service);
    for (let death = 1; death <= 6; death += 1) {
      await vi.waitFor(() => expect(service.starts()).toBe(death));
      service.die();
    }
    await expect(supervisor.failed).rejects.toThrow("web ended 6 times in quick succession");
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000]);
  });
});

describe("a service that does not answer yet", () => {
  test("is killed with the others", async () => {
    const { supervisor, log } = supervised();
    const never = Promise.withResolvers<Running>();
    const service = fakeService("Kafka", log);
    const slow: Service = {
      name: "Kafka",
      start: async (signal, launched) => {
        await service.start(signal, launched);
        return never.promise;
      },
    };
    void supervisor.start(slow);
    await supervisor.kill();
    expect(log).toEqual(["stop Kafka"]);
  });

  test("and never will rejects its first start", async () => {
    const { supervisor } = supervised();
    const service: Service = { name: "Kafka", start: () => Promise.reject(new Error("no port")) };
    await expect(supervisor.start(service)).rejects.toThrow("no port");
  });
});
