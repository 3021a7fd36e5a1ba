import { TapedeckError } from "../../errors.ts";
import type { Admission } from "../../services/access/api-access.ts";
import type { Services } from "../../services/services.ts";
import { clientAddress } from "../client-address.ts";
import { errorResponse } from "../error-response.ts";
import { logInternal } from "../log-internal.ts";
import { OPENAPI_PATH, OPEN_OPERATIONS, operationAt } from "./open-operations.ts";
import { openApiDocument } from "./openapi.ts";
import { udfError } from "./udf-operations.ts";

const PREFIXES = ["/api/v1/", "/api/udf/", "/api/bars.", "/api/stream"] as const;

/** Whether a request is one of programs, by the address as it came. */
export function isOpen(url: string | undefined): boolean {
  return PREFIXES.some((prefix) => url?.startsWith(prefix));
}

/** Answers one request of a program: keys and limits first, then the operation. Anything thrown becomes a status with `{code, message}`. */
export async function handleOpen(services: Services, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const { headers, method } = request;
  const origin = originHeaders(services, headers.get("origin"));
  if (method === "OPTIONS") return new Response(null, { status: 204, headers: { ...origin, ...PREFLIGHT } });
  const admission = services.access.admit({
    key: presentedKey(headers, url),
    address: clientAddress(headers),
    ownPage: isOwnPage(headers, url),
  });
  const response = await answer(services, request, url, admission).catch((error: unknown) => {
    logInternal(services.log, error);
    return url.pathname.startsWith("/api/udf/") ? udfError(error) : errorResponse(error);
  });
  for (const [name, value] of Object.entries({ ...origin, ...limitHeaders(admission, response.status) })) {
    response.headers.set(name, value);
  }
  response.headers.set("cache-control", "no-store");
  return response;
}

async function answer(services: Services, request: Request, url: URL, admission: Admission): Promise<Response> {
  const { headers, method, signal } = request;
  if (admission.refusal) throw admission.refusal;
  if (method !== "GET" && method !== "HEAD") {
    throw new TapedeckError("UNSUPPORTED", "These addresses are only read: send GET.");
  }
  if (url.pathname === OPENAPI_PATH) {
    const { codeVersion: version, now } = services;
    const { limit } = admission.allowance;
    return Response.json(openApiDocument(OPEN_OPERATIONS, { version, limit, now: now() }));
  }
  const operation = operationAt(url.pathname);
  if (!operation) throw new TapedeckError("NOT_FOUND", "There is nothing here; /api/docs lists what there is.");
  return operation.run({ services, url, headers, caller: admission.caller, signal });
}

/** `Authorization: Bearer ‹key›`, or `?key=` for what can send no headers. */
function presentedKey(headers: Headers, url: URL): string | null {
  const [, bearer] = /^Bearer +(.+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  return bearer ?? url.searchParams.get("key");
}

/** A browser says so, which no page elsewhere can forge; one that speaks plain HTTP to another machine says it by the referrer alone. */
function isOwnPage(headers: Headers, url: URL): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const referrer = headers.get("referer");
  return referrer !== null && URL.canParse(referrer) && new URL(referrer).host === (headers.get("host") ?? url.host);
}

const PREFLIGHT: Readonly<Record<string, string>> = {
  "access-control-allow-methods": "GET",
  "access-control-allow-headers": "authorization, last-event-id",
  "access-control-max-age": "600",
};

function originHeaders({ access }: Pick<Services, "access">, origin: string | null): Record<string, string> {
  if (origin === null || !access.allowsOrigin(origin)) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers":
      "ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-tapedeck-adjust, x-tapedeck-data",
    "cross-origin-resource-policy": "cross-origin",
    vary: "origin",
  };
}

function limitHeaders({ allowance }: Admission, status: number): Record<string, string> {
  const { limit, remaining, resetsIn } = allowance;
  return {
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(resetsIn),
    ...(status === 429 ? { "retry-after": String(resetsIn) } : {}),
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
  };
}
