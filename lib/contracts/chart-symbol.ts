import { z } from "zod";
import { CHART_SYMBOL_PATTERN } from "../domain/composite/name.ts";

/** What can be looked at as a chart: a symbol, or the ratio or spread of two. */
export const chartSymbolSchema = z
  .string()
  .regex(CHART_SYMBOL_PATTERN)
  .meta({ description: "EXCHANGE:TICKER, or two of them with a slash (ratio) or a hyphen (spread) between" });
