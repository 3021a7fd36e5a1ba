import { array, assert, constantFrom, integer, option, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterFailure,
  afterProbe,
  isProven,
  nextServer,
  pauseAfter,
  PROBE_EVERY,
  RETURN_WITHIN,
  STEADY,
  TROUBLES,
  untried,
  worthAProbe,
  type ServerState,
  type Trouble,
} from "#lib/domain/failover/servers.ts";
import { HOUR, MINUTE, SECOND, type Micros } from "#lib/domain/interval.ts";

const failure = (trouble: Trouble, time: Micros, served: Micros | null = null) => ({
  trouble,
  time,
  served,
  random: 0,
});

describe("the pause of a server that failed", () => {
  test("doubles up to half a minute, at random in its upper half", () => {
    expect([1, 2, 3, 20].map((failures) => pauseAfter("unreachable", failures, 0))).toEqual([
      250_000, 500_000, 1_000_000, 15_000_000,
    ]);
    expect(pauseAfter("silent", 20, 0.999)).toBeLessThanOrEqual(30 * SECOND);
  });

  test("is longer where it does not want us, and longest where it refuses the country", () => {
    expect(pauseAfter("limited", 1, 0)).toBe(30 * SECOND);
    expect(pauseAfter("refused", 1, 0)).toBe(30 * SECOND);
    expect(pauseAfter("country", 1, 0)).toBe(5 * MINUTE);
    expect(pauseAfter("country", 20, 1)).toBe(HOUR);
  });
});

describe("the next server", () => {
  test("is the first that is not known to be bad, else the first that may be tried again", () => {
    let servers = untried(3);
    expect(nextServer(servers, 0, null)).toEqual({ place: 0, at: 0 });
    servers = afterFailure(servers, 0, failure("country", 0));
    expect(nextServer(servers, 0, null)).toEqual({ place: 1, at: 0 });
    servers = afterFailure(afterFailure(servers, 1, failure("refused", 0)), 2, failure("closed", 0));
    expect(nextServer(servers, 0, null)).toEqual({ place: 2, at: 250_000 });
  });

  test("is the same again when it closed the connection after a long time, as servers do once a day", () => {
    const servers = afterFailure(untried(2), 0, failure("closed", HOUR, HOUR));
    expect(nextServer(servers, HOUR, null)).toEqual({ place: 0, at: HOUR });
    const silent = afterFailure(untried(2), 0, failure("silent", HOUR, HOUR));
    expect(nextServer(silent, HOUR, null).place).toBe(1);
  });

  test("is none for a while where the source wants to be asked less, whichever server it said it at", () => {
    const servers = afterFailure(untried(3), 1, failure("limited", 0));
    expect(nextServer(servers, 0, null).at).toBe(30 * SECOND);
  });

  test("stays the one that serves when its connection is renewed, but for a better one that works", () => {
    let servers = afterFailure(untried(3), 0, failure("closed", 0));
    servers = afterFailure(servers, 1, failure("closed", 0));
    expect(nextServer(servers, HOUR, 2).place).toBe(2);
    expect(nextServer(afterProbe(servers, 1, HOUR), HOUR, 2).place).toBe(1);
    expect(nextServer(afterProbe(servers, 2, HOUR), HOUR, 1).place).toBe(1);
  });
});

describe("a better server", () => {
  test("has to work for longer each time that it fails soon after it came back", () => {
    let servers = untried(2);
    let time = 0;
    const proofs = [1, 2, 3, 4, 5, 6, 7].map((relapse) => {
      servers = afterFailure(servers, 0, failure("closed", time, relapse === 1 ? null : SECOND));
      servers = afterProbe(servers, 0, time);
      const steady = [1, 2, 4, 8, 16, 32].find((minutes) => isProven(servers, time + minutes * MINUTE, 1));
      time += HOUR;
      return (steady ?? 0) * MINUTE;
    });
    expect(proofs).toEqual([1, 2, 4, 8, 16, 16, 16].map((minutes) => minutes * MINUTE));
    expect(Math.max(...proofs)).toBe(STEADY.most);
  });

  test("is not tried while it is known to be bad", () => {
    const servers = afterFailure(untried(2), 0, failure("country", 0));
    expect(worthAProbe(servers, MINUTE, 1)).toEqual([]);
    expect(worthAProbe(servers, HOUR, 1)).toEqual([0]);
  });
});

interface Step {
  /** Which servers work during this step, and what is wrong with those that do not. */
  troubles: (Trouble | null)[];
  length: Micros;
}

const COUNT = 3;
const stepOf = record({
  troubles: array(option(constantFrom(...TROUBLES), { freq: 2 }), { minLength: COUNT, maxLength: COUNT }),
  length: integer({ min: 1, max: 40 }).map((seconds) => seconds * 17 * SECOND),
});

/** A collector second by second, by the rules alone: connects, is told of failures, tries better servers beside. */
class Life {
  servers: readonly ServerState[] = untried(COUNT);
  serving: number | null = null;
  time: Micros = 0;
  #since: Micros = 0;
  #probed: Micros = 0;
  readonly complaints: string[] = [];

  run({ troubles, length }: Step, random: () => number): void {
    for (const end = this.time + length; this.time < end; this.time += SECOND) {
      this.#serve(troubles, random());
      this.#connect(troubles, random());
      this.#seek(troubles, random());
    }
  }

  #serve(troubles: Step["troubles"], random: number): void {
    const trouble = this.serving === null ? null : (troubles[this.serving] ?? null);
    if (this.serving === null || trouble === null) return;
    this.#fail(this.serving, trouble, this.time - this.#since, random);
    this.serving = null;
  }

  #fail(place: number, trouble: Trouble, served: Micros | null, random: number): void {
    this.servers = afterFailure(this.servers, place, { trouble, time: this.time, served, random });
  }

  #connect(troubles: Step["troubles"], random: number): void {
    for (let tries = 0; this.serving === null && tries <= COUNT; tries += 1) {
      const { place, at } = nextServer(this.servers, this.time, null);
      if (at > this.time) {
        if (this.servers.some(({ retryAt }) => retryAt <= this.time)) this.complaints.push("waits without need");
        return;
      }
      if (this.servers.slice(0, place).some(({ retryAt }) => retryAt <= this.time))
        this.complaints.push("passes one over");
      const trouble = troubles[place] ?? null;
      if (trouble === null) [this.serving, this.#since] = [place, this.time];
      else this.#fail(place, trouble, null, random);
    }
  }

  #seek(troubles: Step["troubles"], random: number): void {
    const { serving, time } = this;
    if (serving === null || time - this.#probed < PROBE_EVERY) return;
    this.#probed = time;
    for (const place of worthAProbe(this.servers, time, serving)) {
      const trouble = troubles[place] ?? null;
      if (trouble === null) this.servers = afterProbe(this.servers, place, time);
      else this.#fail(place, trouble, null, random);
    }
    if (!isProven(this.servers, time, serving)) return;
    const { place } = nextServer(this.servers, time, serving);
    if (place >= serving) this.complaints.push("leaves a healthy server for a worse one");
    [this.serving, this.#since] = [place, time];
  }
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

describe("whatever servers do", () => {
  const lives = record({ steps: array(stepOf, { maxLength: 25 }), seed: integer() });
  test("nobody waits while one is not known to be bad, and no healthy one is left for a worse one", () => {
    assert(
      property(lives, ({ steps, seed }) => {
        const life = new Life();
        const random = randomOf(seed);
        for (const step of steps) life.run(step, random);
        expect(life.complaints).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("the best one serves again within the stated time of its working for good", () => {
    assert(
      property(lives, ({ steps, seed }) => {
        const life = new Life();
        const random = randomOf(seed);
        for (const step of steps) life.run(step, random);
        life.run({ troubles: [null, null, null], length: RETURN_WITHIN }, random);
        expect(life.serving).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("one that always fails soon after it came back is tried ever more seldom", () => {
    const life = new Life();
    let returns = 0;
    for (let second = 0; second < 4 * 3_600; second += 1) {
      const before = life.serving;
      // It works while it is tried, and closes the connection as soon as it serves.
      const troubles = [life.serving === 0 ? ("closed" as const) : null, null, null];
      life.run({ troubles, length: SECOND }, () => 0.5);
      if (before !== 0 && life.serving === 0) returns += 1;
    }
    expect(returns).toBeGreaterThan(3);
    expect(returns).toBeLessThan(25);
  });
});
