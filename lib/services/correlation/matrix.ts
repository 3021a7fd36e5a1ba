import { z } from "zod";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { BarReader, Close } from "../../contracts/stores.ts";
import type { Correlations } from "../../contracts/views.ts";
import { DAY, MINUTE, type Micros } from "../../domain/interval.ts";
import { Covariance } from "../../domain/sketches/covariance.ts";
import { inParallel } from "../market/in-parallel.ts";
import type { Services } from "../services.ts";
import { covarianceOf, minuteReturns, pairsOf } from "./aligned.ts";

const MOST_SYMBOLS = 20;
const MOST_DAYS = 31;
/** Symbols that are read at once. */
const WIDTH = 5;

export const correlationInput = z
  .object({
    symbols: z.array(symbolSchema).min(2).max(MOST_SYMBOLS),
    from: microsSchema,
    to: microsSchema,
  })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] })
  .refine(({ from, to }) => to - from <= MOST_DAYS * DAY, { message: `${MOST_DAYS} days at most`, path: ["to"] })
  .refine(({ symbols }) => new Set(symbols).size === symbols.length, {
    message: "each symbol once",
    path: ["symbols"],
  });

type CorrelationInput = z.infer<typeof correlationInput>;

/**
 * How symbols moved together: of each pair the correlation of the returns of those minutes of the regular session that both have, each
 * against the minute before. Computed day by day and merged (Chan's rule), so that memory holds one day; read at most once a minute.
 */
export function correlationMatrix(
  { bars, correlations, directory }: Pick<Services, "bars" | "correlations" | "directory">,
  input: CorrelationInput,
): Promise<Correlations> {
  const { symbols, from, to } = input;
  return correlations.get(`${symbols.join()}|${from}|${to}`, async () => {
    // NOT_FOUND for an unknown one.
    for (const symbol of symbols) await directory.get(symbol);
    return compute(bars, input);
  });
}

async function compute(bars: Pick<BarReader, "course">, input: CorrelationInput): Promise<Correlations> {
  const { symbols } = input;
  const from = Math.floor(input.from / MINUTE) * MINUTE;
  const to = Math.ceil(input.to / MINUTE) * MINUTE;
  const pairs = pairsOf(symbols.length).map(({ a, b }) => ({ a, b, covariance: new Covariance(2) }));
  for (let day = from; day < to; day += DAY) {
    const end = Math.min(day + DAY, to);
    const returns = await readReturns(bars, symbols, day, end);
    for (const { a, b, covariance } of pairs) {
      const [one, other] = [returns[a], returns[b]];
      if (one && other) covariance.merge(covarianceOf(one, other));
    }
  }
  return {
    symbols,
    from,
    to,
    pairs: pairs.map(({ a, b, covariance }) => {
      return { a, b, minutes: covariance.count, correlation: covariance.correlation(0, 1) };
    }),
  };
}

/** Of each symbol. The minute before the first is read along: the first return is one against it. */
async function readReturns(
  bars: Pick<BarReader, "course">,
  symbols: readonly string[],
  from: Micros,
  to: Micros,
): Promise<Float64Array[]> {
  const returns: Float64Array[] = [];
  await inParallel([...symbols.entries()], WIDTH, async ([index, symbol]) => {
    const closes: Close[] = [];
    const query = { symbol, interval: "1m", session: "regular", from: from - MINUTE, to } as const;
    for await (const page of bars.course(query)) closes.push(...page);
    returns[index] = minuteReturns(closes, from, (to - from) / MINUTE);
  });
  return returns;
}
