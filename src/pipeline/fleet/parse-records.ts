// Records as lines of JSON, and back. Counts are told under the keys of the view `counts`, instants as text beside
// their microseconds, bytes as hexadecimal.

import { utilisation } from "../../analysis/utilisation.ts";
import { hashText } from "../../evidence/cite.ts";
import { isoTime } from "../../store/iso-time.ts";
import { type EvidenceRecord, RECORD_KINDS } from "../../store/records.ts";

const BYTES = new Map(RECORD_KINDS.map(({ record, bytes }) => [record, bytes]));
/** Instants that are told as text, too. */
const TIMES: Readonly<Record<string, readonly (readonly [time: string, us: string])[]>> = {
  events: [["time", "at_us"]],
  observation: [["time", "at_us"]],
  counts: [["time", "at_us"]],
  limits: [
    ["since_time", "since_us"],
    ["until_time", "until_us"],
  ],
};

/** A record as one line, with the identity of its source. */
export function recordLine(given: EvidenceRecord, sourceId: string): string {
  const asCount = given.record === "observation" && given.kind === "entries";
  const { record, ...rest } = asCount ? countOf(given) : withoutLimit(given);
  const times = (TIMES[record] ?? []).map(([time, us]) => [time, instant(rest[us])]);
  const out: Record<string, unknown> = {
    record,
    source_id: sourceId,
    ...Object.fromEntries(times),
    ...rest,
  };
  for (const name of BYTES.get(record) ?? []) {
    const bytes = (out[name] ?? hashText(String(out.text), Number(out.byte_length))) as Uint8Array | null;
    out[name] = bytes === null ? null : Buffer.from(bytes).toString("hex");
  }
  return `${JSON.stringify(out)}\n`;
}

function instant(us: unknown): string | null {
  return typeof us === "number" ? isoTime(us) : null;
}

function countOf({ value, limit_value, record: _, ...rest }: EvidenceRecord): EvidenceRecord {
  const share = utilisation(Number(value), typeof limit_value === "number" ? limit_value : null);
  return { record: "counts", entries: value, limit_value, utilisation: share, ...rest };
}

function withoutLimit(given: EvidenceRecord): EvidenceRecord {
  if (given.record !== "observation") return given;
  const { limit_value: _, ...rest } = given;
  return rest as EvidenceRecord;
}

/** The record of a line, or null where it is none. */
export function readRecordLine(line: string): EvidenceRecord | null {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value !== "object" || value === null || !("record" in value)) return null;
    const given = value as Record<string, unknown> & { record: unknown };
    if (typeof given.record !== "string") return null;
    return restore({ ...given, record: given.record });
  } catch {
    return null;
  }
}

function restore(given: EvidenceRecord): EvidenceRecord {
  const { entries, ...rest } = given;
  if (given.record === "counts") return { ...rest, record: "observation", value: entries } as EvidenceRecord;
  const bytes = BYTES.get(given.record) ?? [];
  if (bytes.length === 0) return given;
  const raw = bytes.map((name) => [name, typeof given[name] === "string" ? bytesOf(given, name) : null]);
  return { ...given, ...Object.fromEntries(raw) } as EvidenceRecord;
}

/** Null for the hash of bytes that a text tells: it is not kept. */
function bytesOf(given: EvidenceRecord, name: string): Buffer | null {
  const bytes = Buffer.from(String(given[name]), "hex");
  const told = name === "sha256" ? hashText(String(given.text), Number(given.byte_length)) : null;
  return told !== null && bytes.equals(told) ? null : bytes;
}
