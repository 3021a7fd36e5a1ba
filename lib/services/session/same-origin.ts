import { TapedeckError } from "../../errors.ts";

/**
 * Lets only requests of our own pages change anything: `Sec-Fetch-Site: same-origin`, which no page can forge,
 * or else an `Origin` whose host is the one asked. Without either it is refused: a script sends `Origin` itself. FORBIDDEN.
 */
export function assertSameOrigin(request: Headers, url: URL): void {
  const site = request.get("sec-fetch-site");
  if (site === "same-origin") return;
  const origin = request.get("origin");
  const host = request.get("host") ?? url.host;
  if (site === null && origin !== null && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new TapedeckError("FORBIDDEN", "Changes are taken only from Tapedeck's own pages (the Origin does not match).");
}
