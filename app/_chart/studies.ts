import type { KindName } from "#lib/domain/indicators/kinds.ts";
import type { DrawingSession } from "./_drawings/session.ts";
import type { ChosenIndicator } from "../_lib/chosen-indicators.ts";

/** The indicators of a chart, and what can be done with them. */
export interface Choosing {
  chosen: readonly ChosenIndicator[];
  add: (kind: KindName) => void;
  /** Takes away the one at a place; the toast that says so brings it back. */
  remove: (place: number) => void;
  edit: (place: number, changed: ChosenIndicator) => void;
}

/** The symbols that one is compared with, and what can be done with them. */
export interface Comparing {
  symbols: readonly string[];
  add: (symbol: string) => void;
  /** The toast that says so brings it back. */
  remove: (symbol: string) => void;
}

/** What is drawn besides the bars. */
export interface Studies {
  choosing: Choosing;
  comparing: Comparing;
  drawing: DrawingSession;
}
