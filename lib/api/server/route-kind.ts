const KINDS = ["/api/trpc/", "/api/v1/", "/api/udf/", "/api/bars.", "/api/health", "/api/metrics", "/_next/"] as const;

/** The kind of an address, for metrics: few, whatever clients ask for. */
export function routeKind(url: string): string {
  return KINDS.find((kind) => url.startsWith(kind)) ?? (url.startsWith("/api/") ? "/api/" : "page");
}
