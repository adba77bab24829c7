// Rows into one Parquet file, a row group at a time: what is held is a group, never the file.

import { writeSync } from "node:fs";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { type ColumnType, type ExportView, placesOf } from "./exported.ts";
import type { RowFile } from "./row-file.ts";

/** Rows of a group, and characters of text in it, whichever comes first. */
const GROUP_ROWS = 8192;
const GROUP_CHARACTERS = 1 << 20;
const PAGE_BYTES = 128 << 10;
const BUFFER_BYTES = 1 << 20;

type Schema = ConstructorParameters<typeof ParquetWriter>[0]["schema"];
type Element = Schema[number];

const ELEMENTS: Readonly<Record<ColumnType, Omit<Element, "name">>> = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  integer: { type: "INT64" },
  real: { type: "DOUBLE" },
  timestamp: {
    type: "INT64",
    converted_type: "TIMESTAMP_MICROS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
  },
};

/** Begins a file at the start of the open descriptor `fd`. Integers of its rows are bigint. */
export function createParquetFile(fd: number, view: ExportView): RowFile {
  const { columns } = view;
  const bytes = new ByteWriter(BUFFER_BYTES);
  const schema: Schema = [
    { name: "conntrail", num_children: columns.length },
    ...columns.map(
      ({ name, type }): Element => ({
        name,
        ...ELEMENTS[type],
        repetition_type: "OPTIONAL",
      }),
    ),
  ];
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: "conntrail" });
  const places = placesOf(view);
  let group: unknown[][] = columns.map(() => []);
  let rows = 0;
  let characters = 0;

  const drain = () => {
    writeSync(fd, bytes.getBytes());
    bytes.index = 0;
  };
  const flush = () => {
    if (rows === 0) return;
    const columnData = columns.map(({ name }, i) => ({ name, data: group[i] ?? [] }));
    void writer.write({ columnData, rowGroupSize: rows, pageSize: PAGE_BYTES });
    drain();
    group = columns.map(() => []);
    rows = 0;
    characters = 0;
  };
  return {
    push(row) {
      for (let i = 0; i < places.length; i++) {
        const value = row[places[i] ?? i];
        group[i]?.push(value);
        if (typeof value === "string") characters += value.length;
      }
      rows++;
      if (rows >= GROUP_ROWS || characters >= GROUP_CHARACTERS) flush();
    },
    end() {
      flush();
      void writer.finish();
      drain();
    },
  };
}
