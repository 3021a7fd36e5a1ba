import type { Ticker } from "#lib/contracts/tickers.ts";
import type { TapedeckError } from "#lib/errors.ts";
import type {
  Feed,
  FeedCapabilities,
  FeedEvent,
  FeedTick,
  HistoryRequest,
  StreamOptions,
  TradesRequest,
} from "#lib/feeds/feed.ts";

export const CAPABILITIES: FeedCapabilities = {
  live: true,
  history: ["1m", "1d"],
  gapFill: 3_600_000_000,
  symbolSearch: true,
  calendar: "utc",
  delay: 0,
  silence: 60_000_000,
  symbolsPerChannel: 100,
};

async function* noHistory(): ReturnType<Feed["history"]> {}

/** One open stream: what the test pushes is yielded in order. */
export class FakeStream {
  readonly symbols: readonly string[];
  readonly server: number;
  readonly #waiting: (FeedEvent | Error)[] = [];
  #wake: () => void = () => undefined;

  constructor(tickers: readonly Ticker[], server: number) {
    this.symbols = tickers.map(({ symbol }) => symbol);
    this.server = server;
  }

  push(...events: (FeedEvent | Error)[]): void {
    this.#waiting.push(...events);
    this.#wake();
  }

  async *read(signal: AbortSignal): AsyncGenerator<FeedEvent> {
    const wake = (): void => this.#wake();
    signal.addEventListener("abort", wake);
    while (!signal.aborted) {
      const next = this.#waiting.shift();
      if (next instanceof Error) throw next;
      if (next) yield next;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** A source that does what the test says. */
export class FakeFeed implements Feed {
  readonly source = "simulator";
  readonly exchange = "SIM";
  capabilities: FeedCapabilities;
  servers: string[] = [];
  /** Every stream that was opened, the newest last. */
  readonly streams: FakeStream[] = [];
  readonly open = new Set<FakeStream>();
  readonly tradesRequests: TradesRequest[] = [];
  readonly historyRequests: HistoryRequest[] = [];
  /** Thrown instead of opening a stream. */
  refusal: TapedeckError | null = null;
  answerTrades: (request: TradesRequest) => Promise<FeedTick[][]> = () => Promise.resolve([]);
  answerHistory: Feed["history"] = noHistory;

  constructor(capabilities: Partial<FeedCapabilities> = {}) {
    this.capabilities = { ...CAPABILITIES, ...capabilities };
  }

  async *stream({ symbols, server, signal }: StreamOptions): AsyncGenerator<FeedEvent> {
    if (this.refusal) throw this.refusal;
    const stream = new FakeStream(symbols, server);
    this.streams.push(stream);
    this.open.add(stream);
    try {
      yield* stream.read(signal);
    } finally {
      this.open.delete(stream);
    }
  }

  async *trades(request: TradesRequest): AsyncGenerator<FeedTick[]> {
    this.tradesRequests.push(request);
    yield* await this.answerTrades(request);
  }

  history(request: HistoryRequest): ReturnType<Feed["history"]> {
    this.historyRequests.push(request);
    return this.answerHistory(request);
  }

  search(): Promise<never[]> {
    return Promise.resolve([]);
  }
}
