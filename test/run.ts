import { join } from "node:path";
import { PART_NAMES, selectStages } from "./support/run/parts.ts";
import { sum, summary, type Counts } from "./support/run/reports.ts";
import { runPart, type PartContext } from "./support/run/run-part.ts";
import { removeFolder, scratchFolder } from "./support/scratch.ts";

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !PART_NAMES.includes(name));
if (unknown.length > 0) {
  console.error(
    `Unknown part ${unknown.join(", ")}. The parts are ${PART_NAMES.join(", ")}; all of them without a name.`,
  );
  process.exit(2);
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

const context: PartContext = {
  root: join(import.meta.dirname, ".."),
  scratch: scratchFolder(),
  say: (line) => console.log(line),
  signal: stop.signal,
};

const counts: Counts[] = [];
for (const stage of selectStages(wanted)) {
  await Promise.all(
    stage.map(async (lane) => {
      for (const part of lane) if (!stop.signal.aborted) counts.push(await runPart(part, context));
    }),
  );
}
removeFolder(context.scratch);

const total = sum(counts);
if (stop.signal.aborted) console.log("Interrupted: what had not run yet is not counted.");
console.log(summary(total));
process.exit(total.failed === 0 && !stop.signal.aborted ? 0 : 1);
