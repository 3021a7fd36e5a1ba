import { publicError } from "./error-mapping.ts";

/** Anything thrown, as the answer of a plain HTTP route: its status and `{code, message}`. */
export function errorResponse(error: unknown): Response {
  const { code, status, message } = publicError(error);
  return Response.json({ code, message }, { status, headers: { "cache-control": "no-store" } });
}
