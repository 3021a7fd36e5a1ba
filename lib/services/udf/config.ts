import { splitSymbol } from "../../domain/symbol.ts";
import type { Services } from "../services.ts";
import { RESOLUTIONS } from "./resolution.ts";
import { SYMBOL_TYPES } from "./symbol-info.ts";

/** What clients of the protocol ask first: what this datafeed can do. */
export async function udfConfig({ directory }: Pick<Services, "directory">) {
  const symbols = (await directory.list()).filter(({ ticker }) => ticker.state !== "removed");
  const exchanges = new Set(symbols.map(({ ticker }) => splitSymbol(ticker.symbol).exchange));
  return {
    supported_resolutions: RESOLUTIONS,
    supports_search: true,
    supports_group_request: false,
    supports_marks: false,
    supports_timescale_marks: false,
    supports_time: true,
    exchanges: [
      { value: "", name: "All exchanges", desc: "" },
      ...[...exchanges].toSorted().map((exchange) => ({ value: exchange, name: exchange, desc: exchange })),
    ],
    symbols_types: [
      { name: "All types", value: "" },
      ...SYMBOL_TYPES.map((type) => ({ name: type[0]?.toUpperCase() + type.slice(1), value: type })),
    ],
  };
}
