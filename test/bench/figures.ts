/** One measured figure. `aim` says which side of it is good: `≥ 200000`, `≤ 60`, or null where there is none. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  aim: string | null;
}

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

export function reached(figure: Figure): boolean | null {
  const parts = /^([≥≤]) (\d+(?:\.\d+)?)$/.exec(figure.aim ?? "");
  if (!parts) return null;
  return parts[1] === "≥" ? figure.value >= Number(parts[2]) : figure.value <= Number(parts[2]);
}

/** A line of the table: name, value with unit, aim and whether it was reached. */
export function row(figure: Figure): string {
  const met = reached(figure);
  const verdict = met === null ? "" : met ? "reached" : "missed";
  const value = `${number.format(figure.value)} ${figure.unit}`;
  return `${figure.name.padEnd(64)} ${value.padStart(24)}   ${(figure.aim ?? "").padEnd(12)} ${verdict}`.trimEnd();
}

/** The nearest-rank percentile of measured values; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
