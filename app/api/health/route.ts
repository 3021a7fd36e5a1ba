import { withServices } from "#lib/api/with-services.ts";
import { readHealth } from "#lib/services/health/read-health.ts";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return withServices(async (services) => {
    const health = await readHealth(services);
    return Response.json(health, {
      status: health.status === "down" ? 503 : 200,
      headers: { "cache-control": "no-store" },
    });
  });
}
