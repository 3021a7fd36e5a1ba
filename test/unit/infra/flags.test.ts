import { describe, expect, test } from "vitest";
import { VARIABLES } from "#lib/config/config.ts";
import { FLAGS, flagOf, helpText, parseArguments } from "#infra/flags.ts";

describe("flags", () => {
  test("set variables, with a space or an equals sign", () => {
    expect(parseArguments(["--port", "3100", "--rate=2.5", "--kafka-brokers", "a:1,b:2"])).toEqual({
      help: false,
      environment: { TAPEDECK_PORT: "3100", SIMULATOR_RATE: "2.5", KAFKA_BROKERS: "a:1,b:2" },
    });
  });

  test("belong to one variable each", () => {
    const withFlag = Object.keys(VARIABLES).filter((name) => flagOf(name) !== null);
    expect(FLAGS.size).toBe(withFlag.length);
  });

  test("do not exist for secrets", () => {
    expect([...FLAGS.values()].filter((name) => /PASSWORD|API_KEY/.test(name))).toEqual([]);
    expect(() => parseArguments(["--admin-password", "hunter22"])).toThrow("Unknown flag --admin-password");
  });

  test("that are unknown are errors which name the nearest", () => {
    expect(() => parseArguments(["--prot", "3100"])).toThrow("Unknown flag --prot. Was --port meant?");
    expect(() => parseArguments(["3100"])).toThrow("Unknown flag 3100.");
  });

  test("without a value are errors that name the allowed ones", () => {
    expect(() => parseArguments(["--port"])).toThrow("--port needs a value: a whole number from 1 to 65535");
    expect(() => parseArguments(["--sessions", "--port", "1"])).toThrow("--sessions needs a value: one of always, us");
  });
});

describe("the help", () => {
  test("names every variable, its flag, default and allowed values", () => {
    const help = helpText();
    for (const [name, { help: meaning }] of Object.entries(VARIABLES)) {
      expect(help).toContain(`${name}\n      ${meaning}\n`);
    }
    expect(help).toContain("--port, TAPEDECK_PORT");
    expect(help).toContain("a whole number from 1 to 65535; default: 3000");
  });

  test("is asked for by --help beside any other flag", () => {
    expect(parseArguments(["--port", "1", "--help"]).help).toBe(true);
  });
});
