import { documentMetrics } from "../metrics/document-metrics.ts";
import type { Services } from "./services.ts";

/** Prometheus text: of this process, and of the others as far as their reports can be read. */
export async function readMetrics({
  metrics,
  now,
  sources,
}: Pick<Services, "metrics" | "now" | "sources">): Promise<string> {
  const own = await metrics.registry.metrics();
  const [workers, channels] = await Promise.all([
    sources.workers().catch(() => null),
    sources.channels().catch(() => null),
  ]);
  const reported = workers !== null && channels !== null;
  const up = `# HELP tapedeck_reports_readable 1 when the reports of the other processes could be read\n# TYPE tapedeck_reports_readable gauge\ntapedeck_reports_readable ${Number(reported)}\n`;
  return `${own}\n${up}${reported ? await documentMetrics({ workers, channels, now: now() }) : ""}`;
}
