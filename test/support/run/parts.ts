import { isBuilt } from "#infra/build.ts";

/** How a part says how many tests passed: one for the whole command, or by a report in JSON. */
export type Counting = "command" | "vitest" | "playwright";

export interface Part {
  name: string;
  counting: Counting;
  /** Run one after the other while each succeeds; the reporter's options are added to the last. */
  commands: readonly (readonly string[])[];
  /** Milliseconds after which it counts as failed. */
  within: number;
  /** What it finds in its environment besides. */
  environment?: () => Record<string, string>;
}

const MINUTE = 60_000;

function vitest(name: string, minutes: number): Part {
  const command = ["vitest", "run", "--project", name, "--passWithNoTests"];
  return { name, counting: "vitest", commands: [command], within: minutes * MINUTE };
}

/** Everything that `npm test` runs. Stages follow each other; the lanes of a stage run side by side. */
export const STAGES: readonly (readonly (readonly Part[])[])[] = [
  [
    [
      {
        name: "types",
        counting: "command",
        commands: [
          ["next", "typegen"],
          ["tsc", "--noEmit"],
        ],
        within: 3 * MINUTE,
      },
      { name: "lint", counting: "command", commands: [["oxlint"]], within: 2 * MINUTE },
      { name: "format", counting: "command", commands: [["oxfmt", "--check"]], within: MINUTE },
    ],
    [vitest("architecture", 1), vitest("unit", 2)],
  ],
  [[vitest("simulation", 10), vitest("chaos", 7)], [vitest("integration", 11)]],
  [
    [
      {
        name: "e2e",
        counting: "playwright",
        commands: [["playwright", "test", "--pass-with-no-tests"]],
        within: 15 * MINUTE,
        // A running `npm start` serves from .next: what is built anew for a test lies elsewhere.
        environment: () => ({ TAPEDECK_BUILD: isBuilt(".next") ? ".next" : ".next-test" }),
      },
    ],
  ],
];

export const PART_NAMES: readonly string[] = STAGES.flat(2).map(({ name }) => name);

/** The same stages with only the named parts; all of them without names. Unknown names are the caller's to refuse. */
export function selectStages(names: readonly string[]): readonly (readonly (readonly Part[])[])[] {
  if (names.length === 0) return STAGES;
  const chosen = (lane: readonly Part[]): Part[] => lane.filter(({ name }) => names.includes(name));
  return STAGES.map((stage) => stage.map(chosen).filter((lane) => lane.length > 0)).filter((stage) => stage.length > 0);
}
