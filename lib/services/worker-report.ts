import { hostname } from "node:os";
import type { WorkerDocument } from "../contracts/sources.ts";
import { MINUTE, SECOND, type Micros } from "../domain/interval.ts";
import { quotasOf } from "../feeds/quotas.ts";
import { pause } from "./pause.ts";
import type { Services } from "./services.ts";

const EVERY: Micros = 2 * SECOND;
/** A process that died is listed as dead for so long. */
const REMEMBERED: Micros = 5 * MINUTE;

type Needs = Pick<Services, "codeVersion" | "feeds" | "hub" | "now" | "sources">;

/** Reports this web process every two seconds until the signal aborts, then takes the report back; each minute forgets those long dead. */
export async function reportWebWorker(
  needs: Needs,
  signal: AbortSignal,
  warn: (error: unknown) => void,
): Promise<void> {
  const { hub, now, sources } = needs;
  const id = `web-${hostname().slice(0, 40)}-${process.pid}`;
  const started = now();
  let forgotAt = 0;
  while (!signal.aborted) {
    const { frames, linesAccepted } = hub.statistics;
    const report: WorkerDocument = {
      kind: "worker",
      id,
      role: "web",
      pid: process.pid,
      host: hostname(),
      version: needs.codeVersion,
      started,
      updated: now(),
      rss: process.memoryUsage.rss(),
      partitions: [],
      counters: { tapedeck_web_frames_total: frames, tapedeck_web_lines_total: linesAccepted },
      quotas: quotasOf(needs.feeds.values(), now()),
    };
    await sources.putWorker(report).catch(warn);
    if (now() - forgotAt >= MINUTE) {
      forgotAt = now();
      await sources.forgetWorkers(now() - REMEMBERED).catch(warn);
    }
    await pause(EVERY, signal);
  }
  await sources.removeWorker(id).catch(warn);
}
