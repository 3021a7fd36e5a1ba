"use client";
import { createContext } from "react";
import type { Micros } from "#lib/domain/interval.ts";
import type { SharedRange } from "./_prepare/shared-range.ts";

/** One value that several charts share, outside React; each change says who made it. */
export class Shared<T> {
  #value: T | null = null;
  #by: object | null = null;
  readonly #listeners = new Set<(value: T | null, by: object) => void>();

  get = (): T | null => this.#value;
  /** Who made the last change. */
  by = (): object | null => this.#by;

  set(value: T | null, by: object): void {
    if (value === null && this.#value === null) return;
    this.#value = value;
    this.#by = by;
    for (const listener of this.#listeners) listener(value, by);
  }

  subscribe = (listener: (value: T | null, by: object) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** What the charts of a page have in common; null: each has its own. */
export interface ChartLinks {
  /** The start of the bar that is pointed at. */
  pointed: Shared<Micros> | null;
  range: Shared<SharedRange> | null;
}

export const ChartLinksContext = createContext<ChartLinks>({ pointed: null, range: null });
