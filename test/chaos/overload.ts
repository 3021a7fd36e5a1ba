import { setTimeout as sleep } from "node:timers/promises";

/** Requests that are out at a time, and the characters of each: together more than a small heap lets in. */
const AT_ONCE = 32;
const CHARACTERS = 1_000_000;
const INDEX = "chaos-flood";

/**
 * Writes more than Elasticsearch can take, for so many milliseconds, into an index that nobody reads. Gives how often it answered that it
 * was too busy: 429, for the request or for items of it.
 */
export async function overload(url: string, milliseconds: number): Promise<number> {
  const until = performance.now() + milliseconds;
  const line = `{"index":{}}\n{"text":"${"x".repeat(1000)}"}\n`;
  const body = line.repeat(Math.ceil(CHARACTERS / line.length));
  let refused = 0;
  const flood = async (): Promise<void> => {
    while (performance.now() < until) {
      try {
        const answer = await fetch(`${url}/${INDEX}/_bulk?filter_path=errors,items.*.status`, {
          method: "POST",
          headers: { "content-type": "application/x-ndjson" },
          body,
          signal: AbortSignal.timeout(20_000),
        });
        const text = await answer.text();
        if (answer.status === 429 || text.includes('"status":429')) refused += 1;
      } catch {
        await sleep(200);
      }
    }
  };
  await fetch(`${url}/${INDEX}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ settings: { number_of_replicas: 0 }, mappings: { enabled: false } }),
  });
  await Promise.all(Array.from({ length: AT_ONCE }, flood));
  await fetch(`${url}/${INDEX}`, { method: "DELETE" }).catch(() => undefined);
  return refused;
}
