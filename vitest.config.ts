import { defineConfig } from "vitest/config";

const ENGINES = { testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 };

export default defineConfig({
  test: {
    environment: "node",
    pool: "forks",
    projects: [
      // One process for many files: no test may leave anything behind anyway, and starting is half of the time.
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}"],
          isolate: false,
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: "simulation", include: ["test/simulation/**/*.test.ts"], testTimeout: 600_000, maxWorkers: 2 },
      },
      { extends: true, test: { name: "chaos", include: ["test/chaos/**/*.test.ts"], testTimeout: 400_000 } },
      { extends: true, test: { name: "architecture", include: ["test/architecture/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: ["test/support/global-setup.ts"],
          ...ENGINES,
        },
      },
    ],
  },
});
