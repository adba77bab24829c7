// JSON objects that hold one log line each: a journal entry, a record of dmesg -J, a line of a container or a collector.

import type { Entry } from "../model/line.ts";
import { tidy } from "./clean.ts";
import { type Fields, isJournal, journalEntry } from "./journal-fields.ts";
import { readKernelText, uptimeUs } from "./kernel-text.ts";
import { facilityOf, KERN, namedPriority, readPri } from "./priority.ts";

type Json = Readonly<Record<string, unknown>>;

/** The object a text is, or null: cut, broken, or no object. */
function readObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

export function readJournalObject(format: string, text: string): Entry | null {
  const object = readObject(text);
  if (object === null) return null;
  const fields: Fields = (name) => fieldText(object[name]);
  return isJournal(fields) ? journalEntry(format, fields) : null;
}

/** A field is a string, an array of bytes where it is not UTF-8, an array of these where it occurs more than once. */
function fieldText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) return null;
  if (value.every((byte) => typeof byte === "number")) return Buffer.from(value).toString();
  return fieldText(value[0]);
}

// util-linux 2.38 printed the fraction behind a comma, which is no JSON.
const COMMA_TIME = /("time" ?: {0,8}\d{1,10}),(\d{6}\b)/;

export function readDmesgObject(format: string, text: string): Entry | null {
  const object = readObject(text.replace(COMMA_TIME, "$1.$2"));
  const message = object === null ? null : object.msg;
  if (object === null || typeof message !== "string") return null;
  const priority = dmesgPriority(object);
  // Reading from a file, dmesg 2.38 puts all that follows into each message; only the first line is its own.
  const own = readKernelText(message.split("\n", 1)[0] ?? "");
  return {
    format,
    stamp: null,
    uptimeUs: dmesgUptime(object.time) ?? own.uptimeUs,
    host: null,
    tag: null,
    fromKernel: priority === null || facilityOf(priority) === KERN,
    priority,
    bootId: null,
    doubts: [],
    text: tidy(own.text),
  };
}

/** -J tells a number, -x -J two names. */
function dmesgPriority(object: Json): number | null {
  const { fac, pri } = object;
  if (typeof pri === "number") return readPri(String(pri));
  return typeof fac === "string" && typeof pri === "string" ? namedPriority(fac, pri) : null;
}

function dmesgUptime(time: unknown): number | null {
  if (typeof time !== "number" || time < 0) return null;
  const [seconds = "", micros = ""] = time.toFixed(6).split(".");
  return uptimeUs(seconds, micros);
}

/** A line as a collector hands it on, with what its fields say of it. */
export interface Collected {
  readonly line: string;
  /** When it was written, or null, and how that is. */
  readonly time: string | null;
  readonly form: "iso" | "epoch";
  /** Program that wrote it, or null. */
  readonly writer: string | null;
  readonly host: string | null;
}

/** Objects within objects that hold the record: Google's, Elasticsearch's, Splunk's, Datadog's. */
const HOLDERS = ["jsonPayload", "_source", "result", "attributes"];
// `msg` is none of them: programs that write objects call their own message so.
/** Names that docker, fluentd, fluent-bit, Logstash, Graylog, Splunk, Loki and the agents of clouds give the same things. */
const LINES = "MESSAGE message textPayload log _raw short_message @message event line SyslogMessage".split(
  " ",
);
const TIMES = "@timestamp timestamp time receiveTimestamp EventTime TimeGenerated ISODATE".split(" ");
const WRITERS = (
  "SYSLOG_IDENTIFIER ident _TRANSPORT syslog_identifier program PROGRAM _program appname tag ProcessName " +
  "process.name log.syslog.appname syslog.identifier"
).split(" ");
/** Only the kernel has this facility (syslog(3)). */
const FACILITIES = "facility FACILITY Facility log.syslog.facility.name".split(" ");
const HOSTS = "_HOSTNAME hostname host HOST HostName Computer host.name host.hostname".split(" ");

/** Lines under these names are a log's own; others may be of any program, where nothing says when or by whom. */
const LOGS_OWN = ["log", "_raw", "textPayload", "@message", "SyslogMessage"];

export function readWrappedObject(text: string): Collected | null {
  const object = readObject(text);
  if (object === null) return null;
  const inner = HOLDERS.map((name) => object[name]).filter(isJson);
  const all = [...inner, object];
  const line = firstText(all, LINES);
  const time = firstText(all, TIMES) ?? firstEpoch(all);
  const writer =
    firstText(all, WRITERS) ?? (/^kern(?:el)?$/.test(firstText(all, FACILITIES) ?? "") ? "kernel" : null);
  if (line === null) return null;
  if (time === null && writer === null && inner.length === 0 && firstText(all, LOGS_OWN) === null)
    return null;
  const form = EPOCH.test(time ?? "") ? "epoch" : "iso";
  return { line, time, form, writer, host: oneWord(firstText(all, HOSTS)) };
}

/** Seconds since 1970, or thousandths, millionths or billionths of one, which have ten digits in front since 2001. */
const EPOCH = /^(?:\d{9,10}(?:\.\d{1,9})?|\d{10}(?:\d{3}|\d{6}|\d{9}))$/;

function oneWord(name: string | null): string | null {
  return name !== null && /^\S{1,255}$/.test(name) ? name : null;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

/** The first of these fields that is a text. */
function firstText(objects: readonly Json[], names: readonly string[]): string | null {
  for (const object of objects) {
    const text = names.map((name) => fieldOf(object, name)).find((value) => typeof value === "string");
    if (typeof text === "string") return text;
  }
  return null;
}

/** Elastic's schema has objects within objects, or their names with dots between. */
function fieldOf(object: Json, name: string): unknown {
  if (!name.includes(".") || name in object) return object[name];
  return name
    .split(".")
    .reduce<unknown>((within, part) => (isJson(within) ? within[part] : undefined), object);
}

/** GELF and log services of clouds tell the time as a number: seconds, or a thousandth of them. */
function firstEpoch(objects: readonly Json[]): string | null {
  const number = objects.map(({ timestamp }) => timestamp).find((value) => typeof value === "number");
  return typeof number === "number" ? String(number) : null;
}
