// What can be read: the tables that the detectors themselves use, as one list.

import { listFormats } from "../../formats/detect.ts";
import { listObservations } from "../../observations/needles.ts";
import { CODECS, type Codec } from "../../sources/codecs.ts";

export type Readable = Record<"kind" | "id" | "describes" | "example", string>;

/** Every line format, observation and container that can be read. */
export function listReadable(): Readable[] {
  return [
    ...listFormats().map((one) => ({ kind: "log", ...one })),
    ...listObservations().map((one) => ({
      kind: "observation",
      id: one.id,
      describes: one.means,
      example: one.example,
    })),
    ...CODECS.map((codec) => ({
      kind: "container",
      id: codec.id,
      describes: describeCodec(codec),
      example: "",
    })),
    ...CONTAINERS,
  ];
}

function describeCodec({ id, tool }: Codec): string {
  if (id === "utf-16")
    return "text of 16-bit characters, as Windows programs save it; offsets are of its UTF-8";
  return tool === null ? "compressed, read by this program" : `compressed, read with ${tool.command}`;
}

const CONTAINERS: readonly Readable[] = [
  { kind: "container", id: "tar", describes: "tar archive, also in any compression", example: "" },
  { kind: "container", id: "zip", describes: "zip archive", example: "" },
];
