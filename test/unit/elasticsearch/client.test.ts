import { expect, test } from "vitest";
import { errors } from "@elastic/elasticsearch";
import { readConfig } from "#lib/config/config.ts";
import { createElastic } from "#lib/elasticsearch/client.ts";
import { TapedeckError } from "#lib/errors.ts";

const SECRET = "kept-to-ourselves";

/** What the client says of a request that nobody took. */
async function failed(lines: Buffer): Promise<{ error: TapedeckError; cause: errors.ConnectionError }> {
  const config = readConfig({
    ELASTICSEARCH_URL: "http://127.0.0.1:1",
    ELASTICSEARCH_USERNAME: "elastic",
    ELASTICSEARCH_PASSWORD: SECRET,
  });
  const elastic = createElastic(config);
  try {
    const request = elastic.request("A bulk write", { method: "POST", path: "/_bulk", lines });
    const error: unknown = await request.catch((reason: unknown) => reason);
    if (!(error instanceof TapedeckError) || !(error.cause instanceof errors.ConnectionError)) throw error;
    return { error, cause: error.cause };
  } finally {
    await elastic.close();
  }
}

test("a failed request is told without a copy of its body, and without the credentials", async () => {
  const lines = Buffer.from("{}\n");
  const { error, cause } = await failed(lines);
  expect(error.code).toBe("UNAVAILABLE");
  expect(cause.meta?.meta.request.params.body).toBe(lines);
  expect(JSON.stringify([cause.message, cause.meta])).not.toContain(SECRET);
  expect(JSON.stringify(cause.meta)).not.toContain(Buffer.from(`elastic:${SECRET}`).toString("base64"));
});
