import { z } from "zod";
import type { Bar } from "../../contracts/bars.ts";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import { storedVersion } from "../../contracts/engine-store.ts";
import { intervalSchema, microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import { names } from "../../contracts/topics.ts";
import type { BarLineageView, CompositeLineageView } from "../../contracts/views.ts";
import { parseComposite } from "../../domain/composite/name.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

/** A bar of a ticker. */
export const barInput = z.object({ symbol: symbolSchema, interval: intervalSchema, start: microsSchema });
export const barLineageInput = barInput.extend({ symbol: chartSymbolSchema });

type Needs = Pick<Services, "bars" | "codeVersion" | "config" | "directory">;
type Input = z.infer<typeof barInput>;

/** As `tickerLineage`; of a composite that of both legs' bars, each a bar of its own. NOT_FOUND where either is not stored. */
export async function barLineage(
  services: Needs,
  input: z.infer<typeof barLineageInput>,
): Promise<BarLineageView | CompositeLineageView> {
  const composite = parseComposite(input.symbol);
  if (!composite) return tickerLineage(services, input);
  const { operation, left, right } = composite;
  const legs = await Promise.all([
    tickerLineage(services, { ...input, symbol: left }),
    tickerLineage(services, { ...input, symbol: right }),
  ]);
  return { ...input, operation, legs };
}

/** Where the numbers of the bar that a chart shows come from: the built bar where it is complete, else the given one. NOT_FOUND. */
async function tickerLineage(services: Needs, input: Input): Promise<BarLineageView> {
  const { symbol, interval, start } = input;
  const [{ ticker }, built, rows] = await Promise.all([
    services.directory.get(symbol),
    services.bars.get(symbol, interval, start),
    services.bars.read({ symbol, interval, from: start, to: start + 1, limit: 2, order: "ascending" }),
  ]);
  const { ticks, indexPrefix } = names(services.config.TAPEDECK_NAMESPACE);
  const common = { symbol, interval, start, source: ticker.source, topic: ticks, codeVersion: services.codeVersion };
  const given = rows.find((row) => row.given);
  if (given && !built?.document.complete) {
    const { channel, partition, offset, line, epoch, position } = given;
    return {
      ...common,
      origin: "given",
      lineage: { channel, partition, offset, line },
      index: `${indexPrefix}bars-${interval}`,
      version: storedVersion(epoch, position),
      epoch,
      revision: 0,
      final: true,
      complete: true,
      trades: given.trades ?? null,
      raw: rawOf(given),
    };
  }
  if (!built) {
    throw new TapedeckError(
      "NOT_FOUND",
      `No bar of ${symbol} is stored there yet; a forming one is within two seconds.`,
    );
  }
  const { document, index } = built;
  return {
    ...common,
    origin: "built",
    lineage: document.lineage,
    index,
    version: storedVersion(document.epoch, document.position),
    epoch: document.epoch,
    revision: document.revision,
    final: document.final,
    complete: document.complete,
    trades: document.trades,
    raw: rawOf(document),
  };
}

/** A bar without a price is none for a reader. */
function rawOf({ open, high, low, close, volume }: Pick<Bar, keyof BarLineageView["raw"]>): BarLineageView["raw"] {
  return { open: open ?? 0, high: high ?? 0, low: low ?? 0, close: close ?? 0, volume };
}
