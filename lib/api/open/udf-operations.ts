import { z } from "zod";
import { viewOf } from "../../services/composite/instrument.ts";
import { udfConfig } from "../../services/udf/config.ts";
import { findSymbol } from "../../services/udf/find-symbol.ts";
import { MAX_HISTORY_BARS, udfHistory, udfHistoryInput } from "../../services/udf/history.ts";
import { udfSearch, udfSearchInput } from "../../services/udf/search.ts";
import { compositeInfo, symbolInfo } from "../../services/udf/symbol-info.ts";
import { publicError } from "../error-mapping.ts";
import { adjustHeader } from "./file-response.ts";
import { NO_INPUT, operation, type Operation } from "./operation.ts";
import { udfOutputs } from "./udf-outputs.ts";

const common = { group: "UDF datafeed", mediaType: "application/json", lenient: true, failed: udfError } as const;

/** The protocol of charting clients: https://www.tradingview.com/charting-library-docs/latest/connecting_data/UDF */
export const UDF_OPERATIONS: readonly Operation[] = [
  operation({
    ...common,
    path: "/api/udf/config",
    summary: "What the datafeed can do",
    description: "Asked first by every client.",
    input: NO_INPUT,
    output: udfOutputs.config,
    example: {},
    respond: async (_input, { services }) => Response.json(await udfConfig(services)),
  }),
  operation({
    ...common,
    path: "/api/udf/symbols",
    summary: "One symbol",
    description:
      "`symbol` is `EXCHANGE:TICKER`, two of them as `A/B` or `A-B`, or a ticker that only one exchange has.",
    input: z.object({ symbol: z.string().min(1).max(100) }),
    output: udfOutputs.symbol,
    example: { symbol: "SIM:AAPL" },
    respond: async ({ symbol }, { services }) => {
      const instrument = await findSymbol(services, symbol);
      return Response.json(
        instrument.composite
          ? compositeInfo(
              viewOf(instrument, services.feeds, (leg) => services.hub.quote(leg)),
              instrument.legs,
            )
          : symbolInfo(instrument.ticker, services.feeds.get(instrument.ticker.source)),
      );
    },
  }),
  operation({
    ...common,
    path: "/api/udf/search",
    summary: "Symbols by what a person typed",
    description: "At most 100; 30 unless `limit` says otherwise.",
    input: udfSearchInput,
    output: udfOutputs.search,
    example: { query: "APPLE" },
    respond: async (input, { services }) => Response.json(await udfSearch(services, input)),
  }),
  operation({
    ...common,
    path: "/api/udf/history",
    summary: "Bars as columns",
    description:
      `Times are epoch seconds. At most ${MAX_HISTORY_BARS} bars, the newest of the range; of stocks those of the regular ` +
      "session, adjusted for splits unless `adjust` says raw or total; the header `X-Tapedeck-Adjust` says which it is. While a source is asked for history that is not held the answer waits up to four seconds. Errors have " +
      '`s: "error"` and `errmsg`.',
    input: udfHistoryInput,
    output: udfOutputs.history,
    example: { symbol: "SIM:AAPL", resolution: "5", from: "0", to: "4102444800", countback: "3" },
    respond: async (input, { services, signal }) =>
      Response.json(await udfHistory(services, input, signal), { headers: adjustHeader(input.adjust) }),
  }),
  operation({
    ...common,
    path: "/api/udf/time",
    summary: "The server's clock",
    description: "Epoch seconds as plain text.",
    mediaType: "text/plain",
    input: NO_INPUT,
    output: null,
    example: {},
    respond: (_input, { services }) =>
      Promise.resolve(
        new Response(String(Math.floor(services.now() / 1_000_000)), { headers: { "content-type": "text/plain" } }),
      ),
  }),
];

/** An error as clients of the protocol read it: what the caller did wrong comes with status 200, or they take it for a lost connection. */
export function udfError(error: unknown): Response {
  const { code, status, message } = publicError(error);
  const own = code === "BAD_INPUT" || code === "NOT_FOUND" ? 200 : status;
  return Response.json({ s: "error", errmsg: message, code, message }, { status: own });
}
