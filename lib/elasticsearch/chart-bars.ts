import { EPOCH_FACTOR } from "../contracts/engine-store.ts";
import type { ChartBar } from "../contracts/stores.ts";

/** Read from columns: the stored documents, which carry what only the engine needs, are not opened. */
export const CHART_COLUMNS = "start given open high low close volume vwap trades final complete revision".split(" ");

export interface ChartHit {
  /** The external version, which is the position in the log. */
  _version: number;
  /** Each column as a list; absent where the document has no value. */
  fields: Readonly<Record<string, readonly (number | boolean)[] | undefined>>;
}

export function chartBar({ _version, fields }: ChartHit): ChartBar {
  const number = (column: string) => fields[column]?.[0] as number | undefined;
  const flag = (column: string) => fields[column]?.[0] === true;
  const vwap = number("vwap");
  const trades = number("trades");
  const common = {
    start: number("start") ?? 0,
    open: number("open") ?? 0,
    high: number("high") ?? 0,
    low: number("low") ?? 0,
    close: number("close") ?? 0,
    volume: number("volume") ?? 0,
    epoch: Math.floor(_version / EPOCH_FACTOR),
    position: _version % EPOCH_FACTOR,
  };
  if (flag("given")) {
    return {
      ...common,
      given: true,
      ...(vwap === undefined ? {} : { vwap }),
      ...(trades === undefined ? {} : { trades }),
    };
  }
  return {
    ...common,
    given: false,
    vwap: vwap ?? null,
    trades: trades ?? 0,
    final: flag("final"),
    complete: flag("complete"),
    revision: number("revision") ?? 0,
  };
}
