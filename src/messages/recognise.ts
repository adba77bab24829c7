// What a message means: catalogue rows tried in order, only where their writer could have written them.

import type { EventKind, NoticeForm } from "../model/event.ts";
import { LOOKS, SORTS } from "../model/markup.ts";
import { MESSAGES, type MessageForm } from "./catalogue.ts";
import { REPEAT_NEEDLES } from "./repeats.ts";

export interface Recognised {
  readonly kind: EventKind;
  /** Catalogue id. */
  readonly message: string;
  readonly amount: number | null;
  /** True where the line tells a number that cannot be counted exactly (beyond 2^53 - 1). */
  readonly overflow: boolean;
  readonly netns: string | null;
  readonly notice: NoticeForm | null;
  /** True where the line spends the budget of net_ratelimit(). */
  readonly limited: boolean;
  /** Kernel version of a boot line, else null. */
  readonly version: string | null;
}

/** Who wrote the line, as its header says. */
export interface Writer {
  readonly fromKernel: boolean;
  readonly tag: string | null;
  /** What else a header tells; a text without any may be a heading, or prose. */
  readonly stamp?: unknown;
  readonly uptimeUs?: number | null;
}

/** Literals of every message form and repeat wrapper: a line without any of them is not looked at. */
export const MESSAGE_NEEDLES: readonly string[] = [
  ...new Set([
    ...MESSAGES.flatMap((form) => form.needles),
    ...REPEAT_NEEDLES,
    "s  suppressed",
    "_conntrack:table full",
  ]),
];

const byId = new Map(MESSAGES.map((form) => [form.id, form]));

/** The form's row. Throws for an unknown id: a defect, not input. */
export function messageForm(id: string): MessageForm {
  const form = byId.get(id);
  if (!form) throw new Error(`no message form ${id}`);
  return form;
}

/** A page's and a forum's. */
const CLOSING_TAGS = new RegExp(
  String.raw`(?:(?:</?(?:br|p|pre|code|li|div|span|td|tr|tt|blockquote|samp|kbd)(?: ?/)?>|\[/(?:${SORTS}|${LOOKS})\])\s*)+$`,
  "i",
);

/** What mail, web pages, pagers and posters leave in a message: encoded blanks, tags, cut marks, the next line. */
const LEFTOVERS: readonly (readonly [find: RegExp, put: string])[] = [
  [/(?:=(?:20|09|0D|0A))+=?$/, ""],
  // a line's end as rsyslog, programs and viewers write it
  [/(?:#01[25]|\\[nr]|\^M)+$/, ""],
  [/\\_/g, "_"],
  [/(?:&nbsp;|&#160;|`{3})+$/, ""],
  [CLOSING_TAGS, ""],
  [/(?:(?<=packet\.?|suppressed\.?)(?:\*{1,3}|_{1,3})| ?\{(?:noformat|code|quote)\}| ?\}\}\})$/, ""],
  [/^(?:<(?:p|pre|code|li|div|span|td)(?: [^<>]{0,80})?>\s*)+/i, ""],
  [/(?<=dropping packet\.?|suppressed\.?)(?=[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\[ *\d+\.\d{6}\]).*$/s, ""],
  // the end of a cell, and the cells behind it
  [/(?<=dropping packet\.?|suppressed\.?)"(?:[,;].*)?$/s, ""],
  [/(?:\.{2,}|\u2026|(?<=packet|suppressed)>)$/, ""],
  // A poster's remark in brackets behind the sentence.
  [/(?<=dropping packet\.|suppressed\.) +\((?=[^\d()])[^()]*\)$/, ""],
  // Log viewers put the priority behind a line; mail that was filled anew has blanks in twos.
  [/ +\[kern\.[a-z]{3,7}\]$/, ""],
  // the cells behind it, their marks alone
  [/(?: ?\|)+$/, ""],
  // a word of the page's language that a copy put behind the full stop
  [/(?<=dropping packet\.|suppressed\.)[\u3400-\u9fff]{1,6}$/, ""],
  // NX-OS names the writer behind the message
  [/ +- kernel$/, ""],
  [/ {2,}/g, " "],
  // A console that two CPUs write: the notice stands within a line of the other's call trace, the count within a dump.
  [/^ ?\[<[\da-f]{8,16}>\] [\w.+/]{1,64}?(?=(?:printk|NET): \d+ messages suppressed)/, ""],
  [/^[^\s"'`(*]{1,64}(?=\*\* \d+ printk messages dropped \*\*$)/, ""],
  // A line that the kernel had not ended: the level of the next stands within it.
  [/^[^"'`]{1,48}<[0-7]>(?=(?:printk|NET|__ratelimit|net_ratelimit): \d)/, ""],
];

/** The event a message is, or null. `text` is the message without header, uptime and tag. */
export function recognise(text: string, writer: Writer): Recognised | null {
  const found = recogniseWhole(text, writer);
  if (found !== null || !TELLING.some((needle) => text.includes(needle))) return found;
  const typed = writer.tag === null ? text : spaced(text);
  const written = isHeaded(writer) ? typed.replace(REMARK, "") : typed;
  const freed = LEFTOVERS.reduce((rest, [find, put]) => rest.replace(find, put), written).trim();
  return freed === text ? null : recogniseWhole(freed, writer);
}

function isHeaded({ tag, stamp = null, uptimeUs = null }: Writer): boolean {
  return tag !== null || stamp !== null || uptimeUs !== null;
}

/** What a poster wrote behind a line of a log: a comment, an arrow, a word between brackets in another script. */
const REMARK =
  /(?<=dropping packet\.?|suppressed\.?)(?:\s+(?:#|\/\/|<[-=]|[-=]{1,8}>|\u2190).*|\s*(?:\uff08.*|\((?=[^\x00-\x7f]).*|[\u3002\uff0c\uff1b]))$/s;

/** The drop line as people type it, without its blanks. Without a tag in front it is a heading rather than a line. */
function spaced(text: string): string {
  return text
    .replace(/^([ni][fp]_conntrack:)(?=table full, ?dropping packet)/, "$1 ")
    .replace("full,dropping", "full, dropping");
}

/** Only messages that carry drops or their suppressions are worth a second look. */
const TELLING = ["table full", "table  full", "suppressed", "messages dropped"];

function recogniseWhole(text: string, writer: Writer): Recognised | null {
  for (const form of MESSAGES) {
    if (!form.needles.some((needle) => text.includes(needle)) || !mayWrite(form, writer)) continue;
    const match = form.pattern.exec(text);
    if (match) return read(form, match.groups ?? {});
  }
  return null;
}

function mayWrite(form: MessageForm, writer: Writer): boolean {
  if (form.from === "kernel") return writer.fromKernel;
  return writer.tag === null ? true : form.from.test(writer.tag);
}

function read(form: MessageForm, groups: Record<string, string | undefined>): Recognised {
  const told = groups.n ?? groups.m;
  const n = told === undefined ? null : Number(told);
  const overflow = form.amount === "told" && n !== null && !Number.isSafeInteger(n);
  return {
    kind: form.kind,
    message: form.id,
    amount: form.amount === "one" ? 1 : form.amount === "told" && !overflow ? n : null,
    overflow,
    netns: groups.netns ?? groups.ct ?? (groups.ve === undefined ? null : `VE ${groups.ve}`),
    notice: form.notice,
    limited: form.limited,
    version: groups.version ?? null,
  };
}
