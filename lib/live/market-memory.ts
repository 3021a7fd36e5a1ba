import type { AlertTrigger } from "../contracts/alerts.ts";
import type { BarLine } from "../contracts/bars.ts";
import type { LatestLine, Print } from "../contracts/latest.ts";
import type { LiveFrame, LiveTopics, QuoteView } from "../contracts/views.ts";
import type { Interval, Micros } from "../domain/interval.ts";
import { AlertRing } from "./alert-ring.ts";
import { BarMemory } from "./bar-memory.ts";
import { Board } from "./board.ts";
import type { LiveBar } from "./hub.ts";
import { PrintRing } from "./print-ring.ts";
import { Proofs } from "./proofs.ts";
import { quoteView, type QuoteReference } from "./quote-view.ts";
import { isNewer } from "./version.ts";

/** Capacities; beyond each, what has been quiet for longest is forgotten and comes from Elasticsearch again. */
export interface MemoryLimits {
  quotes: number;
  /** Pairs of symbol and interval. */
  series: number;
  /** Symbols of which prints are held. */
  printed: number;
}

export const MEMORY_LIMITS: MemoryLimits = { quotes: 120_000, series: 50_000, printed: 2_000 };

interface Quoted {
  line: LatestLine;
  /** Made when first asked for, then shared by all pages until the line, its reference or its proof changes. */
  made: { view: QuoteView; reference: QuoteReference } | null;
}

export interface MemoryOptions {
  reference: (line: LatestLine) => QuoteReference;
  /** Partitions of the log. */
  partitions: number;
  limits?: MemoryLimits;
}

/** The parts of a frame that come from memory. */
export type FrameParts = Pick<LiveFrame, "quotes" | "bars" | "prints" | "alerts">;

/**
 * The newest of everything, each change numbered in one sequence. A page is a cursor into it: what it has not seen is what changed
 * after its cursor, always at its newest value, so a slow page costs no memory.
 */
export class MarketMemory {
  readonly #quotes: Board<Quoted>;
  readonly #bars: BarMemory;
  readonly #prints: Board<PrintRing>;
  readonly #proofs: Proofs;
  readonly #alerts = new AlertRing();
  readonly #reference: (line: LatestLine) => QuoteReference;
  #all: { cursor: number; sequence: number; quotes: QuoteView[] } | null = null;
  /** Number of the newest change. */
  sequence = 0;

  constructor({ reference, partitions, limits = MEMORY_LIMITS }: MemoryOptions) {
    this.#reference = reference;
    this.#proofs = new Proofs(partitions);
    this.#quotes = new Board(limits.quotes);
    this.#bars = new BarMemory(limits.series);
    this.#prints = new Board(limits.printed);
  }

  get symbols(): number {
    return this.#quotes.size;
  }

  get series(): number {
    return this.#bars.size;
  }

  /** False when what is held is as new. */
  acceptLatest(line: LatestLine): boolean {
    const held = this.#quotes.get(line.symbol);
    if (held && !isNewer(line, held.line)) return false;
    this.sequence += 1;
    this.#proofs.accept(line);
    const { prints = [], skipped = 0, ...rest } = line;
    this.#quotes.set(line.symbol, { line: rest, made: null }, this.sequence);
    if (prints.length + skipped > 0) {
      const ring = this.#prints.get(line.symbol) ?? new PrintRing();
      ring.push(prints, skipped, this.sequence);
      this.#prints.set(line.symbol, ring, this.sequence);
    }
    return true;
  }

  /** False when what is held is as new. */
  acceptBar(bar: BarLine): boolean {
    const accepted = this.#bars.accept(bar, this.sequence + 1);
    if (accepted) this.sequence += 1;
    return accepted;
  }

  /** False when it is held. */
  acceptAlert(alert: AlertTrigger): boolean {
    const accepted = this.#alerts.push(alert, this.sequence + 1);
    if (accepted) this.sequence += 1;
    return accepted;
  }

  /** Quotes of these symbols are made anew and sent again. */
  touch(symbols: Iterable<string>): void {
    for (const symbol of symbols) {
      const held = this.#quotes.get(symbol);
      if (!held) continue;
      this.sequence += 1;
      this.#quotes.set(symbol, { line: held.line, made: null }, this.sequence);
    }
  }

  /** Sends a quote again when its channel has proved more than `within` beyond what was last told of it. */
  renew(symbol: string, within: Micros): void {
    const held = this.#quotes.get(symbol);
    if (!held) return;
    const told = held.made?.view.watermark ?? held.line.watermark ?? 0;
    if ((this.#proofs.of(held.line) ?? 0) - told > within) this.touch([symbol]);
  }

  quote(symbol: string): QuoteView | null {
    const held = this.#quotes.get(symbol);
    return held ? this.#view(held) : null;
  }

  latest(symbol: string): LatestLine | null {
    return this.#quotes.get(symbol)?.line ?? null;
  }

  bars(symbol: string, interval: Interval): LiveBar[] {
    return this.#bars.bars(symbol, interval);
  }

  prints(symbol: string): Print[] {
    return this.#prints.get(symbol)?.since(0).prints ?? [];
  }

  /** What of the topics changed after `cursor`, at its newest value. */
  since(topics: LiveTopics, cursor: number): FrameParts {
    const prints: FrameParts["prints"] = [];
    for (const symbol of topics.prints) {
      const ring = this.#prints.getSince(symbol, cursor);
      if (ring) prints.push({ symbol, ...ring.since(cursor) });
    }
    return {
      quotes: topics.quotes === "all" ? this.#allSince(cursor) : this.#someSince(topics.quotes, cursor),
      bars: topics.bars.flatMap(({ symbol, interval }) =>
        this.#bars.since(symbol, interval, cursor).map(({ update }) => update),
      ),
      prints,
      alerts: this.#alerts.since(cursor),
    };
  }

  #someSince(symbols: readonly string[], cursor: number): QuoteView[] {
    const quotes: QuoteView[] = [];
    for (const symbol of symbols) {
      const held = this.#quotes.getSince(symbol, cursor);
      if (held) quotes.push(this.#view(held));
    }
    return quotes;
  }

  /** Pages that keep pace share one cursor, and so one array. */
  #allSince(cursor: number): QuoteView[] {
    const { sequence } = this;
    if (this.#all?.cursor !== cursor || this.#all.sequence !== sequence) {
      const quotes = [...this.#quotes.since(cursor)].map((held) => this.#view(held));
      this.#all = { cursor, sequence, quotes };
    }
    return this.#all.quotes;
  }

  #view(held: Quoted): QuoteView {
    const reference = this.#reference(held.line);
    if (!held.made || !isSame(held.made.reference, reference)) {
      held.made = { view: quoteView(held.line, reference, this.#proofs.of(held.line)), reference };
    }
    return held.made.view;
  }
}

function isSame(a: QuoteReference, b: QuoteReference): boolean {
  return a.day === b.day && a.previousClose === b.previousClose && a.ended === b.ended && a.session === b.session;
}
