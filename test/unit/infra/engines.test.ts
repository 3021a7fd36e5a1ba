import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chooseWay, nothingFound } from "#infra/engines/choose.ts";
import {
  ELASTICSEARCH_SHA256,
  ELASTICSEARCH_VERSION,
  KAFKA_VERSION,
  verifyJars,
  verifySha256,
} from "#infra/engines/distributions.ts";
import { brokersInAnswer, metadataRequest } from "#infra/engines/kafka-probe.ts";
import { elasticsearchYml } from "#infra/engines/local-elasticsearch.ts";
import { serverProperties } from "#infra/engines/local-kafka.ts";
import { portInUse } from "#infra/engines/ports.ts";
import { passCapability } from "#infra/engines/reachable.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";

const nothing = { jdk: false, distributions: false, docker: false };

describe("the way to an engine", () => {
  test("is the first that is possible", () => {
    const everything = { jdk: true, distributions: true, docker: true };
    expect(chooseWay(true, everything)).toBe("external");
    expect(chooseWay(false, everything)).toBe("local");
    expect(chooseWay(false, { ...everything, jdk: false })).toBe("docker");
    expect(chooseWay(false, { ...everything, distributions: false })).toBe("docker");
    expect(chooseWay(false, { ...nothing, jdk: true })).toBeNull();
  });

  test("where there is none, names all three and how to install what is missing", () => {
    const { message } = nothingFound({ ...nothing, jdk: true }, "linux");
    expect(message).toContain("KAFKA_BROKERS=");
    expect(message).toContain("ELASTICSEARCH_URL=");
    expect(message).toContain("apt-get install maven");
    expect(message).toContain("Docker");
    expect(message).not.toContain("JDK 21 or newer is missing");
    expect(nothingFound(nothing, "darwin").message).toContain("brew install openjdk@21");
  });
});

describe("the distributions", () => {
  test("have the same versions here, in the pom and in the compose file", () => {
    const pom = readFileSync("infra/pom.xml", "utf8");
    const compose = readFileSync("infra/compose.yaml", "utf8");
    expect(pom).toContain(`<kafka.version>${KAFKA_VERSION}</kafka.version>`);
    expect(pom).toContain(`<elasticsearch.version>${ELASTICSEARCH_VERSION}</elasticsearch.version>`);
    expect(compose).toContain(`\${KAFKA_VERSION:-${KAFKA_VERSION}}`);
    expect(compose).toContain(`\${ELASTICSEARCH_VERSION:-${ELASTICSEARCH_VERSION}}`);
  });

  test("are refused when they are not the pinned bytes", async () => {
    await expect(verifySha256("infra/pom.xml", ELASTICSEARCH_SHA256)).rejects.toThrow("not the pinned");
    const folder = scratchFolder();
    try {
      writeFileSync(join(folder, "a.jar"), "one");
      writeFileSync(join(folder, "b.jar"), "two");
      writeFileSync(join(folder, "readme.txt"), "");
      // printf one > a.jar; printf two > b.jar; sha256sum *.jar | sha256sum
      await verifyJars(folder, "3d1fa88bd54008b73ab8d05c3bfd80a4c5408470b5e91ef21741f72f89d5df9d");
      writeFileSync(join(folder, "b.jar"), "twp");
      await expect(
        verifyJars(folder, "3d1fa88bd54008b73ab8d05c3bfd80a4c5408470b5e91ef21741f72f89d5df9d"),
      ).rejects.toThrow("2 jars");
    } finally {
      removeFolder(folder);
    }
  });
});

describe("the probe of the broker", () => {
  test("is one framed request", () => {
    const request = metadataRequest();
    expect(request.readInt32BE(0)).toBe(request.length - 4);
  });

  test("waits for the whole count", () => {
    const answer = Buffer.alloc(16);
    answer.writeInt32BE(1, 12);
    expect(brokersInAnswer(answer.subarray(0, 15))).toBeNull();
    expect(brokersInAnswer(answer)).toBe(1);
  });
});

test("nobody passes closed folders by the least capability there is", () => {
  expect(passCapability("CapInh:\t0\nCapEff:\t000001ffffffffff\n")).toBe("dac_read_search");
  expect(passCapability("CapEff:\t00000000a80425fb\n")).toBe("dac_override");
  expect(passCapability("CapEff:\t0000000000000000\n")).toBeNull();
});

test("the engines listen on this machine only", () => {
  expect(serverProperties({ port: 19_092, controllerPort: 19_093 }, "/d")).toContain(
    "\nlisteners=PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093\n",
  );
  const yml = elasticsearchYml({ folder: '/a "b"', port: 1, transportPort: 2 });
  expect(yml).toContain("network.host: 127.0.0.1");
  expect(yml).toContain(String.raw`path.data: "/a \"b\"/data"`);
});

test("a port in use is named with its use and the variable that changes it", () => {
  expect(portInUse(3000, "the web server", "TAPEDECK_PORT").message).toMatch(/^Port 3000.*web server.*TAPEDECK_PORT=/);
});
