/** A number that an indicator takes. */
export interface Parameter {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** From one value to the next; 1 for whole numbers. */
  readonly step: number;
  readonly usual: number;
}

export interface Kind {
  readonly name: string;
  /** Other words by which it is looked for. */
  readonly words: string;
  /** As it is written beside its values. */
  readonly short: string;
  /** Over the prices, or in a pane of its own. */
  readonly place: "price" | "pane";
  readonly parameters: readonly Parameter[];
  /** What it gives, the principal one first. */
  readonly lines: readonly { readonly name: string; readonly drawn: "line" | "edge" | "histogram" }[];
  /** The lowest and highest value that it can have; absent where the market decides. */
  readonly range?: readonly [number, number];
}

const length = (usual: number, most = 500, least = 1): Parameter => ({
  name: "Length",
  least,
  most,
  step: 1,
  usual,
});

const whole = (name: string, usual: number, most: number): Parameter => ({ name, least: 1, most, step: 1, usual });

const line = (name: string) => ({ name, drawn: "line" }) as const;
const edge = (name: string) => ({ name, drawn: "edge" }) as const;

/** Every indicator that there is, by the key that addresses and requests name it with. */
export const KINDS = {
  vwap: {
    name: "Session VWAP",
    words: "volume weighted average price anchored bands",
    short: "VWAP",
    place: "price",
    parameters: [{ name: "Bands, σ", least: 0, most: 5, step: 0.1, usual: 0 }],
    lines: [line("VWAP"), edge("Upper"), edge("Lower")],
  },
  sma: {
    name: "Simple moving average",
    words: "sma ma mean",
    short: "SMA",
    place: "price",
    parameters: [length(20)],
    lines: [line("SMA")],
  },
  ema: {
    name: "Exponential moving average",
    words: "ema ma mean",
    short: "EMA",
    place: "price",
    parameters: [length(20)],
    lines: [line("EMA")],
  },
  bb: {
    name: "Bollinger bands",
    words: "bb volatility standard deviation",
    short: "BB",
    place: "price",
    parameters: [length(20, 500, 2), { name: "Width, σ", least: 0.1, most: 10, step: 0.1, usual: 2 }],
    lines: [line("Middle"), edge("Upper"), edge("Lower")],
  },
  rsi: {
    name: "Relative strength index",
    words: "rsi wilder momentum oscillator",
    short: "RSI",
    place: "pane",
    parameters: [length(14, 200, 2)],
    lines: [line("RSI")],
    range: [0, 100],
  },
  macd: {
    name: "MACD",
    words: "moving average convergence divergence momentum",
    short: "MACD",
    place: "pane",
    parameters: [whole("Fast", 12, 200), whole("Slow", 26, 200), whole("Signal", 9, 100)],
    lines: [line("MACD"), edge("Signal"), { name: "Histogram", drawn: "histogram" }],
  },
  atr: {
    name: "Average true range",
    words: "atr wilder volatility",
    short: "ATR",
    place: "pane",
    parameters: [length(14, 200)],
    lines: [line("ATR")],
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as KindName[];

/** The description of a kind, in the general form. */
export const kindOf = (name: KindName): Kind => KINDS[name];
