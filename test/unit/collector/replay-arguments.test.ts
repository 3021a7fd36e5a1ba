import { describe, expect, test } from "vitest";
import { parseReplayArguments } from "#lib/collector/replay/arguments.ts";

describe("the arguments of a replay", () => {
  test("are read with both spellings", () => {
    expect(
      parseReplayArguments([
        "--format=csv",
        "--speed",
        "max",
        "--exchange",
        "OLD",
        "--calendar",
        "us-equities",
        "--profile=us-equities-cta",
        "--strict",
        "--wait",
        "a",
        "b",
      ]),
    ).toEqual({
      format: "csv",
      speed: Infinity,
      exchange: "OLD",
      calendar: "us-equities",
      profile: "us-equities-cta",
      strict: true,
      wait: true,
      files: ["a", "b"],
    });
    expect(parseReplayArguments(["a", "--help"])).toBeNull();
  });

  test.each([
    [["--format", "csv", "--calendar", "mars", "a"], "--calendar mars is not known: it is one of utc, us-equities"],
    [["--format", "csv", "--profile", "mars", "a"], "--profile mars is not known: it is one of all, us-equities"],
    [["a"], "--format is missing: it is one of binance, coinbase, ndjson, csv"],
    [["--format", "xml", "a"], "it is one of binance, coinbase, ndjson, csv"],
    [["--format", "csv"], "at least one file"],
    [["--format", "csv", "--speed", "fast", "a"], "max or a number from 0.1 to 100000"],
    [["--format", "csv", "--exchange", "tape", "a"], "capital letters"],
    [["--format", "csv", "--wiat", "a"], "Unknown flag --wiat: there are --format"],
    [["--format", "csv", "--wait=yes", "a"], "takes no value"],
    [["--format", "--wait", "a"], "needs a value"],
  ])("%j are wrong: %s", (given, message) => {
    expect(() => parseReplayArguments(given)).toThrow(message);
  });
});
