import type { MemoryReader, WindowDocument } from "#lib/contracts/engine-store.ts";
import { windowDocument } from "#test/support/stored-bars.ts";
import { config, ready, records } from "#test/unit/engine/lines.ts";
import { OneTask } from "#test/unit/engine/one-task.ts";
import { TODAY } from "./fixtures.ts";

const SYMBOL = "SIM:AAPL";
const begin = [config(1, { channel: "c", symbols: [SYMBOL] }), ready(0, { channel: "c", symbol: SYMBOL })];

/** An engine that knows of a channel which collects SIM:AAPL, and nothing else yet. */
export const memory: MemoryReader = {
  memory: () => Promise.resolve(new OneTask().read(records(begin)).memory(SYMBOL)),
};

/** Whatever window is asked for: one whose trades begin at offset 10. */
export function firstWindow(): Promise<{ document: WindowDocument; index: string }> {
  const window = windowDocument(SYMBOL, TODAY);
  const lineage = { ...window.lineage, firstOffset: 10 };
  return Promise.resolve({ document: { ...window, lineage }, index: "bars" });
}
