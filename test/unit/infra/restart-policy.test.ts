import { expect, test } from "vitest";
import { GIVE_UP_AFTER, nextRestart, WELL_AFTER } from "#infra/restart-policy.ts";

/** The pauses before each restart of something that dies at once, until it is given up. */
function pausesUntilGivenUp(): number[] {
  const pauses: number[] = [];
  let deaths = 0;
  for (let restart = nextRestart(deaths, 0); restart !== null; restart = nextRestart(deaths, 0)) {
    pauses.push(restart.delay);
    ({ deaths } = restart);
  }
  return pauses;
}

test("the pauses grow and then it gives up", () => {
  expect(pausesUntilGivenUp()).toEqual([500, 1000, 2000, 4000, 8000]);
});

test("what had been well for a while begins anew", () => {
  expect(nextRestart(GIVE_UP_AFTER - 1, WELL_AFTER)).toEqual({ deaths: 1, delay: 500 });
  expect(nextRestart(GIVE_UP_AFTER - 1, WELL_AFTER - 1)).toBeNull();
});
