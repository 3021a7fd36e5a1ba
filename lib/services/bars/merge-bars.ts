import type { ChartBar } from "../../contracts/stores.ts";
import { builtView, plainView } from "../../contracts/bar-view.ts";
import type { BarView } from "../../contracts/views.ts";
import type { LiveBar } from "../../live/hub.ts";

type Built = Extract<ChartBar, { given: false }>;
type Given = Extract<ChartBar, { given: true }>;

/** Everything known of one window. */
interface Window {
  built: { view: BarView; complete: boolean } | null;
  given: Given | null;
}

/**
 * One bar a window, oldest first: the built bar where it is complete, else the one its source gave, else the built one as far as it goes.
 * `live` are bars of the hub; one computed later in the log than the stored one replaces it.
 */
export function mergeBars(stored: readonly ChartBar[], live: readonly LiveBar[] = []): BarView[] {
  const newer = new Map(live.map((bar) => [bar.update.start, bar]));
  const windows = new Map<number, Window>();
  for (const bar of stored) {
    const window = windowAt(windows, bar.start);
    if (bar.given) window.given = bar;
    else if (!isComputedLater(newer.get(bar.start), bar))
      window.built = { view: builtView(bar), complete: bar.complete };
  }
  for (const { update, complete } of newer.values()) {
    const window = windowAt(windows, update.start);
    if (!("gone" in update)) window.built ??= { view: plainView(update), complete };
  }
  return [...windows.values()].flatMap((window) => chooseBar(window) ?? []).toSorted((a, b) => a.start - b.start);
}

function windowAt(windows: Map<number, Window>, start: number): Window {
  const window = windows.get(start) ?? { built: null, given: null };
  windows.set(start, window);
  return window;
}

function chooseBar({ built, given }: Window): BarView | null {
  if (built?.complete) return built.view;
  if (given) return givenView(given);
  return built?.view ?? null;
}

/** A stored bar of position v holds the log up to offset v − 1. */
function isComputedLater(live: LiveBar | undefined, stored: Built): boolean {
  if (!live) return false;
  return live.epoch === stored.epoch ? live.offset >= stored.position - 1 : live.epoch > stored.epoch;
}

function givenView(bar: Given): BarView {
  return plainView({
    ...bar,
    vwap: bar.vwap ?? null,
    trades: bar.trades ?? null,
    final: true,
    revision: 0,
    origin: "given",
    partial: false,
  });
}
