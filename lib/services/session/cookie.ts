/** How long a session lasts, seconds. */
export const SESSION_SECONDS = 12 * 3600;

const NAME = "tapedeck-session";

/** The session token of a request; null without one. */
export function readSessionCookie(request: Headers): string | null {
  for (const pair of (request.get("cookie") ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === NAME && value) return value;
  }
  return null;
}

/** The `Set-Cookie` value that keeps a token, or with null forgets it. `Secure` where the page came by TLS. */
export function sessionCookie(token: string | null, secure: boolean): string {
  const age = token === null ? 0 : SESSION_SECONDS;
  return `${NAME}=${token ?? ""}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure ? "; Secure" : ""}`;
}

/** Whether the browser came by TLS, here or at a proxy before us. */
export function isSecure(request: Headers, url: URL): boolean {
  return url.protocol === "https:" || request.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}
