import { handleOpen, isOpen } from "#lib/api/open/handle-open.ts";
import { handleTrpc, TRPC_PATH } from "#lib/api/handle-trpc.ts";
import { serveResponse } from "#lib/api/server/serve-response.ts";
import { createWebServer } from "#lib/api/server/web-server.ts";
import { readConfig, type Config } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka, type KafkaConnection } from "#lib/kafka/kafka.ts";
import { createLog } from "#lib/log.ts";
import { openServices, type OpenServices } from "#lib/services/context.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { GET as health } from "../../app/api/health/route.ts";
import { GET as metrics } from "../../app/api/metrics/route.ts";

export const PASSWORD = "a password of tests";

/** The API on a port of its own, over real servers, as the web process answers it but without Next. */
export interface ApiHarness {
  address: string;
  config: Config;
  kafka: KafkaConnection;
  elasticsearch: ElasticsearchConnection;
  opened: OpenServices;
  close(): Promise<void>;
}

export async function startApi(
  environment: Readonly<Record<string, string>> = engineEnvironment(),
): Promise<ApiHarness> {
  const folder = scratchFolder();
  const config = readConfig({
    TAPEDECK_LOG_LEVEL: "error",
    ...environment,
    TAPEDECK_DATA: folder,
    TAPEDECK_ADMIN_PASSWORD: PASSWORD,
  });
  const kafka = createKafka(config);
  const elasticsearch = createElasticsearch(config);
  await Promise.all([kafka.createTopics(names(config.TAPEDECK_NAMESPACE), config), elasticsearch.createIndices()]);
  const opened = await openServices(config, createLog("web", config.TAPEDECK_LOG_LEVEL), "0.0.0-test");
  const server = createWebServer({
    trustedProxies: config.TAPEDECK_TRUSTED_PROXIES,
    handle: (request, response) => {
      if (request.url?.startsWith(TRPC_PATH)) return handleTrpc(opened.services, request, response);
      if (isOpen(request.url)) return serveResponse(request, response, (asked) => handleOpen(opened.services, asked));
      return serveResponse(request, response, routed);
    },
    answered: () => undefined,
    failed: () => undefined,
  });
  const port = await server.listen(0, "127.0.0.1");
  return {
    address: `http://127.0.0.1:${port}`,
    config,
    kafka,
    elasticsearch,
    opened,
    close: async () => {
      await opened.endStreams();
      await server.close();
      await opened.close();
      await Promise.all([kafka.close(), elasticsearch.close()]);
      removeFolder(folder);
    },
  };
}

const ROUTES: Readonly<Record<string, () => Promise<Response>>> = { "/api/health": health, "/api/metrics": metrics };

/** What Next does for a route handler. */
function routed({ url }: Request): Promise<Response> {
  return ROUTES[new URL(url).pathname]?.() ?? Promise.resolve(new Response(null, { status: 404 }));
}
