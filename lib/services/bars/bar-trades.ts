import type { z } from "zod";
import type { Sampling } from "../../contracts/distribution-views.ts";
import { TapedeckError } from "../../errors.ts";
import { inTurn, type LogNeeds } from "../distribution/range-trades.ts";
import { drawTrades } from "../distribution/sample.ts";
import type { Services } from "../services.ts";
import type { barInput } from "./lineage.ts";

/** The same trades each time that a bar is asked for them. */
const SEED = 1;

type Needs = LogNeeds & Pick<Services, "directory">;

/**
 * The trades of a bar, read from the part of the log that its lineage names: progress, then all by time, or 200 of them drawn at random
 * where there are more; or since when the log still has them. NOT_FOUND where no built bar is stored; RATE_LIMITED while two others read.
 */
export function barTrades(
  services: Needs,
  input: z.infer<typeof barInput>,
  signal: AbortSignal,
): AsyncGenerator<Sampling> {
  return inTurn(() => draw(services, input, signal));
}

async function* draw(
  services: Needs,
  { symbol, interval, start }: z.infer<typeof barInput>,
  signal: AbortSignal,
): AsyncGenerator<Sampling> {
  const [{ ticker }, built] = await Promise.all([
    services.directory.get(symbol),
    services.bars.get(symbol, interval, start),
  ]);
  if (!built) {
    throw new TapedeckError("NOT_FOUND", `No bar of ${symbol} that was built from trades is stored there.`);
  }
  const { end, lineage } = built.document;
  const merged = {
    runs: [{ interval, from: start, to: end }],
    first: { interval, start, offset: lineage.firstOffset },
    lastOffset: lineage.lastOffset,
  };
  yield* drawTrades(services, { ticker, merged, seed: SEED, signal });
}
