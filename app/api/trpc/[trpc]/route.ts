import { handleTrpc } from "#lib/api/handle-trpc.ts";
import { withServices } from "#lib/api/with-services.ts";

export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> {
  return withServices((services) => handleTrpc(services, request));
}

export { handle as GET, handle as POST };
