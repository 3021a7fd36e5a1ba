import { Zone } from "../../domain/zone.ts";
import { csvText } from "../../services/bars/csv.ts";
import { exportBars } from "../../services/bars/export.ts";
import { barsCsvInput, barsExportInput } from "../../services/bars/export-input.ts";
import { parquetBytes } from "../../services/bars/parquet.ts";
import { livePage } from "../../services/live/page.ts";
import { scriptStreamInput, scriptTopics } from "../../services/live/script-stream.ts";
import { eventStream } from "./event-stream.ts";
import { fileResponse } from "./file-response.ts";
import { operation, type Operation } from "./operation.ts";

const LENGTH =
  "Any number of bars, streamed: without `from` and `to` all that are stored. Simulated data has SIMULATED in the file's name and the " +
  "header `X-Tapedeck-Data: SIMULATED`. Prices are as traded unless `adjust` says otherwise. A transfer that breaks off is an error, never the end.";

const example = { symbol: "SIM:AAPL", interval: "1d" } as const;

/** Bars as files, and the live market as a stream. */
export const FILE_OPERATIONS: readonly Operation[] = [
  operation({
    path: "/api/bars.csv",
    group: "Files",
    summary: "Bars as CSV",
    description: `${LENGTH} Times are ISO 8601 with the offset of their zone, UTC unless \`tz\` names one; what is not known is empty.`,
    input: barsCsvInput,
    output: null,
    mediaType: "text/csv",
    example,
    respond: async (input, { services }) => {
      const { fileName, simulated, adjust, pages } = await exportBars(services, input);
      return fileResponse(
        { name: `${fileName}.csv`, type: "text/csv; charset=utf-8", simulated, adjust },
        csvText(pages, new Zone(input.tz ?? "UTC")),
      );
    },
  }),
  operation({
    path: "/api/bars.parquet",
    group: "Files",
    summary: "Bars as Parquet",
    description: `${LENGTH} The columns of the CSV; \`time\` is a timestamp in microseconds of UTC. Row groups of some 20,000.`,
    input: barsExportInput,
    output: null,
    mediaType: "application/vnd.apache.parquet",
    example,
    respond: async (input, { services }) => {
      const { fileName, simulated, adjust, pages } = await exportBars(services, input);
      const labels = {
        symbol: input.symbol,
        interval: input.interval,
        adjust,
        data: simulated ? "SIMULATED" : "COLLECTED",
      };
      const answer = { name: `${fileName}.parquet`, type: "application/vnd.apache.parquet", simulated, adjust };
      return fileResponse(answer, parquetBytes(pages, labels));
    },
  }),
  operation({
    path: "/api/stream",
    group: "Stream",
    summary: "Live quotes, bars and prints as server-sent events",
    description:
      "First the newest of each, then what changes. Events are `quote`, `bar`, `print` and `status`, their data JSON with the same word as " +
      "`type`; every five seconds without news a comment. At most 200 symbols, 32 with bars, 8 with prints; 8 streams of one caller. " +
      "Nothing is queued: who reads slowly gets the newest value of each symbol, of bars the last 30 of 1s, 5 of 1m and 3 of longer intervals, and of prints the last with the " +
      "number of those `skipped`. After a break the header `Last-Event-ID` (browsers send it) goes on with what changed since.",
    input: scriptStreamInput,
    output: null,
    mediaType: "text/event-stream",
    example: { symbols: "SIM:AAPL,SIM:MSFT", types: "quote,bar", interval: "1m" },
    respond: (input, { services, headers, caller, signal }) => {
      const topics = scriptTopics(input);
      const lastEventId = input.lastEventId ?? headers.get("last-event-id") ?? undefined;
      const closed = services.access.openStream(caller);
      return Promise.resolve(
        eventStream((leaving) => livePage(services, { topics, lastEventId }, leaving), signal, closed),
      );
    },
  }),
];
