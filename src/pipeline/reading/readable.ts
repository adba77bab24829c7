// What can be read: the tables that the detectors themselves use, as one list.

import { listFormats } from "../../formats/detect.ts";
import { listObservations } from "../../observations/needles.ts";
import { CODECS } from "../../sources/codecs.ts";

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
      describes:
        codec.tool === null
          ? "compressed, read by this program"
          : `compressed, read with ${codec.tool.command}`,
      example: "",
    })),
    ...CONTAINERS,
  ];
}

const CONTAINERS: readonly Readable[] = [
  { kind: "container", id: "tar", describes: "tar archive, also in any compression", example: "" },
  { kind: "container", id: "zip", describes: "zip archive", example: "" },
];
