import { get, request, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { clientAddress } from "#lib/api/client-address.ts";
import { clientOf } from "#lib/api/server/client-of.ts";
import { createWebServer, type WebServer } from "#lib/api/server/web-server.ts";

let server: WebServer | null = null;
let answered: [string, number][] = [];
let failures: unknown[] = [];

/** The address of a server that answers by `handle`. */
async function serve(handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<string> {
  answered = [];
  failures = [];
  server = createWebServer({
    trustedProxies: 0,
    handle: async (incoming, outgoing) => handle(incoming, outgoing),
    answered: (route, status) => answered.push([route, status]),
    failed: (error) => failures.push(error),
  });
  return `http://127.0.0.1:${await server.listen(0, "127.0.0.1")}`;
}

function hello(_incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.end("hello");
}

afterEach(async () => {
  await server?.close();
  server = null;
});

test("every answer forbids to be framed, sniffed and fed from elsewhere", async () => {
  const { headers } = await fetch(await serve(hello));
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(headers.get("referrer-policy")).toBe("same-origin");
});

test("attempts are counted by the address of the socket, whatever the client claims", async () => {
  const address = await serve((incoming, outgoing) => {
    outgoing.end(clientAddress(new Headers(incoming.headers as Record<string, string>)));
  });
  const response = await fetch(address, { headers: { "x-tapedeck-address": "10.9.8.7" } });
  expect(await response.text()).toBe("127.0.0.1");
});

test.each([
  ["nobody is trusted", 0, "10.0.0.1", "::1"],
  ["one proxy says whom it saw; the rest is claimed", 1, "1.2.3.4, 10.0.0.1", "10.0.0.1"],
  ["of two the first one saw the client", 2, "1.2.3.4, 2001:db8::7, 10.0.0.1", "2001:db8::7"],
  ["a proxy was gone around", 2, "10.0.0.1", "::1"],
  ["it is no address", 1, "<script>", "::1"],
  ["nothing was forwarded", 1, undefined, "::1"],
])("a client's address where %s", (_, proxies, forwarded, expected) => {
  expect(clientOf("::1", forwarded, proxies)).toBe(expected);
});

test("a body that is too large, or does not say how large it is, is refused", async () => {
  const address = await serve(hello);
  const large = await fetch(address, { method: "POST", body: "x".repeat(2_100_000) });
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({ code: "BAD_INPUT" });
  const status = await new Promise((resolve, reject) => {
    const chunked = request(address, { method: "POST", headers: { "transfer-encoding": "chunked" } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    chunked.on("error", reject);
    chunked.end("x");
  });
  expect(status).toBe(413);
  expect((await fetch(address, { method: "POST", body: "x" })).status).toBe(200);
});

test("what fails is answered without its words, and counted by the kind of its address", async () => {
  const address = await serve(() => {
    throw new Error("password=secret");
  });
  const response = await fetch(`${address}/symbols/SIM:AAPL`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret");
  await expect.poll(() => answered).toEqual([["page", 500]]);
  expect(failures).toHaveLength(1);
});

test("a port in use is named with what to do", async () => {
  const address = await serve(hello);
  const second = createWebServer({
    trustedProxies: 0,
    handle: () => Promise.resolve(),
    answered: () => undefined,
    failed: () => undefined,
  });
  await expect(second.listen(Number(new URL(address).port), "127.0.0.1")).rejects.toMatchObject({
    code: "BAD_CONFIGURATION",
    message: expect.stringMatching(/in use.*TAPEDECK_PORT/) as string,
  });
});

test("closing lets answers under way end, and cuts streams that do not", async () => {
  const address = await serve((_incoming, outgoing) => {
    outgoing.writeHead(200, { "content-type": "text/event-stream" });
    outgoing.write("data: 1\n\n");
  });
  const cut = new Promise((resolve) => {
    get(address, (response) => response.resume().on("error", resolve).on("close", resolve));
  });
  await expect.poll(async () => (await fetch(address)).status).toBe(200);
  const begin = performance.now();
  await server?.close();
  expect(performance.now() - begin).toBeLessThan(2_000);
  await cut;
  expect(answered).toEqual([]);
});
