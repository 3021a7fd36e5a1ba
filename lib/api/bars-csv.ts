import { barsCsv } from "../services/bars/csv.ts";
import { barsCsvInput } from "../services/bars/csv-input.ts";
import type { Services } from "../services/services.ts";

/**
 * `GET /api/bars.csv?symbol&interval&session&from&to`: streamed, a page of bars read only when the client took the one before.
 * The first page is read before the answer begins, so that a store that does not answer is a status and not a broken file.
 */
export async function barsCsvResponse(services: Services, url: URL): Promise<Response> {
  const input = barsCsvInput.parse(Object.fromEntries(url.searchParams));
  const { fileName, simulated, text } = await barsCsv(services, input);
  const pieces = text[Symbol.asyncIterator]();
  const first = await pieces.next();
  return new Response(streamOf(first, pieces), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      ...(simulated ? { "x-tapedeck-data": "SIMULATED" } : {}),
    },
  });
}

/** An error in the middle breaks the transfer off, so that nobody takes half a file for a whole one. */
function streamOf(first: IteratorResult<string>, rest: AsyncIterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string> | null = first;
  return new ReadableStream({
    pull: async (controller) => {
      const piece = next ?? (await rest.next());
      next = null;
      if (piece.done) controller.close();
      else controller.enqueue(encoder.encode(piece.value));
    },
    cancel: async () => {
      await rest.return?.();
    },
  });
}
