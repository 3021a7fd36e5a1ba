import { parseArgs } from "node:util";
import { type AccuracyRow, measureAccuracy } from "./sketch-accuracy.ts";

const HELP = `npm run bench:accuracy -- [--json] [--streams N]

What each sketch is off by at worst over N random streams (default 1000), against its stated bound, and what it costs.
  --json  one object a line`;

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    streams: { type: "string", default: "1000" },
    help: { type: "boolean" },
  },
});
const streams = Number(values.streams);
if (values.help || !Number.isInteger(streams) || streams < 1) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const percent = (share: number): string => `${(share * 100).toPrecision(3)} %`;
const perSecond = (rate: number): string =>
  rate >= 1e6 ? `${(rate / 1e6).toFixed(1)} M` : `${(rate / 1e3).toFixed(1)} k`;

function line(columns: readonly string[]): string {
  const widths = [34, 8, 34, 12, 10, 10];
  return columns
    .map((text, at) => (at === 0 || at === 2 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
    .join("  ");
}

function row(one: AccuracyRow): string {
  const { sketch, bytes, bound, worst, adds, merges } = one;
  return line([sketch, String(bytes), bound, percent(worst), perSecond(adds), perSecond(merges)]);
}

if (!values.json) console.log(line(["sketch", "bytes", "stated bound", "worst seen", "adds/s", "merges/s"]));
for (const one of measureAccuracy(streams)) console.log(values.json ? JSON.stringify(one) : row(one));
