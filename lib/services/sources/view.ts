import type { SourcesView } from "../../contracts/views.ts";
import type { Services } from "../services.ts";

/** The states of history requests that are still worth showing. */
const OPEN_BACKFILLS = ["wanted", "fetching", "failed"] as const;

/** What every channel, worker and open history request reports. */
export async function sourcesView({ sources, now }: Pick<Services, "sources" | "now">): Promise<SourcesView> {
  const [channels, workers, backfills] = await Promise.all([
    sources.channels(),
    sources.workers(),
    sources.backfills({ states: OPEN_BACKFILLS }),
  ]);
  const serverTime = now();
  return {
    channels: channels
      .map((channel) => Object.assign(channel, { orphaned: channel.leaseUntil < serverTime }))
      .toSorted((a, b) => a.channel.localeCompare(b.channel)),
    workers: workers.toSorted((a, b) => a.role.localeCompare(b.role) || a.id.localeCompare(b.id)),
    backfills: backfills.toSorted((a, b) => b.requested - a.requested),
    serverTime,
  };
}
