import type { LatestReader } from "../../contracts/stores.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { pause } from "../pause.ts";
import type { Services } from "../services.ts";

const RETRY: Micros = 2 * SECOND;
/** Symbols a request. */
const BATCH = 1_000;

/** Gives the hub the quotes that were stored before this process began; tries until the store answers or the signal aborts. */
export async function warmQuotes(
  { directory, hub, latest }: Pick<Services, "directory" | "hub"> & { latest: LatestReader },
  signal: AbortSignal,
  warn: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const symbols = (await directory.list()).map(({ ticker }) => ticker.symbol);
      for (let at = 0; at < symbols.length; at += BATCH) {
        hub.warm(await latest.latest(symbols.slice(at, at + BATCH)));
      }
      return;
    } catch (error) {
      warn(error);
      await pause(RETRY, signal);
    }
  }
}
