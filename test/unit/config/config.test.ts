import { describe, expect, test } from "vitest";
import { allowedValues } from "#lib/config/allowed-values.ts";
import { elasticsearchUrl, kafkaBrokers, readConfig, VARIABLES } from "#lib/config/config.ts";

describe("the configuration", () => {
  test("is complete without any variable", () => {
    expect(readConfig({})).toMatchObject({ TAPEDECK_PORT: 3000, TAPEDECK_PARTITIONS: 4, KAFKA_TLS: false });
  });

  test("takes an empty variable as not set", () => {
    expect(readConfig({ TAPEDECK_PORT: "" }).TAPEDECK_PORT).toBe(3000);
  });

  test("names every wrong variable, its value and what is allowed", () => {
    const wrong = { TAPEDECK_PORT: "99999", SIMULATOR_SESSIONS: "never" };
    expect(() => readConfig(wrong)).toThrow(/TAPEDECK_PORT="99999".*must be a whole number from 1 to 65535/);
    expect(() => readConfig(wrong)).toThrow(/SIMULATOR_SESSIONS="never".*must be one of always, us/);
  });

  test("never repeats a secret", () => {
    expect(() => readConfig({ TAPEDECK_ADMIN_PASSWORD: "geheim" })).toThrow("TAPEDECK_ADMIN_PASSWORD=(hidden)");
    expect(() => readConfig({ TAPEDECK_ADMIN_PASSWORD: "geheim" })).not.toThrow("geheim");
  });

  test("takes no webhook that carries credentials, and does not repeat them", () => {
    const url = "https://user:geheim@hooks.example/";
    expect(() => readConfig({ TAPEDECK_ALERT_WEBHOOK: url })).toThrow(
      /TAPEDECK_ALERT_WEBHOOK=\(hidden\).*without user and password/,
    );
    expect(() => readConfig({ TAPEDECK_ALERT_WEBHOOK: url })).not.toThrow("geheim");
    expect(readConfig({ TAPEDECK_ALERT_WEBHOOK: "https://hooks.example/x" }).TAPEDECK_ALERT_WEBHOOK).toContain("/x");
  });

  test("finds the local engines where none are given", () => {
    expect(kafkaBrokers(readConfig({ LOCAL_KAFKA_PORT: "7" }))).toEqual(["127.0.0.1:7"]);
    expect(kafkaBrokers(readConfig({ KAFKA_BROKERS: "a:1,b:2" }))).toEqual(["a:1", "b:2"]);
    expect(elasticsearchUrl(readConfig({ LOCAL_ELASTICSEARCH_PORT: "8" }))).toBe("http://127.0.0.1:8");
    expect(elasticsearchUrl(readConfig({ ELASTICSEARCH_URL: "https://es:9200" }))).toBe("https://es:9200");
  });
});

describe("allowed values in words", () => {
  test.each([
    ["TAPEDECK_PORT", "a whole number from 1 to 65535"],
    ["SIMULATOR_RATE", "a number from 0.01 to 100000"],
    ["TAPEDECK_EMISSION", "record or a whole number from 10 to 10000"],
    ["KAFKA_TLS", "one of true, false"],
    ["KAFKA_BROKERS", "host:port, comma-separated"],
    ["ELASTICSEARCH_URL", "a URL"],
    ["TAPEDECK_ADMIN_PASSWORD", "a text of at least 8 characters"],
  ] as const)("%s: %s", (name, words) => {
    expect(allowedValues(VARIABLES[name].schema)).toBe(words);
  });
});
