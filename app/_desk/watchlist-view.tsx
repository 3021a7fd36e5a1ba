"use client";
import { useCallback } from "react";
import type { LiveTopics } from "#lib/contracts/views.ts";
import type { ListView } from "../_lib/market-link.ts";
import { useTopics } from "../_live/live.tsx";
import { ListPanel } from "../_market/list-panel.tsx";
import { useListRows } from "../_market/use-list-rows.ts";
import { type Panel, withList } from "./_layout/desk.ts";
import type { DeskHandle } from "./use-desk.ts";

const TOPICS: LiveTopics = { quotes: "all", bars: [], prints: [] };

interface WatchlistViewProps {
  id: number;
  panel: Panel;
  handle: DeskHandle;
}

/** A watchlist in a panel: the chosen row drives the panels of its colour. */
export function WatchlistView({ id, panel: { symbol, list }, handle }: WatchlistViewProps) {
  const { active, change, choose } = handle;
  useTopics(TOPICS);
  const { panel } = useListRows(list, false);
  const onView = useCallback((next: Partial<ListView>) => change((before) => withList(before, id, next)), [change, id]);
  const onSelect = useCallback((chosen: string) => choose(id, chosen), [choose, id]);
  return (
    <ListPanel
      {...panel}
      view={list}
      onView={onView}
      selected={symbol}
      onSelect={onSelect}
      onOpen={onSelect}
      everywhere={active === id}
    />
  );
}
