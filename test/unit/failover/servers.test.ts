import { array, assert, constantFrom, integer, option, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterFailure,
  afterProbe,
  afterService,
  firstChoice,
  GOOD_SERVICE,
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
});

describe("of servers that failed, the next", () => {
  test("is one that was not tried in this outage, even when the pauses of the others are over", () => {
    let servers = afterFailure(untried(3), 0, failure("silent", MINUTE, HOUR));
    servers = afterFailure(servers, 1, failure("silent", 2 * MINUTE, 0));
    expect(nextServer(servers, 2 * MINUTE, null)).toEqual({ place: 2, at: 2 * MINUTE });
  });

  test("is the one that closed its connection as usual, not a better one that fails whenever it is tried", () => {
    let servers = afterFailure(untried(2), 0, failure("silent", 0, HOUR));
    for (let time = MINUTE; time <= HOUR; time += MINUTE) {
      servers = afterFailure(servers, 0, failure("silent", time));
    }
    servers = afterFailure(servers, 1, failure("closed", 2 * HOUR, 2 * HOUR));
    expect(nextServer(servers, 2 * HOUR, null)).toEqual({ place: 1, at: 2 * HOUR });
  });

  test("is last one that failed and has not worked for long enough since, the one with the fewest failures before others", () => {
    let servers = afterFailure(untried(4), 0, failure("silent", 0, HOUR));
    servers = afterFailure(afterFailure(servers, 1, failure("closed", 0)), 1, failure("closed", SECOND));
    servers = afterFailure(afterProbe(servers, 0, MINUTE), 2, failure("silent", MINUTE, MINUTE / 2));
    const order: number[] = [];
    for (let time = MINUTE; order.length < 3; time += MINUTE / 4) {
      const { place } = nextServer(servers, time, null);
      order.push(place);
      servers = afterFailure(servers, place, failure("silent", time, 0));
    }
    expect(order).toEqual([3, 0, 1]);
  });

  test("is the one that was left well for a better one, when that fails", () => {
    let servers = [0, 1, 2, 1].reduce(
      (known, place) => afterFailure(known, place, failure("silent", 0, 0)),
      untried(3),
    );
    servers = afterService(afterProbe(servers, 0, MINUTE), 1);
    servers = afterFailure(servers, 0, failure("silent", HOUR, 0));
    expect(nextServer(servers, HOUR, null)).toEqual({ place: 1, at: HOUR });
  });

  test("stays the one that serves when its connection is renewed, but for the first better one that is proven", () => {
    let servers = afterFailure(untried(3), 0, failure("closed", 0));
    servers = afterFailure(servers, 1, failure("closed", 0));
    expect(nextServer(servers, HOUR, 2).place).toBe(2);
    const proven = afterProbe(servers, 1, HOUR - MINUTE);
    expect(nextServer(proven, HOUR - 1, 2).place).toBe(2);
    expect(nextServer(proven, HOUR, 2).place).toBe(1);
    expect(nextServer(afterProbe(proven, 0, HOUR), HOUR, 2).place).toBe(1);
    expect(nextServer(afterProbe(servers, 2, 0), HOUR, 1).place).toBe(1);
  });
});

describe("one request", () => {
  test("asks each server once, none that is known to be bad, and then no more", () => {
    let servers = untried(3);
    expect(firstChoice(servers, 0, new Set([0]))).toBe(1);
    servers = afterFailure(servers, 1, failure("country", 0));
    expect(firstChoice(servers, MINUTE, new Set([0]))).toBe(2);
    expect(firstChoice(servers, MINUTE, new Set([0, 2]))).toBeNull();
    expect(firstChoice(servers, HOUR, new Set([0, 2]))).toBe(1);
  });
});

describe("a better server", () => {
  test.each([
    ["soon after it came back", SECOND],
    ["to serve at all when it was gone back to", 0],
  ])("has to work for longer each time that it fails %s", (_, served) => {
    let servers = untried(2);
    let time = 0;
    const proofs = [1, 2, 3, 4, 5, 6, 7].map((relapse) => {
      servers = afterFailure(servers, 0, failure("closed", time, relapse === 1 ? null : served));
      servers = afterProbe(servers, 0, time);
      const steady = [1, 2, 4, 8, 16, 32].find((minutes) => isProven(servers, time + minutes * MINUTE, 1));
      time += HOUR;
      return (steady ?? 0) * MINUTE;
    });
    expect(proofs).toEqual([1, 2, 4, 8, 16, 16, 16].map((minutes) => minutes * MINUTE));
    expect(Math.max(...proofs)).toBe(STEADY.most);
  });

  test("that was down all the time, or fails while it is only tried, has not come back in vain", () => {
    let servers = afterFailure(untried(2), 0, failure("silent", 0, 0));
    servers = afterProbe(afterFailure(servers, 0, failure("silent", MINUTE, 0)), 0, 2 * MINUTE);
    servers = afterProbe(afterFailure(servers, 0, failure("silent", 3 * MINUTE)), 0, 4 * MINUTE);
    expect(isProven(servers, 5 * MINUTE, 1)).toBe(true);
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
  /** The server that is being connected to, and when it is given up. */
  #attempt: { place: number; until: Micros } | null = null;
  /** How often each failed to serve since one served well. */
  #tries: number[] = Array.from({ length: COUNT }, () => 0);
  readonly complaints: string[] = [];

  run({ troubles, length }: Step, random: () => number): void {
    for (const end = this.time + length; this.time < end; this.time += SECOND) {
      this.#serve(troubles, random());
      this.#connect(troubles, random);
      this.#seek(troubles, random());
    }
  }

  #serve(troubles: Step["troubles"], random: number): void {
    const trouble = this.serving === null ? null : (troubles[this.serving] ?? null);
    if (this.serving === null || trouble === null) return;
    const served = this.time - this.#since;
    if (served >= GOOD_SERVICE) this.#tries.fill(0);
    if (trouble !== "closed" || served < 10 * MINUTE) this.#count(this.serving);
    this.#fail(this.serving, trouble, served, random);
    this.serving = null;
  }

  #count(place: number): void {
    this.#tries[place] = (this.#tries[place] ?? 0) + 1;
  }

  #fail(place: number, trouble: Trouble, served: Micros | null, random: number): void {
    this.servers = afterFailure(this.servers, place, { trouble, time: this.time, served, random });
  }

  /** Nobody knows at once that a server does not answer: it takes 10 to 60 s. */
  #connect(troubles: Step["troubles"], random: () => number): void {
    if (this.serving !== null) return;
    this.#attempt ??= this.#begin(random());
    if (!this.#attempt) return;
    const { place, until } = this.#attempt;
    const trouble = troubles[place] ?? null;
    if (trouble === null) {
      [this.serving, this.#since, this.#attempt] = [place, this.time, null];
    } else if (until <= this.time) {
      this.#count(place);
      this.#fail(place, trouble, 0, random());
      this.#attempt = this.#begin(random());
    }
  }

  #begin(random: number): { place: number; until: Micros } | null {
    const { place, at } = nextServer(this.servers, this.time, null);
    const ready = this.servers.flatMap(({ retryAt }, index) => (retryAt <= this.time ? [index] : []));
    if (at > this.time) {
      if (ready.length > 0) this.complaints.push("waits without need");
      return null;
    }
    const tries = (index: number): number => this.#tries[index] ?? 0;
    if (ready.some((index) => tries(index) < tries(place))) this.complaints.push("tries one again before another");
    return { place, until: this.time + (10 + 50 * random) * SECOND };
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
    const { place } = nextServer(this.servers, time, serving);
    if (place > serving) this.complaints.push("leaves a healthy server for a worse one");
    if (place < serving !== isProven(this.servers, time, serving))
      this.complaints.push("goes to one that is not proven");
    if (place === serving) return;
    this.servers = afterService(this.servers, serving);
    this.#tries[serving] = 0;
    [this.serving, this.#since] = [place, time];
  }
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

describe("whatever servers do", () => {
  const lives = record({ steps: array(stepOf, { maxLength: 25 }), seed: integer() });
  test("nobody waits while one may be tried, none is tried again before the others, and no healthy one is left for a worse one", () => {
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
