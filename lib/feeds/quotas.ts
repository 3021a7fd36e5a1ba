import type { SourceQuota } from "../contracts/sources.ts";
import type { Micros } from "../domain/interval.ts";
import type { Feed } from "./feed.ts";

/** What this process spends of the requests that its sources allow. */
export function quotasOf(feeds: Iterable<Feed>, now: Micros): SourceQuota[] {
  return [...feeds].flatMap(({ source, usage }) => {
    if (!usage) return [];
    const { used, allowed, heldFor, servers } = usage();
    return [{ source, used, allowed, heldUntil: heldFor > 0 ? now + heldFor : null, servers }];
  });
}
