import { inject } from "vitest";
import { readConfig, type Config } from "#lib/config/config.ts";
import { uniqueNamespace } from "./namespace.ts";

/**
 * For integration tests: the environment that reaches the engines which all of them share, in a namespace of the caller's
 * own. A test that kills an engine starts its own, see test-engines.ts.
 */
export function engineEnvironment(namespace = uniqueNamespace()): Record<string, string> {
  return { ...inject("engines"), TAPEDECK_NAMESPACE: namespace };
}

/** The same, read as a configuration, with what the test wants otherwise. */
export function engineConfig(overrides: Readonly<Record<string, string>> = {}): Config {
  return readConfig({ ...engineEnvironment(), ...overrides });
}
