import { withServices } from "#lib/api/with-services.ts";
import { readMetrics } from "#lib/services/metrics.ts";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return withServices(async (services) => {
    return new Response(await readMetrics(services), {
      headers: { "content-type": services.metrics.registry.contentType, "cache-control": "no-store" },
    });
  });
}
