import type { z } from "zod";
import { TapedeckError } from "../errors.ts";
import type { Elastic } from "./client.ts";

/** What the server says of a write, and of a document that is read for one. */
export interface Stamp {
  _seq_no?: number;
  _primary_term?: number;
}

/** The token that a conditional write must present: opaque to everybody else. */
export function versionOf({ _seq_no: sequence, _primary_term: term }: Stamp): string {
  return `${sequence ?? -1}.${term ?? -1}`;
}

/** CONFLICT for what cannot be the newest version of anything. */
function conditionOf(version: string): { if_seq_no: number; if_primary_term: number } {
  const [, sequence, term] = /^(\d+)\.(\d+)$/.exec(version) ?? [];
  if (sequence === undefined || term === undefined) throw new TapedeckError("CONFLICT", `${version} is no version`);
  return { if_seq_no: Number(sequence), if_primary_term: Number(term) };
}

/** A document as its schema has it; REFUSED, saying where, when it is not as it should be. */
export function parseStored<T>(schema: z.ZodType<T>, document: unknown, index: string): T {
  const { data, error } = schema.safeParse(document);
  if (!error) return data;
  const [issue] = error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new TapedeckError("REFUSED", `A document of ${index} is not as it should be: ${where}: ${issue?.message}`);
}

/** A document with the token for replacing it. */
export interface Found<T> {
  source: T;
  version: string;
}

/** Real-time get; null where there is none. `excludes` are fields that are left out. */
export async function readDocument<T>(
  elastic: Elastic,
  index: string,
  id: string,
  excludes?: string,
): Promise<Found<T> | null> {
  const found = await elastic.find<Stamp & { _source?: T }>(`Reading ${id}`, {
    method: "GET",
    path: `/${index}/_doc/${encodeURIComponent(id)}`,
    ...(excludes === undefined ? {} : { query: { _source_excludes: excludes } }),
  });
  const { _source: source } = found ?? {};
  return found && source !== undefined ? { source, version: versionOf(found) } : null;
}

export interface ConditionalWrite {
  index: string;
  id: string;
  document: Readonly<Record<string, unknown>>;
  /** The version that is replaced; null: there must be none. */
  version: string | null;
  refresh: boolean;
}

/** Writes one document if nobody else has since `version`, else CONFLICT. Gives the new version. */
export async function writeIf(elastic: Elastic, write: ConditionalWrite): Promise<string> {
  const condition = write.version === null ? { op_type: "create" } : conditionOf(write.version);
  const stamp = await elastic.request<Stamp>(`Writing ${write.id}`, {
    method: "PUT",
    path: `/${write.index}/_doc/${encodeURIComponent(write.id)}`,
    query: { ...condition, refresh: write.refresh },
    body: write.document,
  });
  return versionOf(stamp);
}
