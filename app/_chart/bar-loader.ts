import type { BarsPage, BarView } from "#lib/contracts/views.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { BARS_KEPT } from "../_lib/bars.ts";
import type { BarSeries } from "./bar-series.ts";

/** What is known of the time before the oldest bar held. */
export type Older =
  | { state: "idle" | "loading" | "none" | "full" }
  /** The source is being asked; the share of the range that is there, 0 to 1. */
  | { state: "arriving"; progress: number }
  | { state: "failed"; reason: string };

export interface LoaderState {
  phase: "loading" | "ready" | "failed";
  error: unknown;
  older: Older;
  /** The bars that are read now are adjusted otherwise than those held: all must be read again. */
  outdated: boolean;
}

export type FetchPage = (request: { to?: Micros; limit: number }, signal: AbortSignal) => Promise<BarsPage>;

const FIRST_PAGE = 500;
const PAGE = 1_000;
const MOST = 2_000;
/** While history is arriving the same page is asked again after this, milliseconds. */
const ASK_AGAIN = 1_000;
/** What was fetched just now and may not be stored yet is read again after this, then after twice as long, but not longer, milliseconds; until so many reads have failed. */
const STORED = { first: 1_000, most: 8_000, tries: 5 };
/** A read that failed is tried again after this, milliseconds. */
const RETRY = 4_000;
/** Pages without a single bar that are skipped before the beginning of history is taken for reached. */
const EMPTY_PAGES = 8;

interface LoaderOptions {
  series: BarSeries;
  fetchPage: FetchPage;
  /** Length of the interval. */
  length: Micros;
  /** The reason of a failure, for a reader. */
  describe: (error: unknown) => string;
}

/**
 * Fills one series: the newest page first, older pages as the view nears them, what was missed after a reconnect. One read of older bars
 * at a time. Nothing that is shown is ever taken away.
 */
export class BarLoader {
  readonly #options: LoaderOptions;
  #ended = new AbortController();
  readonly #listeners = new Set<() => void>();
  #state: LoaderState = { phase: "loading", error: null, older: { state: "idle" }, outdated: false };
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #rereads = new Set<ReturnType<typeof setTimeout>>();
  #cursor: Micros | null = null;
  #emptyPages = 0;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  state = (): LoaderState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the newest page; again after a failure. */
  start = (): void => {
    this.end();
    this.#ended = new AbortController();
    this.#set({ phase: this.#state.phase === "ready" ? "ready" : "loading", error: null });
    void this.#read({ limit: FIRST_PAGE });
  };

  /** The next older page, unless one is under way or there is none. */
  loadOlder = (): void => {
    const { phase, older } = this.#state;
    if (phase !== "ready" || (older.state !== "idle" && older.state !== "failed")) return;
    if (this.#options.series.full) {
      this.#set({ older: { state: "full" } });
      return;
    }
    const to = this.#cursor;
    if (to === null) return;
    this.#set({ older: { state: "loading" } });
    void this.#read({ to, limit: PAGE });
  };

  /** What may have been missed between the newest bar held and now: all of it, so that no hole is left between. */
  catchUp = (now: Micros): void => {
    if (this.#state.phase === "failed") this.start();
    const newest = this.#options.series.forming();
    if (this.#state.phase !== "ready" || !newest) return;
    const missed = Math.ceil((now - newest.start) / this.#options.length) + 5;
    void this.#readSince(newest.start, Math.max(5, Math.min(MOST, missed))).catch(() => {
      // The stream brings what follows; the next reconnect reads again.
    });
  };

  /** Stops reading; what is held stays. */
  end = (): void => {
    this.#ended.abort();
    clearTimeout(this.#timer);
    for (const timer of this.#rereads) clearTimeout(timer);
    this.#rereads.clear();
  };

  /** Pages back from now until they reach `start`, taken over together. */
  async #readSince(start: Micros, limit: number): Promise<void> {
    const { series, fetchPage } = this.#options;
    const { signal } = this.#ended;
    const pages: BarView[][] = [];
    let to: Micros | undefined;
    while (pages.length * MOST < BARS_KEPT) {
      const page = await fetchPage({ ...(to !== undefined && { to }), limit: to === undefined ? limit : MOST }, signal);
      if (!series.adjust(page.adjustment)) {
        this.#set({ outdated: true });
        return;
      }
      pages.push(page.bars);
      const oldest = page.bars[0]?.start;
      if (oldest === undefined || oldest <= start || !page.more) break;
      to = oldest;
    }
    if (!signal.aborted) series.merge(pages.toReversed().flat());
  }

  async #read(request: { to?: Micros; limit: number }): Promise<void> {
    const { signal } = this.#ended;
    try {
      const page = await this.#options.fetchPage(request, signal);
      if (!signal.aborted) this.#take(request, page);
    } catch (error) {
      if (!signal.aborted) this.#fail(request, error);
    }
  }

  #take(request: { to?: Micros; limit: number }, page: BarsPage): void {
    const { series, length } = this.#options;
    if (!series.adjust(page.adjustment)) {
      this.#set({ outdated: true });
      return;
    }
    series.merge(page.bars);
    const arriving = page.backfill !== null && (page.backfill.state === "wanted" || page.backfill.state === "fetching");
    if (arriving) {
      this.#set({ phase: "ready", error: null, older: { state: "arriving", progress: page.backfill?.progress ?? 0 } });
      this.#again(ASK_AGAIN, request);
      return;
    }
    if (page.settling) this.#readLater(request, STORED.first);
    const oldest = page.bars[0]?.start;
    this.#emptyPages = oldest === undefined ? this.#emptyPages + 1 : 0;
    const before = request.to ?? series.at(series.first)?.start ?? null;
    this.#cursor = oldest ?? (before === null ? null : before - request.limit * length);
    const ends = !page.more || this.#cursor === null || this.#emptyPages > EMPTY_PAGES;
    const failed = page.backfill?.state === "failed" ? (page.backfill.reason ?? "The source did not give it.") : null;
    this.#set({
      phase: "ready",
      error: null,
      older: failed !== null ? { state: "failed", reason: failed } : { state: ends ? "none" : "idle" },
    });
  }

  /** Fills the holes of a page as its bars are stored; what is known of older ones stays as it is. */
  #readLater(request: { to?: Micros; limit: number }, wait: number, failed = 0): void {
    const timer = setTimeout(() => {
      this.#rereads.delete(timer);
      void this.#reread(request, Math.min(2 * wait, STORED.most), failed);
    }, wait);
    this.#rereads.add(timer);
  }

  async #reread(request: { to?: Micros; limit: number }, next: number, failed: number): Promise<void> {
    const { series, fetchPage } = this.#options;
    const { signal } = this.#ended;
    const page = await fetchPage(request, signal).catch(() => null);
    if (signal.aborted) return;
    if (page && !series.adjust(page.adjustment)) {
      this.#set({ outdated: true });
      return;
    }
    if (page) series.merge(page.bars);
    const failures = page ? 0 : failed + 1;
    if (page ? page.settling : failures < STORED.tries) this.#readLater(request, next, failures);
  }

  #fail(request: { to?: Micros; limit: number }, error: unknown): void {
    if (this.#state.phase === "ready") {
      this.#set({ older: { state: "failed", reason: this.#options.describe(error) } });
    } else this.#set({ phase: "failed", error });
    this.#again(RETRY, request);
  }

  #again(wait: number, request: { to?: Micros; limit: number }): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(request), wait);
  }

  #set(change: Partial<LoaderState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
