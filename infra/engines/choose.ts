import { TapedeckError } from "#lib/errors.ts";
import { MINIMUM_JAVA } from "./java.ts";

export type Way = "external" | "local" | "docker";

export interface Found {
  jdk: boolean;
  /** Maven, or everything it would fetch is here already. */
  distributions: boolean;
  docker: boolean;
}

/** How an engine is provided; the first that is possible, null when none is. */
export function chooseWay(given: boolean, found: Found): Way | null {
  if (given) return "external";
  if (found.jdk && found.distributions) return "local";
  return found.docker ? "docker" : null;
}

const INSTALL: Partial<Record<NodeJS.Platform, { jdk: string; maven: string }>> = {
  darwin: { jdk: "brew install openjdk@21", maven: "brew install maven" },
  linux: {
    jdk: "apt-get install openjdk-21-jdk-headless (or your system's package, or https://adoptium.net)",
    maven: "apt-get install maven",
  },
};

/** What is said when neither engine server is given nor one can be started here. */
export function nothingFound(found: Found, platform: NodeJS.Platform): TapedeckError {
  const install = INSTALL[platform] ?? { jdk: "https://adoptium.net", maven: "https://maven.apache.org/install.html" };
  const missing = [
    ...(found.jdk ? [] : [`     JDK ${MINIMUM_JAVA} or newer is missing: ${install.jdk}`]),
    ...(found.distributions ? [] : [`     Maven is missing: ${install.maven}`]),
  ];
  return new TapedeckError(
    "BAD_CONFIGURATION",
    [
      "Tapedeck needs Kafka and Elasticsearch. There are three ways; one is enough:",
      "  1. servers that run already: KAFKA_BROKERS=host:9092 ELASTICSEARCH_URL=http://host:9200 npm start",
      `  2. a JDK ${MINIMUM_JAVA} or newer and Maven: Tapedeck fetches and runs both by itself`,
      ...missing,
      "  3. a Docker daemon with the compose plugin: none answers; start it, or see https://docs.docker.com/get-docker",
    ].join("\n"),
  );
}
