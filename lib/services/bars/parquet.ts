import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { BarView } from "../../contracts/views.ts";

/** A column of the file: how Parquet names its type, and its values of a page. */
interface Column {
  name: string;
  type: "DOUBLE" | "INT64" | "INT32" | "BOOLEAN";
  nullable: boolean;
  value: (bar: BarView) => unknown;
}

const price = (name: "open" | "high" | "low" | "close"): Column => {
  return { name, type: "DOUBLE", nullable: false, value: (bar) => bar[name] };
};

/** The columns of the CSV, in its order. */
const COLUMNS: readonly Column[] = [
  { name: "time", type: "INT64", nullable: false, value: ({ start }) => BigInt(start) },
  price("open"),
  price("high"),
  price("low"),
  price("close"),
  { name: "volume", type: "DOUBLE", nullable: true, value: ({ volume }) => volume },
  { name: "vwap", type: "DOUBLE", nullable: true, value: ({ vwap }) => vwap },
  { name: "trades", type: "INT64", nullable: true, value: ({ trades }) => (trades === null ? null : BigInt(trades)) },
  { name: "final", type: "BOOLEAN", nullable: false, value: ({ final }) => final },
  { name: "revision", type: "INT32", nullable: false, value: ({ revision }) => revision },
];

const SCHEMA: ConstructorParameters<typeof ParquetWriter>[0]["schema"] = [
  { name: "bars", num_children: COLUMNS.length },
  ...COLUMNS.map(({ name, type, nullable }) => ({
    name,
    type,
    repetition_type: nullable ? ("OPTIONAL" as const) : ("REQUIRED" as const),
    ...(name === "time"
      ? {
          converted_type: "TIMESTAMP_MICROS" as const,
          logical_type: { type: "TIMESTAMP" as const, isAdjustedToUTC: true, unit: "MICROS" as const },
        }
      : {}),
  })),
];

/** Rows gathered into a group: what is held at most before it is sent. */
const GROUP_ROWS = 20_000;

/** The bars as a Parquet file, a row group of 20,000 rows a piece: `time` in microseconds of UTC, else as the CSV. */
export async function* parquetBytes(
  pages: AsyncIterable<readonly BarView[]>,
  labels: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const kvMetadata = Object.entries(labels).map(([key, value]) => ({ key, value }));
  const file = new ParquetWriter({ writer, schema: SCHEMA, kvMetadata, createdBy: "tapedeck" });
  let rows: BarView[] = [];
  const group = (): Uint8Array => {
    // Without a `flush` of the writer, which ours has not, nothing of this is asynchronous.
    void file.write({
      columnData: COLUMNS.map(({ name, value }) => ({ name, data: rows.map(value) })),
      rowGroupSize: GROUP_ROWS,
    });
    rows = [];
    return taken(writer);
  };
  for await (const page of pages) {
    rows.push(...page);
    if (rows.length >= GROUP_ROWS) yield group();
  }
  if (rows.length > 0) yield group();
  void file.finish();
  yield taken(writer);
}

/** What was written since the last time; the writer goes on counting the offset in the file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
