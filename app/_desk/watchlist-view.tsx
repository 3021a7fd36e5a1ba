"use client";
import type { Panel } from "./_layout/desk.ts";
import type { DeskHandle } from "./use-desk.ts";

export function WatchlistView({ id }: { id: number; panel: Panel; handle: DeskHandle }) {
  return <p>{id}</p>;
}
