import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { distributionFolder } from "#infra/engines/distributions.ts";
import type { Service } from "#infra/engines/engine.ts";
import { findJdk } from "#infra/engines/java.ts";
import { localKafka } from "#infra/engines/local-kafka.ts";
import { freePorts } from "#infra/engines/ports.ts";

export interface BrokerCluster {
  /** "Kafka", "Kafka 2", … */
  services: Service[];
  environment: { KAFKA_BROKERS: string; KAFKA_REPLICATION: string };
}

/** Several brokers, each of them a controller too; every partition is to have a replica on each. */
export async function brokerCluster(folder: string, brokers: number): Promise<BrokerCluster> {
  const jdk = findJdk();
  if (jdk === null) throw new Error("Several brokers need a JDK");
  const first = await freePorts(2 * brokers);
  const cluster = randomBytes(16).toString("base64url");
  const ports = Array.from({ length: brokers }, (_, index) => first + index);
  const controllerPorts = ports.map((port) => port + brokers);
  const services = ports.map((port, index): Service => {
    const broker = localKafka({
      folder: join(folder, `kafka-${index + 1}`),
      libraries: distributionFolder("kafka"),
      jdk,
      port,
      controllerPort: port + brokers,
      fastStart: true,
      member: { id: index + 1, cluster, controllerPorts },
    });
    return { name: index === 0 ? "Kafka" : `Kafka ${index + 1}`, start: (...args) => broker.start(...args) };
  });
  return {
    services,
    environment: {
      KAFKA_BROKERS: ports.map((port) => `127.0.0.1:${port}`).join(","),
      KAFKA_REPLICATION: String(brokers),
    },
  };
}
