import type { TradedSession } from "#lib/domain/calendar/day-sessions.ts";

export const SESSION_WORDS: Readonly<Record<TradedSession, string>> = {
  pre: "Pre-market",
  regular: "Regular",
  post: "Post-market",
};
