import { TapedeckError } from "../../errors.ts";
import { ServerError } from "./server-error.ts";

/** `data.example:9443`: host, and port where it is not the usual one. */
export function addressOf(url: string): string {
  return new URL(url).host;
}

/** A server of a source, and what a person can do where it is refused. */
export interface Server {
  /** `Binance` */
  name: string;
  url: string;
  /** What to do when the server refuses addresses of this country. */
  elsewhere: string;
  /** The HTTP statuses by which the source wants to be asked less, and for how many milliseconds it then wants nothing where it does not say so. */
  limits: ReadonlyMap<number, number>;
}

/** The servers behind these addresses, in their order; `path` is what is wanted of each. */
export function serversAt(urls: readonly string[], source: Omit<Server, "url">, path = ""): Server[] {
  return urls.map((url) => ({ ...source, url: url.replace(/\/$/, "") + path }));
}

/** The server at a place of the order. INTERNAL where there is none. */
export function serverAt(servers: readonly Server[], place: number): Server {
  const server = servers[place];
  if (!server) throw new TapedeckError("INTERNAL", `There is no server at place ${place}.`);
  return server;
}

const NO_NETWORK = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ECONNREFUSED",
  "ENETDOWN",
  "EADDRNOTAVAIL",
]);
const NO_ANSWER = new Set(["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** Why a server could not be talked to, from what the network said. */
export function networkError({ name, url }: Server, cause: unknown): TapedeckError {
  if (cause instanceof TapedeckError) return cause;
  const { host } = new URL(url);
  if (cause instanceof SyntaxError) {
    return new ServerError("UNAVAILABLE", "garbled", `${host} answered in an unknown form.`, { cause });
  }
  const codes = [...codesOf(cause)];
  const said = cause instanceof Error ? cause.message : String(cause);
  if (codes.some((code) => NO_NETWORK.has(code))) {
    return new ServerError("UNAVAILABLE", "unreachable", `Cannot reach ${host}: is there an internet connection?`, {
      cause,
    });
  }
  if (codes.some((code) => NO_ANSWER.has(code)) || /timed out|timeout/i.test(said)) {
    const words = `${host} does not answer: is there an internet connection, or a firewall?`;
    return new ServerError("TIMEOUT", "silent", words, { cause });
  }
  if (codes.some((code) => /CERT|TLS|SSL/.test(code))) {
    const words = `${host} is not trusted, something on the way may replace it: ${said}.`;
    return new ServerError("UNAVAILABLE", "garbled", words, { cause });
  }
  return new ServerError("UNAVAILABLE", "closed", `The connection to ${name} broke: ${said}.`, { cause });
}

/** Codes of an error and of what caused it; a host with several addresses fails with one for each. */
function* codesOf(error: unknown): Generator<string> {
  if (!(error instanceof Error)) return;
  if ("code" in error && typeof error.code === "string") yield error.code;
  if (error instanceof AggregateError) for (const each of error.errors) yield* codesOf(each);
  if (error.cause !== undefined) yield* codesOf(error.cause);
}

/** Why a server refused, from its HTTP status and what it said. */
export function refusal({ name, url, elsewhere, limits }: Server, status: number, said: string): TapedeckError {
  const { host } = new URL(url);
  const words = said === "" ? "" : `: ${said}`;
  if (status === 451) {
    const told = `${name} does not serve this country at ${host} (HTTP 451). ${elsewhere}`;
    return new ServerError("FORBIDDEN", "country", told);
  }
  if (limits.has(status)) {
    return new ServerError("RATE_LIMITED", "limited", `${name} asks for fewer requests (HTTP ${status})${words}.`);
  }
  if (status === 401 || status === 403) {
    return new ServerError("FORBIDDEN", "refused", `${host} refuses us (HTTP ${status})${words}. ${elsewhere}`);
  }
  if (status === 404) return new TapedeckError("NOT_FOUND", `${name} does not know this${words}.`);
  if (status >= 400 && status < 500) {
    return new TapedeckError("BAD_INPUT", `${name} refuses the request (HTTP ${status})${words}.`);
  }
  return new ServerError(
    "UNAVAILABLE",
    "unreachable",
    `${name} has a fault of its own at ${host} (HTTP ${status})${words}.`,
  );
}
