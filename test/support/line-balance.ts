import type { WorkerDocument } from "#lib/contracts/sources.ts";

/** Lines that a worker has read, and those of them that its counters do not account for. */
export function lineBalance({ counters }: Pick<WorkerDocument, "counters">): { read: number; unaccounted: number } {
  const of = (name: string): number => counters[`tapedeck_engine_lines_${name}_total`] ?? Number.NaN;
  return {
    read: of("read"),
    unaccounted: of("read") - of("applied") - of("duplicate") - of("corrected") - of("held") - of("dead"),
  };
}
