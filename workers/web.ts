import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#lib/config/config.ts";
import { handleTrpc, TRPC_PATH } from "#lib/api/handle-trpc.ts";
import { handleOpen, isOpen } from "#lib/api/open/handle-open.ts";
import { serveResponse } from "#lib/api/server/serve-response.ts";
import { createWebServer } from "#lib/api/server/web-server.ts";
import { errorMessage } from "#lib/errors.ts";
import { createLog } from "#lib/log.ts";
import { openServices } from "#lib/services/context.ts";
import { logShutdown, onShutdown, shutDown } from "#lib/shutdown.ts";

/** The web process: pages, the API and the live streams, one node:http server around Next's request handler. */

const ROOT = join(import.meta.dirname, "..");
const STOP_LIMIT = 5_000;

// Before Next is loaded: it decides by this which React it takes.
Object.assign(process.env, { NODE_ENV: "production" });

const config = readConfig(process.env);
const log = createLog("web", config.TAPEDECK_LOG_LEVEL);
logShutdown(log);

try {
  await serve();
} catch (error) {
  log.error({ err: error }, errorMessage(error));
  await shutDown("the web server could not start", 1);
}

async function serve(): Promise<void> {
  const { services, endStreams, close } = await openServices(config, log, codeVersion());
  onShutdown("services", close, STOP_LIMIT);
  const { TAPEDECK_HOST: hostname, TAPEDECK_PORT: port } = config;
  const { default: next } = await import("next");
  const pages = next({ dev: false, dir: ROOT, hostname, port, quiet: true });
  await pages.prepare();
  const handle = pages.getRequestHandler();
  const server = createWebServer({
    trustedProxies: config.TAPEDECK_TRUSTED_PROXIES,
    // Live frames and chart pages go straight to the socket; Next draws the pages.
    handle: (request, response) => {
      if (request.url?.startsWith(TRPC_PATH)) return handleTrpc(services, request, response);
      if (isOpen(request.url)) return serveResponse(request, response, (asked) => handleOpen(services, asked));
      return handle(request, response);
    },
    answered: (route, status, seconds) => services.metrics.answered(route, status, seconds),
    failed: (error) => log.error({ err: error }, "a request failed"),
  });
  onShutdown("server", () => server.close(), STOP_LIMIT);
  onShutdown("streams", endStreams, STOP_LIMIT);
  const listening = await server.listen(port, hostname);
  log.info({ port: listening, host: hostname }, `listening on http://${hostname}:${listening}`);
}

function codeVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  return version;
}
