import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { TapedeckError } from "../../errors.ts";
import { ADDRESS_HEADER } from "../client-address.ts";
import { clientOf } from "./client-of.ts";
import { routeKind } from "./route-kind.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

/** The largest request body: as many watchlists as a person may keep, with as many symbols of the longest names. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** How long answers under way may take at the end, milliseconds. */
const GRACE = 1_000;

export interface WebServerOptions {
  /** Proxies before this server whose word on the client's address counts. */
  trustedProxies: number;
  /** Draws pages and answers the API. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  answered(route: string, status: number, seconds: number): void;
  failed(error: unknown): void;
}

export interface WebServer {
  /** The port listened on. BAD_CONFIGURATION when it is in use, saying what to do. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more requests, lets answers under way end within a second, then cuts what is left. */
  close(): Promise<void>;
}

/** The HTTP edge: security headers, the client's address, a bound on bodies, and an end that no open stream can delay. */
export function createWebServer(options: WebServerOptions): WebServer {
  const server = createServer((request, response) => {
    serve(options, request, response);
  });
  return {
    listen: (port, host) => listen(server, port, host),
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      // A connection whose answer has ended is idle from then on, and would be kept for the next request.
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      const cut = setTimeout(() => server.closeAllConnections(), GRACE);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}

function serve(options: WebServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const began = performance.now();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  // Whatever a client claims, attempts are counted by where its connection comes from, or a trusted proxy's.
  const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",");
  request.headers[ADDRESS_HEADER] = clientOf(request.socket.remoteAddress, forwarded, options.trustedProxies);
  response.once("close", () => {
    // A stream lasts as long as its page; its length says nothing.
    if (String(response.getHeader("content-type")).startsWith("text/event-stream")) return;
    options.answered(routeKind(request.url ?? ""), response.statusCode, (performance.now() - began) / 1_000);
  });
  if (isTooLarge(request)) {
    refuse(response, 413, "BAD_INPUT", `A request may have ${MAX_BODY_BYTES} bytes at most, and says how many it has.`);
    return;
  }
  options.handle(request, response).catch((error: unknown) => {
    options.failed(error);
    if (response.headersSent) response.destroy();
    else refuse(response, 500, "INTERNAL", "Something failed here; the server's log says what.");
  });
}

/** A body of unknown length counts as too large. */
function isTooLarge({ headers }: IncomingMessage): boolean {
  if (headers["transfer-encoding"] !== undefined) return true;
  return Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES;
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ code, message }));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const words =
        error.code === "EADDRINUSE"
          ? `Port ${port} of ${host} is in use: stop what listens there, or set TAPEDECK_PORT to another.`
          : `The web server cannot listen on ${host}:${port}: ${error.message}`;
      reject(new TapedeckError("BAD_CONFIGURATION", words, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
