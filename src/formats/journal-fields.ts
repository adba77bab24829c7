// A journal entry's fields and what they mean here. systemd.journal-fields(7).

import type { Entry } from "../model/line.ts";
import type { Stamp } from "../model/stamp.ts";
import { tidy } from "./clean.ts";
import { readKernelText } from "./kernel-text.ts";
import { facilityOf, KERN, readPri } from "./priority.ts";

/** A field's value, or null. */
export type Fields = (name: string) => string | null;

/** Fields that `journalEntry` asks for: all that a reader of long records need keep. */
export const WANTED_FIELDS: ReadonlySet<string> = new Set([
  "MESSAGE",
  "PRIORITY",
  "SYSLOG_FACILITY",
  "SYSLOG_IDENTIFIER",
  "SYSLOG_PID",
  "_COMM",
  "_TRANSPORT",
  "_HOSTNAME",
  "_BOOT_ID",
  "__REALTIME_TIMESTAMP",
  "__MONOTONIC_TIMESTAMP",
  "_SOURCE_REALTIME_TIMESTAMP",
  "_SOURCE_MONOTONIC_TIMESTAMP",
]);

/** True for what journald may have written: any object can have a MESSAGE. */
export function isJournal(fields: Fields): boolean {
  const dated = fields("__REALTIME_TIMESTAMP") ?? fields("_TRANSPORT") ?? fields("_BOOT_ID");
  return dated !== null;
}

export function journalEntry(format: string, fields: Fields): Entry {
  const transport = fields("_TRANSPORT");
  const identifier = fields("SYSLOG_IDENTIFIER") ?? fields("_COMM");
  const fromTransport = transport === "kernel";
  const tagged = identifier === "kernel";
  // Where --output-fields left out who wrote it, nothing speaks against the kernel.
  const fromKernel = fromTransport || tagged || (transport === null && identifier === null);
  const priority = readPriority(fields, fromTransport);
  const message = fields("MESSAGE") ?? "";
  const own = fromKernel ? readKernelText(message) : null;
  return {
    format,
    stamp: microStamp(fields("_SOURCE_REALTIME_TIMESTAMP") ?? fields("__REALTIME_TIMESTAMP")),
    uptimeUs: readUptime(fields, fromTransport) ?? own?.uptimeUs ?? null,
    host: fields("_HOSTNAME"),
    tag: identifier ?? (fromTransport ? "kernel" : null),
    fromKernel,
    priority,
    bootId: fields("_BOOT_ID"),
    doubts: fromKernel ? doubt(fields, priority, !fromTransport && transport !== null) : [],
    text: tidy(own?.text ?? message),
  };
}

function doubt(fields: Fields, priority: number | null, otherTransport: boolean): readonly string[] {
  const doubts: string[] = [];
  if (priority !== null && facilityOf(priority) !== KERN) doubts.push("pri-facility");
  if (Number(fields("SYSLOG_PID") ?? 0) > 0) doubts.push("tag-pid");
  if (otherTransport) doubts.push("transport");
  return doubts;
}

/** journald writes no facility for some transports; the kernel's is 0. */
function readPriority(fields: Fields, fromTransport: boolean): number | null {
  const severity = fields("PRIORITY");
  const facility = fields("SYSLOG_FACILITY") ?? (fromTransport ? "0" : null);
  if (severity === null || facility === null || !/^[0-7]$/.test(severity)) return null;
  return /^\d{1,2}$/.test(facility) ? readPri(String(Number(facility) * 8 + Number(severity))) : null;
}

/** The kernel's own stamp; for kernel entries of old journals, that of their receipt. */
function readUptime(fields: Fields, fromTransport: boolean): number | null {
  const receipt = fromTransport ? fields("__MONOTONIC_TIMESTAMP") : null;
  return micros(fields("_SOURCE_MONOTONIC_TIMESTAMP") ?? receipt);
}

function micros(digits: string | null): number | null {
  if (digits === null || !/^\d{1,16}$/.test(digits)) return null;
  const us = Number(digits);
  return Number.isSafeInteger(us) ? us : null;
}

function microStamp(digits: string | null): Stamp | null {
  if (digits === null) return null;
  const atUs = micros(digits);
  return atUs === null ? { kind: "bad", text: digits } : { kind: "instant", atUs, resolutionUs: 1 };
}
