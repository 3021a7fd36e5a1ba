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

const stream = (BINANCE_WEBSOCKET: string) => readConfig({ BINANCE_WEBSOCKET }).BINANCE_WEBSOCKET;

describe("the servers of a source", () => {
  test("are a list in the order of their priority", () => {
    expect(stream("wss://a.example:9443,ws://b.example/x")).toEqual(["wss://a.example:9443", "ws://b.example/x"]);
    expect(readConfig({}).BINANCE_WEBSOCKET.length).toBeGreaterThan(1);
  });

  test.each([
    ["http://a.example", "another protocol"],
    ["wss://a.example,", "nothing behind a comma"],
    ["wss://a.example, wss://b.example", "a space"],
    ["wss://a.example,wss://a.example:443/", "the same one twice"],
    ["wss://user:geheim@a.example", "a password"],
    ["wss://a.example:99999", "no address"],
    [Array.from({ length: 9 }, (_, index) => `wss://a${index}.example`).join(","), "too many"],
    ["wss://stream.binance.com:9443,wss://stream.binance.us:9443", "two markets"],
  ])("are not %s (%s)", (list) => {
    expect(() => stream(list)).toThrow(
      /BINANCE_WEBSOCKET=.* must be a comma-separated list of 1 to 8 different ws or wss/,
    );
  });

  test("that stream and those that have history are of one market", () => {
    const us = { BINANCE_WEBSOCKET: "wss://stream.binance.us:9443" };
    expect(() => readConfig(us)).toThrow(/BINANCE_REST: must be of one market/);
    expect(readConfig({ ...us, BINANCE_REST: "https://api.binance.us" }).BINANCE_REST).toHaveLength(1);
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
