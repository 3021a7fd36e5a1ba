import type { AdjustmentMode } from "../../domain/adjustment/steps.ts";

/** Says in each answer with bars what was done to them. */
export const adjustHeader = (adjust: AdjustmentMode) => ({ "x-tapedeck-adjust": adjust });

interface FileAnswer {
  name: string;
  type: string;
  simulated: boolean;
  adjust: AdjustmentMode;
}

/** A file of any length, a piece made only when the client took the one before. The first is made before the answer begins. */
export async function fileResponse(
  { name, type, simulated, adjust }: FileAnswer,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<Response> {
  const rest = pieces[Symbol.asyncIterator]();
  // A store that does not answer is then a status and not a broken file.
  const first = await rest.next();
  return new Response(streamOf(first, rest), {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      ...adjustHeader(adjust),
      ...(simulated ? { "x-tapedeck-data": "SIMULATED" } : {}),
    },
  });
}

/** An error in the middle breaks the transfer off, so that nobody takes half a file for a whole one. */
function streamOf(
  first: IteratorResult<string | Uint8Array>,
  rest: AsyncIterator<string | Uint8Array>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string | Uint8Array> | null = first;
  return new ReadableStream({
    pull: async (controller) => {
      const piece = next ?? (await rest.next());
      next = null;
      if (piece.done) controller.close();
      else controller.enqueue(typeof piece.value === "string" ? encoder.encode(piece.value) : piece.value);
    },
    cancel: async () => {
      await rest.return?.();
    },
  });
}
