import type { Services } from "../services.ts";
import { decideHealth, type HealthView } from "./decide-health.ts";

/** How long the store may take, milliseconds: health answers even when the store hangs. */
const LIMIT = 2_000;

/** How everything fares now. Never rejects. */
export async function readHealth(
  services: Pick<Services, "config" | "hub" | "now" | "sources" | "storeReady">,
): Promise<HealthView> {
  const { config, hub, now, sources, storeReady } = services;
  const [elasticsearch, workers, channels] = await Promise.all([
    within(storeReady()),
    within(sources.workers()),
    within(sources.channels()),
  ]);
  return decideHealth({
    elasticsearch: elasticsearch === true,
    live: hub.connected,
    workers,
    channels,
    partitions: config.TAPEDECK_PARTITIONS,
    now: now(),
  });
}

/** The value, or null when it fails or takes too long. */
async function within<T>(value: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), LIMIT);
  try {
    return await Promise.race([value.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
