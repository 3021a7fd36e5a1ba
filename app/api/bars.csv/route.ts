import { barsCsvResponse } from "#lib/api/bars-csv.ts";
import { withServices } from "#lib/api/with-services.ts";

export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return withServices((services) => barsCsvResponse(services, new URL(request.url)));
}
