"use client";
import { useState } from "react";
import { drawingStore } from "./drawing-stores.ts";
import { DrawingSession } from "./session.ts";
import { useKeptDrawings } from "./use-kept-drawings.ts";

/** Another one each time. */
const newId = (): string => Math.random().toString(36).slice(2, 12) + Date.now().toString(36);

/** Drawing on one chart of a symbol. Charts of the same symbol share what is drawn. */
export function useDrawingSession(symbol: string): DrawingSession {
  const [session, setSession] = useState(() => new DrawingSession(drawingStore(symbol), newId));
  useKeptDrawings(session.store);
  if (session.store.symbol === symbol) return session;
  const next = new DrawingSession(drawingStore(symbol), newId);
  setSession(next);
  return next;
}
