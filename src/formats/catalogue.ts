// TABLE: the forms that a line of a Linux log comes in. Each row proves itself by its samples and names what it must
// not match. The rows of FORMATS exclude each other, so the order in which they are tried changes nothing; those of
// FALLBACKS are tried after them, in their order.

import type { Format } from "./format.ts";

// Pieces that several patterns share.
const PRI = String.raw`(?:<(?<pri>\d{1,3})>)?`;
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const WEEKDAY = "(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)";
// Day of month behind its month: blank or zero padded; some writers leave two blanks even before two digits.
const DAY = String.raw` {1,3}\d{1,2}`;
const YEAR = String.raw`(?:19|20)\d\d`;
const CLOCK = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`;
const DATE = String.raw`\d{4}-\d\d-\d\d`;
const OFFSET = String.raw`[+-]\d\d(?::?\d\d)?`;
// Names of zones, behind a time where a host could stand.
const ZONE =
  "(?:UTC|GMT|WES?T|CES?T|EES?T|BST|IST|MSK|[ECMP][SD]T|AK[SD]T|HST|JST|KST|HKT|SGT|AE[SD]T|AC[SD]T|AWST|NZ[SD]T|SAST|BRT)";
const END = "(?: |$)";
// date(1): the zone stands between time and year.
const ZONE_YEAR = `${MONTH}${DAY} ${CLOCK} (?:[A-Z]{2,5}|${OFFSET}) ${YEAR}${END}`;
const UPTIME = String.raw`\d{1,10}\.\d{6}`;
// dmesg -r and -x write the priority in front of everything else.
const LEVEL = String.raw`(?:<(?<pri>\d{1,3})>|(?<fac>[a-z]{2,8}\d?) *:(?<lvl>[a-z]{3,6}) *: ?)?`;
// dmesg -d: time since the line before, negative where the ring goes back.
const DELTA = String.raw`< *-?\d{1,10}\.\d{6}>`;
// Host and tag as journalctl prints them. A ring message has them only by a rare accident (`Process sh[12]: ...`).
const HOST_TAG = String.raw`[^\s[<(:](?:\S*[^\s:])? (?:kernel|vmunix|[^\s:[\]]+\[\d+\]):${END}`;
// util-linux dmesg --time-format iso: always a comma, six digits, an offset.
const DMESG_ISO = String.raw`${DATE}T\d\d:\d\d:\d\d,\d{6}[+-]\d\d:?\d\d${END}(?!${HOST_TAG})`;
// Containers: the writer's time in front of a whole line.
const STREAM = "(?:stdout|stderr) [FP](?::\\S*)?";
// A collector's record behind its stamp: fluentd's tag, then an object.
const TAGGED_OBJECT = String.raw` {1,2}[\w.*-]{1,128}: (?=\{")`;
const ISO_STAMP = `${DATE}[T ]${CLOCK}(?: ?(?:Z|${OFFSET}))?`;
// Of a clock of twelve hours.
const HALF = String.raw` ?[AaPp]\.? ?[Mm]\b\.?`;
const NO_HALF = `(?!${HALF})`;
const CLOCK_12 = String.raw`\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?:${HALF})?`;
// Dates that spreadsheets and Windows programs write.
const DATE_NUMBERS = String.raw`\d{1,2}(?<mark>[/.-])\d{1,2}\k<mark>${YEAR}`;
// A column of its own in exports: no host.
const LEVEL_WORD = "(?:trace|debug|info|notice|warn|warning|err|error|crit|critical|alert|emerg)";
// A line that has a stamp of its own, behind one that whoever passed it on has put there.
const OWN_STAMP = ` {1,3}(?=${MONTH}${DAY} ${CLOCK} )`;
// A host and, right behind it, a whole line: what it sent was taken for its message.
const SENDER = String.raw`(?!${MONTH} |\{)\S{1,255}`;
const SENT = String.raw` (?=(?:<\d{1,3}>)?${MONTH}${DAY} ${CLOCK} )`;
const SENT_LINE = ` ${SENDER}${SENT}`;
// Loki's own client: what a stream is labelled with.
const LABELS = String.raw`\{[A-Za-z_]\w{0,63}="`;
const KLOG = String.raw`[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{1,6} +\d+ `;
// Words that stand before "kernel:" in prose, headings and rules of logs; of a machine that is called so, lines without
// a date are not read.
const NO_HOST_WORD =
  "(?:[Tt]he|[Aa]|[Aa]n|[Mm]y|[Yy]our|[Oo]ur|[Tt]heir|[Hh]is|[Tt]his|[Tt]hat|[Ee]ach|[Aa]ny|[Oo]ne|" +
  "[Ll]inux|GNU/Linux|[Ff]rom|[Bb]y|[Ii]n|[Oo]n|[Oo]f|[Tt]o|[Aa]t|[Aa]nd|[Oo]r|[Bb]ut|[Nn]ot|" +
  "[Ww]ith|[Ff]or|[Ss]ee|[Ss]aw|[Vv]ia|[Nn]ew|[Oo]ld|[Ss]ame|[Cc]urrent|[Ll]atest|[Rr]unning|" +
  "[Ss]tock|[Cc]ustom|[Vv]anilla|[Mm]ainline|[Uu]pstream|[Ee]rror|[Ww]arning|[Ww]arn|[Ii]nfo|" +
  "[Nn]otice|[Nn]ote|[Mm]essage|[Mm]essages|[Aa]lert|[Ss]yslog|[Dd]mesg|[Ll]og|[Ll]ogs|[Dd]er|" +
  "[Dd]en|[Dd]em|[Ii]m|[Vv]om|[Ll]e|[Dd]u|[Ee]l|[Dd]el|[Ii]l|[Aa]l|[Dd]as|[Nn]o|[Dd]o)";
// NX-OS, where others have the kernel's tag.
const SWITCH_KERNEL = "%KERN-[0-7]-SYSTEM_MSG: ";
// What the kernel's limiter and table say begins so.
const OURS =
  "(?:(?:(?:nf|ip)_conntrack|__ratelimit|net_ratelimit|NET|printk): |(?:nf|ip)_conntrack version |\\w{1,64}: \\d{1,10} callbacks suppressed|last message repeated \\d)";

/** A row of an export that begins with a time: perhaps level and source, perhaps more, then the line. */
function cells(stamp: string, end = "[,;\\t]"): RegExp {
  const level = `(?:"?${LEVEL_WORD}"?${end})?`;
  const source = String.raw`(?:"?(?!(?:${LEVEL_WORD}|kernel)\b)(?<host>[\w.:-]{1,255})"?${end})?`;
  const cell = String.raw`(?:"[^",;\t]{0,64}"|[\w.:/@-]{0,64})${end}`;
  const written = `"?(?<writer>kernel)"?${end}(?:${cell}){0,2}"?(?=${OURS}|\\[ *\\d)`;
  const line = String.raw`"?(?=(?:[\w.-]{1,255} )?kernel: |${MONTH}${DAY} ${CLOCK} |<\d{1,3}>|\[ *${UPTIME}\])`;
  const head = `^"?(?<stamp>${stamp})"?${end}${level}${source}`;
  return new RegExp(`${head}(?:(?:${cell}){0,6}?(?:${written}|${line})|"(?=[^"]))`);
}

// Facts that samples share.
const kernel = { tag: "kernel", fromKernel: true } as const;
const ring = { fromKernel: true } as const;
const second = { resolutionUs: 1_000_000 } as const;
const micro = { resolutionUs: 1 } as const;
const yearless = { kind: "yearless", weekday: null, ...second } as const;
const wall = { kind: "wall", zoneName: null, derived: false, ...second } as const;
const FULL = "nf_conntrack: table full, dropping packet";

export const FORMATS: readonly Format[] = [
  {
    id: "rfc3164",
    describes: "syslog files and journalctl -o short: month, day and time, no year",
    pattern: new RegExp(
      `^${PRI}(?<stamp>(?:${WEEKDAY} (?!${ZONE_YEAR}))?${MONTH}${DAY} ${CLOCK})(?! ${YEAR}${END})(?!${SENT_LINE})(?: ${ZONE}(?= \\S))?(?:: ?| |$)`,
    ),
    form: "month-day",
    rest: "syslog",
    samples: [
      {
        line: `Jan  5 03:04:05 h kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 356_645_000_000 }, host: "h", text: FULL },
      },
      {
        line: `Jan 05 03:04:05 h kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 356_645_000_000 }, host: "h", text: FULL },
      },
      {
        line: `Jan 05 03:04:05 Gate-7 Gate-7 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 356_645_000_000 }, host: "Gate-7", text: FULL },
      },
      {
        line: `Jul 31 23:24:07 server1 kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 18_401_047_000_000 },
          uptimeUs: 8_430_420_174,
          host: "server1",
          text: FULL,
        },
      },
      {
        line: `Apr  6 14:35:17 payment-svc-7b9d kernel: [483921.335] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 8_346_917_000_000 },
          host: "payment-svc-7b9d",
          text: FULL,
        },
      },
      {
        line: "Apr  6 14:35:17 host kernel: [1.2.3] text",
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 8_346_917_000_000 },
          host: "host",
          text: "[1.2.3] text",
        },
      },
      {
        line: "Nov  3 23:30:27 digoal_host kernel: : [63500383.870591] nf_conntrack: table full, dropping packet.  ",
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 26_609_427_000_000 },
          uptimeUs: 63_500_383_870_591,
          host: "digoal_host",
          text: "nf_conntrack: table full, dropping packet.",
        },
      },
      {
        line: "Jun  28 10:32:15 localhost rsyslogd-2177: imjournal: begin to drop messages due to rate-limiting",
        entry: {
          stamp: { ...yearless, ofYearUs: 15_503_535_000_000 },
          host: "localhost",
          tag: "rsyslogd",
          text: "imjournal: begin to drop messages due to rate-limiting",
        },
      },
      {
        line: "Jun  2 21:38:58 kernel: NET: 1 messages suppressed.",
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 13_297_138_000_000 },
          text: "NET: 1 messages suppressed.",
        },
      },
      {
        line: "Mar  7 16:13:16 host last message repeated 3 times",
        entry: {
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "host",
          text: "last message repeated 3 times",
        },
      },
      {
        line: "Mar  7 16:13:16 last message repeated 3 times",
        entry: {
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          text: "last message repeated 3 times",
        },
      },
      {
        line: `Mar  7 16:13:16 host kernel: message repeated 9 times: [ ${FULL}]`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "host",
          text: `message repeated 9 times: [ ${FULL}]`,
        },
      },
      {
        line: "Jun  4 09:24:12 alpine kern.warn kernel: [  152.014434] ttyS ttyS0: tty_port_close_start\r",
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 13_425_852_000_000 },
          uptimeUs: 152_014_434,
          host: "alpine",
          priority: 4,
          text: "ttyS ttyS0: tty_port_close_start",
        },
      },
      {
        line: "Jun  4 09:24:12 alpine auth.err getty[1906]: tcgetattr: I/O error",
        entry: {
          stamp: { ...yearless, ofYearUs: 13_425_852_000_000 },
          host: "alpine",
          tag: "getty",
          priority: 35,
          text: "tcgetattr: I/O error",
        },
      },
      {
        line: `<4>Mar  7 16:13:16 gw vmunix: ${FULL}`,
        entry: {
          tag: "vmunix",
          fromKernel: true,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "gw",
          priority: 4,
          text: FULL,
        },
      },
      {
        line: `<12>Mar  7 16:13:16 gw kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "gw",
          priority: 12,
          doubts: ["pri-facility"],
          text: FULL,
        },
      },
      {
        line: `<4>Mar  7 16:13:16 gw attic: kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          uptimeUs: 8_430_420_174,
          host: "gw",
          priority: 4,
          text: FULL,
        },
      },
      {
        line: `Mar  7 16:13:16 gw attic: kernel: ${FULL}`,
        entry: {
          tag: "attic",
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "gw",
          text: `kernel: ${FULL}`,
        },
      },
      {
        line: `Mar  7 16:13:16 gw daemon.warn klogd: [  123.456000] ${FULL}`,
        entry: {
          tag: "klogd",
          fromKernel: true,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          uptimeUs: 123_456_000,
          host: "gw",
          priority: 28,
          doubts: ["pri-facility"],
          text: FULL,
        },
      },
      {
        line: `Mar  7 16:13:16 gw klogd: ${FULL}`,
        entry: {
          tag: "klogd",
          fromKernel: true,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "gw",
          text: FULL,
        },
      },
      {
        line: `<4>Mar  7 16:13:16 UGW3,0011223344ff,v4.4.56: kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          uptimeUs: 8_430_420_174,
          host: "UGW3,0011223344ff,v4.4.56",
          priority: 4,
          text: FULL,
        },
      },
      {
        line: `Mar  7 16:13:16 attic UGW3,0011223344ff,v4.4.56: kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 5_760_796_000_000 }, host: "attic", text: FULL },
      },
      {
        line: `Mar  7 16:13:16 UGW3,0011223344ff,v4.4.56: check: ${FULL}`,
        entry: {
          tag: "check",
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "UGW3,0011223344ff,v4.4.56",
          text: FULL,
        },
      },
      {
        line: `Mar  7 16:13:16 UTC gw kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 5_760_796_000_000 }, host: "gw", text: FULL },
      },
      {
        line: `Mar  7 16:13:16 TEST kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 5_760_796_000_000 }, host: "TEST", text: FULL },
      },
      {
        line: `Mar  7 16:13:16 gw myklogd: ${FULL}`,
        entry: {
          tag: "myklogd",
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "gw",
          text: FULL,
        },
      },
      {
        line: `Mar  7 16:13:16 gw kernel[0]: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 5_760_796_000_000 }, host: "gw", text: FULL },
      },
      {
        line: `Mar  7 16:13:16 gw kernel[123]: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "gw",
          doubts: ["tag-pid"],
          text: FULL,
        },
      },
      {
        line: `Mar  7 16:13:16 10.0.0.7 [ 8430.420174] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          uptimeUs: 8_430_420_174,
          host: "10.0.0.7",
          text: FULL,
        },
      },
      {
        line: `Apr 27 21:49:13.148139 router kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ...micro, ofYearUs: 10_187_353_148_139 },
          host: "router",
          text: FULL,
        },
      },
      {
        line: `Wed Mar 10 20:19:39 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, weekday: 3, ofYearUs: 6_034_779_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: "Feb 11 19:15:13 node kube-proxy.daemon[77707]: I0211 19:15:13.064605   77707 conntrack.go:52] Setting nf_conntrack_max to 131072",
        entry: {
          tag: "kube-proxy.daemon",
          stamp: { ...yearless, ofYearUs: 3_611_713_000_000 },
          host: "node",
          text: "Setting nf_conntrack_max to 131072",
        },
      },
      {
        line: `Mar  1 10:00:00 [kernel] [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_220_000_000_000 },
          uptimeUs: 8_430_420_174,
          text: FULL,
        },
      },
      {
        line: `Mar  1 10:00:00 [UTM] [kernel] ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 5_220_000_000_000 }, host: "UTM", text: FULL },
      },
      {
        line: "Mar  1 10:00:00 [sshd] text",
        entry: { stamp: { ...yearless, ofYearUs: 5_220_000_000_000 }, text: "[sshd] text" },
      },
      {
        line: `Mar  1 10:00:00 lb3 warning kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 5_220_000_000_000 }, host: "lb3", text: FULL },
      },
      {
        line: "Mar  1 10:00:00 lb3 info is up: text",
        entry: {
          tag: null,
          stamp: { ...yearless, ofYearUs: 5_220_000_000_000 },
          host: "lb3",
          text: "info is up: text",
        },
      },
      {
        line: "Mar  1 10:00:00 INFO something happened",
        entry: { stamp: { ...yearless, ofYearUs: 5_220_000_000_000 }, text: "something happened" },
      },
      {
        line: "Mar  1 10:00:00 65531",
        entry: { stamp: { ...yearless, ofYearUs: 5_220_000_000_000 }, text: "65531" },
      },
      {
        line: `Mar  1 10:00:00 65531 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 5_220_000_000_000 }, host: "65531", text: FULL },
      },
      {
        line: "Mar  1 10:00:00 65531 sshd[7]: text",
        entry: {
          tag: "sshd",
          stamp: { ...yearless, ofYearUs: 5_220_000_000_000 },
          host: "65531",
          text: "text",
        },
      },
      {
        line: `Feb 31 10:00:00 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { kind: "bad", text: "Feb 31 10:00:00" }, host: "host", text: FULL },
      },
      {
        line: `Feb 29 12:00:00 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_140_800_000_000 },
          host: "host",
          text: FULL,
        },
      },
    ],
    lookalikes: [
      "Foo 12 10:00:00 host kernel: text",
      "Jan 12 17:34:12 2021 host kernel: text",
      "Jan 12 2021 17:34:12 host kernel: text",
      "May 14 is the day",
      "Mar 123 10:00:00 host kernel: text",
    ],
  },
  {
    id: "sent-line",
    describes: "a log server's stamp and the sender's name in front of the whole line that it sent",
    pattern: new RegExp(`^${PRI}(?:${MONTH}${DAY} ${CLOCK}|${ISO_STAMP}) (?<host>${SENDER})${SENT}`),
    form: null,
    rest: "line",
    samples: [
      {
        line: `Mar  1 10:00:01 192.0.2.7 Mar  1 10:00:00 kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_220_000_000_000 },
          host: "192.0.2.7",
          text: FULL,
        },
      },
      {
        line: `2026-03-01T10:00:01+00:00 192.0.2.7 <4>Mar  1 10:00:00 gw1 kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_220_000_000_000 },
          host: "gw1",
          priority: 4,
          text: FULL,
        },
      },
      {
        line: `Mar  1 10:00:01 gw1 Mar  1 10:00:00 check: ${FULL}`,
        entry: {
          tag: "check",
          stamp: { ...yearless, ofYearUs: 5_220_000_000_000 },
          host: "gw1",
          text: FULL,
        },
      },
    ],
    lookalikes: [
      `Mar  1 10:00:01 gw1 app: Mar  1 10:00:00 kernel: ${FULL}`,
      "Mar  1 10:00:01 gw1 Mar kernel: text",
    ],
  },
  {
    id: "rfc3164-year-first",
    describes: "syslog of network systems: year, month, day and time",
    pattern: new RegExp(
      `^${PRI} ?(?<stamp>${YEAR} ${MONTH}${DAY} ${CLOCK})${END}(?!.{0,160}${SWITCH_KERNEL})`,
    ),
    form: "year-month-day",
    rest: "syslog",
    samples: [
      {
        line: `2026 May 14 05:37:26.307660 leaf1 INFO kernel: [  12.000001] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, ...micro, localUs: 1_778_737_046_307_660 },
          uptimeUs: 12_000_001,
          host: "leaf1",
          text: FULL,
        },
      },
      {
        line: `<4> 2026 May 14 05:37:26.307660 leaf1 kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, ...micro, localUs: 1_778_737_046_307_660 },
          priority: 4,
          host: "leaf1",
          text: FULL,
        },
      },
    ],
    lookalikes: ["2026 May 14", "1234 May 14 05:37:26 host kernel: text"],
  },
  {
    id: "nx-os",
    describes:
      "kernel lines of Cisco's NX-OS: the switch, perhaps its context and the kernel's time, then facility and level",
    pattern: new RegExp(
      String.raw`^(?<stamp>${YEAR} ${MONTH}${DAY} ${CLOCK}) (?:(?!%)(?<host>\S{1,255}) )?(?:%\$ VDC-\d{1,2} %\$ )?` +
        `(?:${MONTH}${DAY} ${CLOCK} )?%KERN-(?<pri>[0-7])-SYSTEM_MSG: `,
    ),
    form: "year-month-day",
    rest: "kernel",
    samples: [
      {
        line: `2026 May 14 05:37:26 sw1 %$ VDC-1 %$ May 14 05:37:25 %KERN-4-SYSTEM_MSG: [ 8430.420174] ${FULL} - kernel`,
        entry: {
          ...ring,
          stamp: { ...wall, localUs: 1_778_737_046_000_000 },
          uptimeUs: 8_430_420_174,
          host: "sw1",
          priority: 4,
          text: `${FULL} - kernel`,
        },
      },
      {
        line: `2026 May 14 05:37:26 sw1 %KERN-4-SYSTEM_MSG: ${FULL} - kernel`,
        entry: {
          ...ring,
          stamp: { ...wall, localUs: 1_778_737_046_000_000 },
          host: "sw1",
          priority: 4,
          text: `${FULL} - kernel`,
        },
      },
    ],
    lookalikes: [
      "2026 May 14 05:37:26 sw1 %USER-2-SYSTEM_MSG: text - clis",
      "May 14 05:37:26 sw1 %KERN-4-SYSTEM_MSG: text",
    ],
  },
  {
    id: "rfc3164-year-middle",
    describes: "syslog with the year between day and time",
    pattern: new RegExp(
      `^${PRI}(?<stamp>${MONTH}${DAY},? ${YEAR},?(?: @)? (?:${CLOCK}${NO_HALF}|${CLOCK_12}))(?:: ?| |$)`,
    ),
    form: "month-day-year",
    rest: "syslog",
    samples: [
      {
        line: `Jan 12, 2021 @ 17:34:12.000 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_610_472_852_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `Jan 12 2021 17:34:12 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_610_472_852_000_000 }, host: "host", text: FULL },
      },
      {
        line: `Jan 12, 2021 5:34:12 PM host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_610_472_852_000_000 }, host: "host", text: FULL },
      },
      {
        line: `Jan 12, 2021 13:34:12 PM host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "bad", text: "Jan 12, 2021 13:34:12 PM" },
          host: "host",
          text: FULL,
        },
      },
    ],
    lookalikes: ["Jan 12 21 17:34:12 host kernel: text"],
  },
  {
    id: "day-first",
    describes: "the day in front of month and year: mail programs' and web servers' dates, some log servers",
    pattern: new RegExp(
      String.raw`^${PRI}\[?(?:${WEEKDAY},? )?(?<stamp>\d{1,2}(?<mark>[ /-])${MONTH}\k<mark>${YEAR}[ :]${CLOCK}(?: [+-]\d\d:?\d\d)?)\]?(?:: ?| |$)`,
    ),
    form: "day-month-year",
    rest: "syslog",
    writers: "either",
    samples: [
      {
        line: `12 Jan 2021 17:34:12 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_610_472_852_000_000 }, host: "host", text: FULL },
      },
      {
        line: `12-Jan-2021 17:34:12.500 host kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_610_472_852_500_000 },
          uptimeUs: 8_430_420_174,
          host: "host",
          text: FULL,
        },
      },
      {
        line: `[12/Jan/2021:17:34:12 +0100] host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_610_469_252_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `31 Feb 2021 17:34:12 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { kind: "bad", text: "31 Feb 2021 17:34:12" }, host: "host", text: FULL },
      },
      {
        line: `Tue, 12 Jan 2021 17:34:12 +0100 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_610_469_252_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `12 Jan 2021 17:34:12 app: ${FULL}`,
        entry: { tag: "app", stamp: { ...wall, localUs: 1_610_472_852_000_000 }, text: FULL },
      },
    ],
    lookalikes: ["12 Jan 2021 host kernel: text", "12/Jan-2021 17:34:12 host kernel: text"],
  },
  {
    id: "date-numbers",
    describes:
      "dates of spreadsheets and Windows programs: numbers alone, the clock of 24 or of twelve hours",
    pattern: new RegExp(
      String.raw`^${PRI}(?<stamp>${DATE_NUMBERS},? ${CLOCK_12}|${DATE} ${CLOCK}${HALF}|${YEAR}/\d\d/\d\d ${CLOCK}${HALF}),?(?:: ?| |$)`,
    ),
    form: "numbers",
    rest: "syslog",
    writers: "either",
    samples: [
      {
        line: `4/27/2026 7:50:11 PM host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_777_319_411_000_000 }, host: "host", text: FULL },
      },
      {
        line: `1/2/2026 12:00:01 AM host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_767_312_001_000_000 }, host: "host", text: FULL },
      },
      {
        line: `27/04/2026 19:50:11 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_777_319_411_000_000 }, host: "host", text: FULL },
      },
      {
        line: `02.01.2026 19:50:11 host kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, localUs: 1_767_383_411_000_000 },
          uptimeUs: 8_430_420_174,
          host: "host",
          text: FULL,
        },
      },
      {
        line: `2026-04-27 07:50:11 PM host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_777_319_411_000_000 }, host: "host", text: FULL },
      },
      // The first of February or the second of January.
      { line: `02/01/2026 19:50:11 host kernel: ${FULL}`, entry: { ...kernel, host: "host", text: FULL } },
      {
        line: `4/31/2026 7:50:11 PM host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { kind: "bad", text: "4/31/2026 7:50:11 PM" }, host: "host", text: FULL },
      },
      {
        line: `4/27/2026 7:50:11 PM app: ${FULL}`,
        entry: { tag: "app", stamp: { ...wall, localUs: 1_777_319_411_000_000 }, text: FULL },
      },
    ],
    lookalikes: [
      "4/27-2026 7:50:11 PM host kernel: text",
      "4/27/2026 host kernel: text",
      "2026-04-27 07:50:11 PMhost kernel: text",
      "27.04.2026 19:50 host kernel: text",
    ],
  },
  {
    id: "rfc3164-year-last",
    describes: "syslog of some routers: month, day, time and year",
    pattern: new RegExp(`^${PRI}(?<stamp>${MONTH}${DAY} ${CLOCK} ${YEAR})${END}`),
    form: "time-year",
    rest: "syslog",
    samples: [
      {
        line: `Jan 12 17:34:12 2021 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_610_472_852_000_000 }, host: "host", text: FULL },
      },
      {
        line: "Jan 12 17:34:12 2021 SYSLOG[0]: message repeated 2 times: [ [Host 192.168.0.1] UDP ]",
        entry: {
          stamp: { ...wall, localUs: 1_610_472_852_000_000 },
          tag: "SYSLOG",
          text: "message repeated 2 times: [ [Host 192.168.0.1] UDP ]",
        },
      },
    ],
    lookalikes: ["Jan 12 17:34:12 20211 host kernel: text"],
  },
  {
    id: "ctime",
    describes: "OpenWrt logread: weekday, date and year; with -t also the epoch",
    pattern: new RegExp(
      `^${PRI}(?<stamp>${WEEKDAY} ${MONTH}${DAY} ${CLOCK} (?:(?:[A-Z]{2,5}|${OFFSET}) )?${YEAR})` +
        String.raw`(?: \[(?<epoch>\d{1,10}\.\d{3,6})\])?${END}`,
    ),
    form: "time-year",
    rest: "syslog",
    samples: [
      {
        line: "Sat Dec 27 17:49:19 2025 kern.warn kernel: [ 9190.482328] Start Seq = 0000004b",
        entry: {
          ...kernel,
          stamp: { ...wall, localUs: 1_766_857_759_000_000 },
          uptimeUs: 9_190_482_328,
          priority: 4,
          text: "Start Seq = 0000004b",
        },
      },
      {
        line: "Sat Dec 27 17:49:19 2025 user.notice mtk-wifi: new_station ce:f8:b8:b9:0c:c8 ra0",
        entry: {
          tag: "mtk-wifi",
          stamp: { ...wall, localUs: 1_766_857_759_000_000 },
          priority: 13,
          text: "new_station ce:f8:b8:b9:0c:c8 ra0",
        },
      },
      {
        line: `Wed Mar 10 20:19:39 2021 [1615403979.123] kern.warn kernel: [ 9190.482328] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", atUs: 1_615_403_979_123_000, resolutionUs: 1000 },
          uptimeUs: 9_190_482_328,
          priority: 4,
          text: FULL,
        },
      },
      {
        line: `Wed Mar 10 20:19:39 2021 daemon.warn kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, localUs: 1_615_407_579_000_000 },
          priority: 28,
          doubts: ["pri-facility"],
          text: FULL,
        },
      },
      {
        line: `Wed Mar 10 20:19:39 CET 2021 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, zoneName: "CET", localUs: 1_615_407_579_000_000 },
          host: "host",
          text: FULL,
        },
      },
    ],
    lookalikes: ["Wed Mar 10 20:19:39 host kernel: text", "Wed Mar 10 2021"],
  },
  {
    id: "host-ctime",
    describes: "OpenWrt's log page and log server: the host in front of weekday, date and year",
    pattern: new RegExp(
      String.raw`^(?<host>(?=\S*[\p{L}\d])[^\s:"'()<>{}=,;|\u0060\[\]]{1,255}(?<!\.)) ` +
        String.raw`(?<stamp>${WEEKDAY} ${MONTH}${DAY} ${CLOCK} ${YEAR}) (?=[a-z]{2,8}\d?\.[a-z]{3,7} )`,
      "u",
    ),
    form: "time-year",
    rest: "syslog",
    samples: [
      {
        line: `OpenWrt Fri Jun 13 20:37:50 2025 kern.warn kernel: [  320.621480] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, localUs: 1_749_847_070_000_000 },
          uptimeUs: 320_621_480,
          host: "OpenWrt",
          priority: 4,
          text: FULL,
        },
      },
      {
        line: "OpenWrt Fri Jun 13 20:37:51 2025 daemon.info dnsmasq[1]: text",
        entry: {
          tag: "dnsmasq",
          stamp: { ...wall, localUs: 1_749_847_071_000_000 },
          host: "OpenWrt",
          priority: 30,
          text: "text",
        },
      },
    ],
    lookalikes: [
      "on Fri Jun 13 20:37:50 2025 kernel: text",
      "- Fri Jun 13 20:37:50 2025 kern.warn kernel: text",
      "1. Fri Jun 13 20:37:50 2025 kern.warn kernel: text",
      "router: Fri Jun 13 20:37:50 2025 kern.warn kernel: text",
    ],
  },
  {
    id: "rfc3164-localised",
    describes: "journalctl -o short in another language: month, day and time",
    pattern: new RegExp(
      String.raw`^(?<stamp>(?!${MONTH} )(?:\p{L}{2,8}\.?|\d{1,2}[月월]) {1,3}\d{1,2} ${CLOCK})${END}`,
      "u",
    ),
    form: "month-day",
    rest: "syslog",
    samples: [
      {
        line: `Mär 05 10:11:12 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_566_272_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `3月 05 10:11:12 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_566_272_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `févr. 04 09:34:42 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 2_972_082_000_000 },
          host: "host",
          text: FULL,
        },
      },
    ],
    lookalikes: ["Uhr 05 10:11:12 host kernel: text", "Mar 05 10:11:12 host kernel: text"],
  },
  {
    id: "rfc5424",
    describes: "syslog as of RFC 5424, on the wire or in a file",
    pattern: new RegExp(
      String.raw`^(?:(?:\d{1,6} )?<(?<pri>\d{1,3})>\d{1,2} |1 (?=\d{4}-))(?:-|(?<stamp>${DATE}T${CLOCK}(?:Z|${OFFSET})?)) `,
    ),
    form: "iso",
    rest: "rfc5424",
    samples: [
      {
        line: `<4>1 2026-03-10T20:19:39.123456+01:00 host kernel - - - [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_773_170_379_123_456 },
          uptimeUs: 8_430_420_174,
          host: "host",
          priority: 4,
          text: FULL,
        },
      },
      {
        line: `123 <4>1 2026-03-10T20:19:39.123456+01:00 host kernel - - [meta@0 seq="5" note="a \\"]\\" b"][x] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_773_170_379_123_456 },
          host: "host",
          priority: 4,
          text: FULL,
        },
      },
      {
        line: `1 2026-03-10T20:19:39.123456+01:00 host kernel - - - ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_773_170_379_123_456 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `<12>1 - - kernel 17 - - ${FULL}`,
        entry: { ...kernel, priority: 12, doubts: ["pri-facility", "tag-pid"], text: FULL },
      },
      {
        line: "<46>1 2026-03-10T20:19:39.123456+01:00 host rsyslogd 156 - - imjournal: 5 messages lost due to rate-limiting",
        entry: {
          stamp: { kind: "instant", ...micro, atUs: 1_773_170_379_123_456 },
          host: "host",
          tag: "rsyslogd",
          priority: 46,
          text: "imjournal: 5 messages lost due to rate-limiting",
        },
      },
    ],
    lookalikes: ["<4>1 host kernel - - - text", "<4>[    1.000000] text"],
  },
  {
    id: "iso",
    describes: "rsyslog, syslog-ng, SUSE and journalctl -o short-iso: ISO 8601, with or without a zone",
    pattern: new RegExp(
      `^${PRI}(?!${DMESG_ISO})(?<stamp>${DATE}[T _]${CLOCK}(?: ?(?:Z|${OFFSET}))?(?: ${ZONE}(?= ))?)` +
        `${NO_HALF}(?! ?${LABELS})(?! ${STREAM}${END})(?! ${KLOG})(?!(?: ?(?:Z|${OFFSET}))?(?:${TAGGED_OBJECT}|${OWN_STAMP}|${SENT_LINE}))(?:: ?(?!\\d)| |$)`,
    ),
    form: "iso",
    rest: "syslog",
    writers: "either",
    samples: [
      {
        line: "2025-09-17T15:22:24.916138+03:00 eliass kernel: [UFW BLOCK] IN=wlp6s0 OUT= MAC=18:93 ",
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_758_111_744_916_138 },
          host: "eliass",
          text: "[UFW BLOCK] IN=wlp6s0 OUT= MAC=18:93",
        },
      },
      {
        line: `2026-04-27T21:49:13+0200 router kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_777_319_353_000_000 },
          host: "router",
          text: FULL,
        },
      },
      {
        line: `2026-04-27T19:49:13Z router kernel: [ 8430.420174][   T37] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_777_319_353_000_000 },
          uptimeUs: 8_430_420_174,
          host: "router",
          text: FULL,
        },
      },
      {
        line: `2017-02-22T19:59:50.056727+00:00 leaf1 kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_487_793_590_056_727 },
          host: "leaf1",
          text: FULL,
        },
      },
      {
        line: `2026-05-14 05:37:26 UTC host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `2026-05-14 05:37:26 CEST kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, zoneName: "CEST", localUs: 1_778_737_046_000_000 },
          text: FULL,
        },
      },
      {
        line: `2026-05-14 05:37:26 +0000 UTC host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `2026-05-14 05:37:26 HOST kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_778_737_046_000_000 }, host: "HOST", text: FULL },
      },
      {
        line: `2026-05-14T05:37:26 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_778_737_046_000_000 }, host: "host", text: FULL },
      },
      {
        line: `2026-05-14_05:37:26.12345 kern.warn: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, resolutionUs: 10, localUs: 1_778_737_046_123_450 },
          uptimeUs: 8_430_420_174,
          priority: 4,
          text: FULL,
        },
      },
      {
        line: "2026-05-14T05:37:26.12345 daemon.warn: text",
        entry: {
          tag: "daemon.warn",
          stamp: { ...wall, resolutionUs: 10, localUs: 1_778_737_046_123_450 },
          text: "text",
        },
      },
      {
        line: `2026-05-14 05:37:26 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_778_737_046_000_000 }, host: "host", text: FULL },
      },
      {
        line: `2026-03-15T00:02:15,243221+01:00 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_773_529_335_243_221 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: "2021-05-03 11:53:40,123 - util.py[WARNING]: text",
        entry: {
          tag: "util.py",
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_620_042_820_123_000 },
          text: "text",
        },
      },
      {
        line: "2021-05-03 11:53:40,123 app worker: text",
        entry: {
          tag: "worker",
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_620_042_820_123_000 },
          text: "text",
        },
      },
      {
        line: "2021-05-03 11:53:40,123 INFO  [main] Started server",
        entry: {
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_620_042_820_123_000 },
          text: "[main] Started server",
        },
      },
      {
        line: `2021-05-03 11:53:40,123 [main] kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_620_042_820_123_000 },
          host: "[main]",
          text: FULL,
        },
      },
      {
        line: "2021-05-03 11:53:41 ERROR Connection timed out",
        entry: { stamp: { ...wall, localUs: 1_620_042_821_000_000 }, text: "Connection timed out" },
      },
      {
        line: "2021-05-03 11:53:41 Connection timed out",
        entry: { stamp: { ...wall, localUs: 1_620_042_821_000_000 }, text: "Connection timed out" },
      },
      {
        line: "2021-05-03 11:53:41 65531",
        entry: { stamp: { ...wall, localUs: 1_620_042_821_000_000 }, text: "65531" },
      },
      {
        line: '2021-05-03T11:53:41Z level=info msg="started"',
        entry: {
          stamp: { kind: "instant", ...second, atUs: 1_620_042_821_000_000 },
          text: 'level=info msg="started"',
        },
      },
      {
        line: "2021-05-03T11:53:41Z gw1 last message repeated 3 times",
        entry: {
          stamp: { kind: "instant", ...second, atUs: 1_620_042_821_000_000 },
          host: "gw1",
          text: "last message repeated 3 times",
        },
      },
      {
        line: `2026-13-14T05:37:26 host kernel: ${FULL}`,
        entry: { ...kernel, stamp: { kind: "bad", text: "2026-13-14T05:37:26" }, host: "host", text: FULL },
      },
    ],
    lookalikes: [
      "2026-03-15T00:02:15,243221+01:00 nf_conntrack: table full",
      "2021-03-10T20:19:39.123456789Z stdout F text",
      "2021-03-10 and no time",
    ],
  },
  {
    id: "utm",
    describes: "firewalls of Astaro and Sophos (UTM): the date with colons, then syslog",
    pattern: /^(?<stamp>\d{4}:\d\d:\d\d-\d\d:\d\d:\d\d) /,
    form: "iso",
    rest: "syslog",
    samples: [
      {
        line: `2026:05:14-05:37:26 fw-1 kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, localUs: 1_778_737_046_000_000 },
          uptimeUs: 8_430_420_174,
          host: "fw-1",
          text: FULL,
        },
      },
      {
        line: "2026:05:14-05:37:26 fw ulogd[4711]: text",
        entry: {
          stamp: { ...wall, localUs: 1_778_737_046_000_000 },
          tag: "ulogd",
          host: "fw",
          text: "text",
        },
      },
      {
        line: `2026:13:14-05:37:26 fw kernel: ${FULL}`,
        entry: { ...kernel, stamp: { kind: "bad", text: "2026:13:14-05:37:26" }, host: "fw", text: FULL },
      },
    ],
    lookalikes: ["2026:05:14 05:37:26 fw kernel: text", "2026:05:14-05:37 fw kernel: text"],
  },
  {
    id: "journal-full",
    describes: "journalctl -o short-full and with-unit: weekday, date, time and zone name",
    pattern: new RegExp(
      String.raw`^(?<stamp>${WEEKDAY} ${DATE} ${CLOCK}(?! (?:\S{1,9} )?\[s=)(?: (?:[A-Z]{2,6}|${OFFSET}))?)${END}`,
    ),
    form: "iso",
    rest: "syslog",
    samples: [
      {
        line: `Mon 2026-04-27 21:49:13 CEST router kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, zoneName: "CEST", localUs: 1_777_326_553_000_000 },
          host: "router",
          text: FULL,
        },
      },
      {
        line: "Mon 2026-04-27 19:49:13 UTC router init.scope[1]: Started",
        entry: {
          tag: "init.scope",
          stamp: { kind: "instant", ...second, atUs: 1_777_319_353_000_000 },
          host: "router",
          text: "Started",
        },
      },
      {
        line: `Mon 2026-04-27 16:49:13 -03 router kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_777_319_353_000_000 },
          host: "router",
          text: FULL,
        },
      },
    ],
    lookalikes: ["Mon 2026-04-27 21:49:13.148139 CEST [s=7a37;i=1;b=ea;m=3;t=6;x=5]", "Mon 2026-04-27"],
  },
  {
    id: "journal-unix",
    describes: "journalctl -o short-unix, syslog-ng by choice: seconds since 1970",
    pattern: /^(?<stamp>\d{9,10}\.\d{6}(?= \S+ \S)|\d{10}(?:\.\d{1,9})?(?= \S{1,255} kernel: )) /,
    form: "epoch",
    rest: "syslog",
    samples: [
      {
        line: `1615403979 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_615_403_979_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `1615403979.123456 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_615_403_979_123_456 },
          host: "host",
          text: FULL,
        },
      },
    ],
    lookalikes: ["1615403979.123    234 10.0.0.1 TCP_MISS/200", "1615403979.123456", "1615403979 host text"],
  },
  {
    id: "journal-monotonic",
    describes: "journalctl -o short-monotonic: uptime, then host and tag",
    pattern: new RegExp(String.raw`^\[ *(?<up>${UPTIME})\] (?=${HOST_TAG})`),
    form: null,
    rest: "syslog",
    samples: [
      {
        line: `[   58.899907] router kernel: ${FULL}`,
        entry: { ...kernel, uptimeUs: 58_899_907, host: "router", text: FULL },
      },
      {
        line: "[  193.034938] router systemd-journald[130]: Received client request to sync journal.",
        entry: {
          tag: "systemd-journald",
          uptimeUs: 193_034_938,
          host: "router",
          text: "Received client request to sync journal.",
        },
      },
    ],
    lookalikes: [
      "[   58.899907] nf_conntrack: nf_conntrack: table full, dropping packet",
      "[    5.100000] usb 1-2: new high-speed USB device",
      "[    5.100000] systemd[1]: Started",
    ],
  },
  {
    id: "journal-delta",
    describes: "journalctl -o short-delta: uptime, time since the entry before, host and tag",
    pattern: new RegExp(String.raw`^\[ *(?<up>${UPTIME})(?: < *\d{1,10}\.\d{6}[ *]>| {16})\] (?=\S+ \S)`),
    form: null,
    rest: "syslog",
    samples: [
      {
        line: `[   58.899907                ] router kernel: ${FULL}`,
        entry: { ...kernel, uptimeUs: 58_899_907, host: "router", text: FULL },
      },
      {
        line: `[   58.900455 <    0.000548 >] router kernel: ${FULL}`,
        entry: { ...kernel, uptimeUs: 58_900_455, host: "router", text: FULL },
      },
      {
        line: `[   58.900455 <    0.000548*>] router kernel: ${FULL}`,
        entry: { ...kernel, uptimeUs: 58_900_455, host: "router", text: FULL },
      },
    ],
    lookalikes: ["[   58.900455 <    0.000548>] router kernel: text"],
  },
  {
    id: "journal-json",
    describes: "journalctl -o json, json-seq and json-sse: one object a line",
    pattern: /^(?:\u001e|data: ?)?(?=\{ {0,8}"[A-Z_])/,
    form: null,
    rest: "journal-object",
    samples: [
      {
        line: '{"__MONOTONIC_TIMESTAMP":"58953429","_BOOT_ID":"eae3987d4b3a438d9d0bf5edc8bdbf97","SYSLOG_FACILITY":"0","_HOSTNAME":"router","MESSAGE":"nf_conntrack: table full, dropping packet","PRIORITY":"4","__REALTIME_TIMESTAMP":"1777319389570350","SYSLOG_IDENTIFIER":"kernel","_SOURCE_MONOTONIC_TIMESTAMP":"58899907","_TRANSPORT":"kernel"}',
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_777_319_389_570_350 },
          uptimeUs: 58_899_907,
          host: "router",
          priority: 4,
          bootId: "eae3987d4b3a438d9d0bf5edc8bdbf97",
          text: FULL,
        },
      },
      {
        line: '\u001e{"_TRANSPORT":"syslog","SYSLOG_IDENTIFIER":"kernel","SYSLOG_FACILITY":"1","PRIORITY":"5","_SOURCE_REALTIME_TIMESTAMP":"1777319389570000","__REALTIME_TIMESTAMP":"1777319389570350","__MONOTONIC_TIMESTAMP":"58953429","MESSAGE":[110,102,95,195,164]}',
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_777_319_389_570_000 },
          priority: 13,
          doubts: ["pri-facility", "transport"],
          text: "nf_ä",
        },
      },
      {
        line: 'data: { "__REALTIME_TIMESTAMP" : "1534860261221373", "__MONOTONIC_TIMESTAMP" : "38708007", "PRIORITY" : "6", "SYSLOG_FACILITY" : "3", "_TRANSPORT" : "stdout", "SYSLOG_IDENTIFIER" : "python", "_HOSTNAME" : "imx6", "MESSAGE" : "nf_conntrack: table full, dropping packet" }',
        entry: {
          tag: "python",
          stamp: { kind: "instant", ...micro, atUs: 1_534_860_261_221_373 },
          host: "imx6",
          priority: 30,
          text: FULL,
        },
      },
      {
        line: `{"PROGRAM":"kernel","PRIORITY":"warning","MESSAGE":"${FULL}","HOST":"gw1","FACILITY":"kern"}`,
        entry: { ...kernel, host: "gw1", text: FULL },
      },
      {
        line: '{"__REALTIME_TIMESTAMP":"1777319389570350","__MONOTONIC_TIMESTAMP":"58953429","_TRANSPORT":"kernel","MESSAGE":"text"}',
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...micro, atUs: 1_777_319_389_570_350 },
          uptimeUs: 58_953_429,
          text: "text",
        },
      },
    ],
    lookalikes: ['{"MESSAGE":"cut', '{"log":"text\\n","stream":"stdout"}', '{"NAME":"of something else"}'],
  },
  {
    id: "dmesg",
    describes: "dmesg, kern.log of the kernel itself, a console: uptime and text; with -r or -x the level",
    pattern: new RegExp(String.raw`^${LEVEL}(?=\[ *${UPTIME}(?:s|[@,] ?\d{1,3})?\](?! ${HOST_TAG}))`),
    form: null,
    rest: "ring",
    samples: [
      { line: `[    5.445625] ${FULL}`, entry: { ...ring, uptimeUs: 5_445_625, text: FULL } },
      {
        line: `[=C2=A0 115.670205] ${FULL}`,
        entry: { ...ring, uptimeUs: 115_670_205, text: FULL },
      },
      {
        line: "[17180090.188000] printk: 2 messages suppressed.",
        entry: { ...ring, uptimeUs: 17_180_090_188_000, text: "printk: 2 messages suppressed." },
      },
      {
        line: "[  601.749973][    C1] TCP: text",
        entry: { ...ring, uptimeUs: 601_749_973, text: "TCP: text" },
      },
      {
        line: `[   93.059429@0] ${FULL}`,
        entry: { ...ring, uptimeUs: 93_059_429, text: FULL },
      },
      {
        line: `<4>[   93.059429, 1] ${FULL}`,
        entry: { ...ring, uptimeUs: 93_059_429, priority: 4, text: FULL },
      },
      {
        line: `<4>[   93.059429] c0   1234 ${FULL}`,
        entry: { ...ring, uptimeUs: 93_059_429, priority: 4, text: FULL },
      },
      {
        line: `<4>[   93.059429]  [0:        swapper/0:    0] ${FULL}`,
        entry: { ...ring, uptimeUs: 93_059_429, priority: 4, text: FULL },
      },
      {
        line: `<4>[   91.044386] -(0)[46:kworker/0:1]${FULL}`,
        entry: { ...ring, uptimeUs: 91_044_386, priority: 4, text: FULL },
      },
      {
        line: `[   91.044386]  (1)[1:swapper/0]${FULL}`,
        entry: { ...ring, uptimeUs: 91_044_386, text: FULL },
      },
      {
        line: `[   91.044386s][pid:0,cpu0,swapper/0]${FULL}`,
        entry: { ...ring, uptimeUs: 91_044_386, text: FULL },
      },
      { line: `[   91.044386] c0 ${FULL}`, entry: { ...ring, uptimeUs: 91_044_386, text: FULL } },
      {
        line: `[   91.044386][    C1]  [1:      swapper/1:    0] ${FULL}`,
        entry: { ...ring, uptimeUs: 91_044_386, text: FULL },
      },
      {
        line: `[   91.044386] [pid is 0, cpu0] ${FULL}`,
        entry: { ...ring, uptimeUs: 91_044_386, text: `[pid is 0, cpu0] ${FULL}` },
      },
      {
        line: "[  580.340726] [T19113] sctp: text",
        entry: { ...ring, uptimeUs: 580_340_726, text: "sctp: text" },
      },
      {
        line: `<4>[    5.445625] ${FULL}`,
        entry: { ...ring, uptimeUs: 5_445_625, priority: 4, text: FULL },
      },
      {
        line: `<12>[    5.445625] ${FULL}`,
        entry: { uptimeUs: 5_445_625, priority: 12, text: FULL },
      },
      {
        line: `kern  :warn  : [    5.445625] ${FULL}`,
        entry: { ...ring, uptimeUs: 5_445_625, priority: 4, text: FULL },
      },
      { line: `[    5.445625] kernel: ${FULL}`, entry: { ...kernel, uptimeUs: 5_445_625, text: FULL } },
      {
        line: `[    5.445625] [Wed Mar 10 20:19:39 2021] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...wall, derived: true, localUs: 1_615_407_579_000_000 },
          uptimeUs: 5_445_625,
          text: FULL,
        },
      },
    ],
    lookalikes: [
      "[   58.899907] router kernel: text",
      "[    12.345] (II) LoadModule: glx",
      "[12.345678 text",
      "[   58.900455 <    0.000548>] text",
    ],
  },
  {
    id: "dmesg-delta",
    describes: "dmesg -d: uptime and time since the line before; with -t only the latter",
    pattern: new RegExp(String.raw`^${LEVEL}\[(?: *(?<up>${UPTIME}) )?${DELTA}\] ?`),
    form: null,
    rest: "ring",
    samples: [
      {
        line: `[  198.247351 <    0.249084>] ${FULL}`,
        entry: { ...ring, uptimeUs: 198_247_351, text: FULL },
      },
      { line: `[<    0.249084>] ${FULL}`, entry: { ...ring, text: FULL } },
      {
        line: `kern  :warn  : [    0.000000 < -198.747722>] ${FULL}`,
        entry: { ...ring, uptimeUs: 0, priority: 4, text: FULL },
      },
    ],
    lookalikes: ["[   58.900455 <    0.000548 >] router kernel: text"],
  },
  {
    id: "dmesg-ctime",
    describes: "dmesg -T, in any language: date and time worked out from the uptime",
    pattern: new RegExp(
      String.raw`^${LEVEL}\[(?<stamp>[^\s\d[\]<>]\S{0,15} +\S{1,12} +(?:\S{1,12} +)?\d{1,2} ${CLOCK} \d{4})(?: ${DELTA})?\] ?`,
    ),
    form: "derived",
    rest: "ring",
    samples: [
      {
        line: `[Sat May  8 12:40:51 2021] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...wall, derived: true, localUs: 1_620_477_651_000_000 },
          text: FULL,
        },
      },
      {
        line: `[Sun Nov 22 23:26:45 2026 <    0.249084>] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...wall, derived: true, localUs: 1_795_390_005_000_000 },
          text: FULL,
        },
      },
      {
        line: `user  :warn  : [Вс ноя 22 23:26:45 2026] ${FULL}`,
        entry: {
          stamp: { ...wall, derived: true, localUs: 1_795_390_005_000_000 },
          priority: 12,
          text: FULL,
        },
      },
      {
        line: `[日 11月 22 23:26:45 2026] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...wall, derived: true, localUs: 1_795_390_005_000_000 },
          text: FULL,
        },
      },
      {
        line: `[dg. de nov. 22 23:26:45 2026] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...wall, derived: true, localUs: 1_795_390_005_000_000 },
          text: FULL,
        },
      },
      {
        line: `[Sat May  8 12:40:51 2021][   T37] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...wall, derived: true, localUs: 1_620_477_651_000_000 },
          text: FULL,
        },
      },
      { line: `[sr xyz 22 23:26:45 2026] ${FULL}`, entry: { ...ring, text: FULL } },
      {
        line: `[Sat Feb 30 12:40:51 2021] [    5.445625] ${FULL}`,
        entry: {
          ...ring,
          stamp: { kind: "bad", text: "Sat Feb 30 12:40:51 2021" },
          uptimeUs: 5_445_625,
          text: FULL,
        },
      },
    ],
    lookalikes: ["[Sat May  8 12:40:51] text", "[drm] Initialized 1 2 3"],
  },
  {
    id: "dmesg-iso",
    describes: "dmesg --time-format iso: date, time and zone worked out from the uptime",
    pattern: new RegExp(String.raw`^${LEVEL}(?=${DMESG_ISO})(?<stamp>${DATE}T${CLOCK}[+-]\d\d:?\d\d)${END}`),
    form: "iso",
    rest: "ring",
    samples: [
      {
        line: `2026-03-15T00:02:15,243221+01:00 ${FULL}`,
        entry: {
          ...ring,
          stamp: { kind: "instant", ...micro, atUs: 1_773_529_335_243_221 },
          text: FULL,
        },
      },
      {
        line: `kern  :warn  : 2026-03-15T00:02:15,243221+0100 ${FULL}`,
        entry: {
          ...ring,
          stamp: { kind: "instant", ...micro, atUs: 1_773_529_335_243_221 },
          priority: 4,
          text: FULL,
        },
      },
    ],
    lookalikes: [
      "2026-03-15T00:02:15.243221+01:00 host kernel: text",
      "2026-03-15T00:02:15,243 INFO text",
      "2026-03-15T00:02:15,243221+01:00 host kernel: text",
    ],
  },
  {
    id: "dmesg-reltime",
    describes: "dmesg -e and -H: the minute once, then the time since the line before",
    pattern: new RegExp(
      String.raw`^${LEVEL}\[(?: *\+(?<plus>${UPTIME})| *(?<stamp>\d{0,2}[^\s\d[\]+<>.,:;=]{1,10}\.? *\d{1,2} \d\d:\d\d))\] ?`,
    ),
    form: "minute",
    rest: "ring",
    samples: [
      {
        line: `[Nov22 23:26] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...yearless, resolutionUs: 60_000_000, ofYearUs: 28_250_760_000_000 },
          text: FULL,
        },
      },
      {
        line: `kern  :warn  : [11月22 23:26] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...yearless, resolutionUs: 60_000_000, ofYearUs: 28_250_760_000_000 },
          priority: 4,
          text: FULL,
        },
      },
    ],
    lookalikes: ["[Nov 22] text", "[a: +0.1] text", "[kworker/0:1 12:30] text"],
  },
  {
    id: "kmsg",
    describes: "/dev/kmsg: priority, sequence number and uptime",
    pattern: /^(?<pri>\d{1,5}),\d{1,20},(?<up>\d{1,16}),[^;]{0,256};/,
    form: null,
    rest: "kmsg",
    samples: [
      {
        line: `4,339,5140900,-;${FULL}`,
        entry: { ...ring, uptimeUs: 5_140_900, priority: 4, text: FULL },
      },
      {
        line: "6,340,5140901,-,caller=T12,new=field;a\\x09b \\xc3\\xa4 \\\\",
        entry: { ...ring, uptimeUs: 5_140_901, priority: 6, text: "a\tb ä \\" },
      },
      {
        line: `12,341,5140902,-;${FULL}`,
        entry: { uptimeUs: 5_140_902, priority: 12, text: FULL },
      },
    ],
    lookalikes: ["4,339,5140900", "2,3,abc,-;text", "1615403979,12,34"],
  },
  {
    id: "dmesg-json-line",
    describes: "an object of dmesg -J on a line of its own",
    pattern: /^(?=\{ {0,8}"(?:(?:fac|pri|caller|msg)"|time" ?: {0,8}\d))/,
    form: null,
    rest: "dmesg-object",
    samples: [
      {
        line: '{"pri":4,"time":5.445625,"msg":"nf_conntrack: table full, dropping packet"}',
        entry: { ...ring, uptimeUs: 5_445_625, priority: 4, text: FULL },
      },
    ],
    lookalikes: ['{"primary":4}', '{"time":"2019-06-02T07:02:20Z","log":"text"}'],
  },
  {
    id: "docker-json",
    describes: "docker's json-file driver: a container's line and its time",
    pattern: /^(?=\{ {0,8}"(?:(?:log|stream|attrs)"|time" ?: ?"))/,
    form: null,
    rest: "wrapped-object",
    samples: [
      {
        line: '{"log":"W0602 07:02:20.655104       1 server.go:198] WARNING: all flags\\n","stream":"stderr","time":"2019-06-02T07:02:20.655440465Z"}',
        entry: {
          stamp: { kind: "instant", ...micro, atUs: 1_559_458_940_655_440 },
          text: "WARNING: all flags",
        },
      },
      {
        line: '{"log":"[    5.445625] nf_conntrack: table full, dropping packet\\n","stream":"stdout","time":"2019-06-02T07:02:20.655440465Z"}',
        entry: {
          ...ring,
          stamp: { kind: "instant", ...micro, atUs: 1_559_458_940_655_440 },
          uptimeUs: 5_445_625,
          text: FULL,
        },
      },
      {
        line: '{"log":"nf_conntrack: table full, dropping packet\\n","stream":"stdout","time":"2019-06-02T07:02:20.655440465Z"}',
        entry: { stamp: { kind: "instant", ...micro, atUs: 1_559_458_940_655_440 }, text: FULL },
      },
    ],
    lookalikes: ['{"logger":"x"}', '{"log":"cut', '{"pri":4,"time":5.445625,"msg":"text"}'],
  },
  {
    id: "cri",
    describes: "container logs of Kubernetes (CRI): time, stream, then the line",
    pattern: new RegExp(`^(?<stamp>${DATE}T${CLOCK}(?:Z|${OFFSET})) ${STREAM}${END}`),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: `2021-03-10T20:19:39.123456789Z stdout F Mar  7 16:13:16 host kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...yearless, ofYearUs: 5_760_796_000_000 },
          host: "host",
          text: FULL,
        },
      },
      {
        line: `2021-03-10T20:19:39.123456789Z stderr P ${FULL}`,
        entry: { stamp: { kind: "instant", ...micro, atUs: 1_615_407_579_123_456 }, text: FULL },
      },
    ],
    lookalikes: ["2021-03-10T20:19:39.123456789Z stdout text"],
  },
  {
    id: "kubectl-timestamps",
    describes: "kubectl logs --timestamps around klog lines",
    pattern: new RegExp(`^(?<stamp>${DATE}T${CLOCK}(?:Z|${OFFSET})) (?=${KLOG})`),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: "2021-03-10T20:19:39.123456789Z I0310 20:19:39.123456       1 log_monitor.go:160] New status",
        entry: {
          stamp: { kind: "instant", ...micro, atUs: 1_615_407_579_123_456 },
          text: "New status",
        },
      },
    ],
    lookalikes: ["2021-03-10T20:19:39.123456789Z I am no klog line"],
  },
  {
    id: "iso-slashed",
    describes: "a date with slashes and a time: routers, Go programs, nginx",
    pattern: new RegExp(String.raw`^${PRI}(?<stamp>${YEAR}/\d\d/\d\d ${CLOCK})${NO_HALF}(?:: ?| |$)`),
    form: "iso",
    rest: "syslog",
    writers: "either",
    samples: [
      {
        line: `2026/05/14 05:37:26 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_778_737_046_000_000 }, host: "gw1", text: FULL },
      },
      {
        line: "2026/05/14 05:37:26 http: text",
        entry: { tag: "http", stamp: { ...wall, localUs: 1_778_737_046_000_000 }, text: "text" },
      },
    ],
    lookalikes: ["2026/05/14 gw1 kernel: text", "14/05/2026 05:37:26 kernel: text"],
  },
  {
    id: "bracketed",
    describes: "a serial console's logger: its time in brackets, then the line",
    pattern: new RegExp(
      String.raw`^\[(?<stamp>(?:${DATE}|${YEAR}/\d\d/\d\d)[T ]${CLOCK}(?: ?(?:Z|${OFFSET}))?)\] ?`,
    ),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: `[2026-05-14 05:37:26] [ 8430.420174] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...wall, localUs: 1_778_737_046_000_000 },
          uptimeUs: 8_430_420_174,
          text: FULL,
        },
      },
      {
        line: `[2026/05/14 05:37:26] kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_778_737_046_000_000 }, text: FULL },
      },
      {
        line: `[2026-05-14T05:37:26Z] ${FULL}`,
        entry: { stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 }, text: FULL },
      },
    ],
    lookalikes: ["[2026-05-14] text", "[05:37:26] text"],
  },
  {
    id: "tabbed",
    describes: "columns of a log server or a log viewer: time, perhaps level and host, then the line",
    pattern: new RegExp(
      String.raw`^(?<stamp>${DATE}[T \t]${CLOCK}(?:Z|${OFFSET})?)\t+(?:[A-Z]\w{1,15}\.[A-Z]\w{1,15}\t(?<host>[^\s"]{1,255})\t)?(?=\S)`,
    ),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: `2026-05-14\t05:37:26\tKernel.Warning\t192.0.2.9\tkernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, localUs: 1_778_737_046_000_000 },
          host: "192.0.2.9",
          text: FULL,
        },
      },
      {
        line: `2026-05-14T05:37:26Z\tMay 14 05:37:25 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 11_597_845_000_000 }, host: "gw1", text: FULL },
      },
    ],
    lookalikes: ["2026-05-14\ttext", "2026-05-14 05:37:26 gw1 kernel:\ttext"],
  },
  {
    id: "tabbed-numbers",
    describes: "columns of a log server in countries that write the year last",
    pattern: new RegExp(
      String.raw`^(?<stamp>\d\d(?<mark>[/-])\d\d\k<mark>${YEAR}\t${CLOCK})\t+[A-Z]\w{1,15}\.[A-Z]\w{1,15}\t(?<host>[^\s"]{1,255})\t(?=\S)`,
    ),
    form: "numbers",
    rest: "line",
    samples: [
      {
        line: `04-27-2026\t19:50:11\tKernel.Warning\t192.0.2.9\tkernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, localUs: 1_777_319_411_000_000 },
          host: "192.0.2.9",
          text: FULL,
        },
      },
    ],
    lookalikes: ["04-27-2026\t19:50:11\ttext", "04-27-2026 19:50:11 gw1 kernel:\ttext"],
  },
  {
    id: "csv",
    describes: "cells of Graylog's, Splunk's and Kibana's exports: time, perhaps the source, then the line",
    pattern: cells(`${ISO_STAMP}(?: ?UTC)?`, "[,;]"),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: `"2026-05-14T05:37:26Z","gw1","kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          uptimeUs: 8_430_420_174,
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `"2026-05-14T05:37:26Z","warning","kernel: ${FULL}`,
        entry: { ...kernel, stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 }, text: FULL },
      },
      {
        line: `"2026-05-14T05:37:26Z","May 14 05:37:25 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 11_597_845_000_000 }, host: "gw1", text: FULL },
      },
      {
        line: `2026-05-14T05:37:26Z,gw1,"gw1 kernel: [ 8430.420174] ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          uptimeUs: 8_430_420_174,
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `2026-05-14 05:37:26.123,May 14 05:37:25 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 11_597_845_000_000 }, host: "gw1", text: FULL },
      },
      {
        line: `2026-05-14T05:37:26Z,gw1,kern,warning,kernel,"${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "gw1",
          text: FULL,
        },
      },
    ],
    lookalikes: [
      '"2026-05-14T05:37:26Z",5',
      '"2026-05-14","text"',
      `2026-05-14T05:37:26Z,gw1,user,warning,check,"${FULL}"`,
      `2026-05-14T05:37:26Z, the kernel: ${FULL}`,
    ],
  },
  {
    id: "csv-kibana",
    describes: "cells of Kibana's exports: its own date, perhaps the source, then the line",
    pattern: cells(`${MONTH}${DAY}, ${YEAR} @ ${CLOCK}`),
    form: "month-day-year",
    rest: "line",
    samples: [
      {
        line: `"May 14, 2026 @ 05:37:26.123",gw1,kernel,"${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_778_737_046_123_000 },
          host: "gw1",
          text: FULL,
        },
      },
    ],
    lookalikes: ['"May 14, 2026","text"'],
  },
  {
    id: "csv-numbers",
    describes:
      "cells of Azure's exports and of spreadsheets: the date in numbers, perhaps the source, then the line",
    pattern: cells(`${DATE_NUMBERS},? ${CLOCK_12}`),
    form: "numbers",
    rest: "line",
    samples: [
      {
        line: `"4/27/2026, 7:50:11.123 PM",gw1,kern,warning,kernel,"${FULL}`,
        entry: {
          ...kernel,
          stamp: { ...wall, resolutionUs: 1000, localUs: 1_777_319_411_123_000 },
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `27.04.2026 19:50:11;gw1;kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...wall, localUs: 1_777_319_411_000_000 }, host: "gw1", text: FULL },
      },
    ],
    lookalikes: ['"4/27/2026","text"', "27.04.2026 19:50:11;5"],
  },
  {
    id: "csv-epoch",
    describes:
      "cells of CloudWatch's and Loki's exports: milliseconds or nanoseconds since 1970, then the line",
    pattern: cells(String.raw`\d{13}(?:\d{6})?`),
    form: "epoch",
    rest: "line",
    samples: [
      {
        line: `1777319411123,"[ 8430.420174] ${FULL}`,
        entry: {
          ...ring,
          stamp: { kind: "instant", resolutionUs: 1000, atUs: 1_777_319_411_123_000 },
          uptimeUs: 8_430_420_174,
          text: FULL,
        },
      },
      {
        line: `1777319411123,Apr 27 19:50:10 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 10_180_210_000_000 }, host: "gw1", text: FULL },
      },
    ],
    lookalikes: ["1777319411123,5", "1777319411,kernel: text"],
  },
  {
    id: "papertrail",
    describes:
      "Papertrail's archives: number, two times, the source, its address, facility, level and program",
    pattern: new RegExp(
      String.raw`^\d{1,20}\t(?<stamp>${ISO_STAMP})\t${ISO_STAMP}\t\d{1,20}\t(?<host>[^\s]{1,255})\t[^\t]{0,64}\t\w{0,16}\t\w{0,16}\t(?:(?<writer>kernel)|[^\t]{0,128})\t`,
    ),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: `811\t2026-05-14T05:37:26Z\t2026-05-14T05:37:27Z\t42\tgw1\t192.0.2.9\tKern\tWarning\tkernel\t${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `811\t2026-05-14T05:37:26Z\t2026-05-14T05:37:27Z\t42\tgw1\t192.0.2.9\tUser\tInfo\tcheck\t${FULL}`,
        entry: {
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "gw1",
          text: FULL,
        },
      },
    ],
    lookalikes: ["811\t2026-05-14T05:37:26Z\tgw1\tkernel\ttext"],
  },
  {
    id: "logcli",
    describes: "Loki's own client: time, labels, then the line",
    pattern: new RegExp(
      String.raw`^(?<stamp>${ISO_STAMP}) ?(?=${LABELS})\{(?=[^{}]{0,512}\b(?:host|hostname|instance|node|nodename)="(?<host>[\w.-]{1,255})"|)[^{}]{1,1024}\} `,
    ),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: `2026-05-14T05:37:26Z {host="gw1", job="syslog"} kernel: ${FULL}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `2026-05-14T05:37:26Z {job="syslog"} May 14 05:37:25 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 11_597_845_000_000 }, host: "gw1", text: FULL },
      },
      {
        line: `2026-05-14T05:37:26Z {app="check"} ${FULL}`,
        entry: { stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 }, text: FULL },
      },
    ],
    lookalikes: ["2026-05-14T05:37:26Z {main} kernel: text", '2026-05-14T05:37:26Z {host="gw1"}'],
  },
  {
    id: "stamped-line",
    describes: "a line with a stamp of its own behind that of a log service",
    pattern: new RegExp(`^(?<stamp>${ISO_STAMP})${OWN_STAMP}`),
    form: "iso",
    rest: "line",
    samples: [
      {
        line: `2026-05-14T07:37:26.123+02:00 May 14 05:37:25 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 11_597_845_000_000 }, host: "gw1", text: FULL },
      },
      {
        line: `2026-05-14T05:37:26.123Z May 14 05:37:25 gw1 kernel: ${FULL}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 11_597_845_000_000 }, host: "gw1", text: FULL },
      },
    ],
    lookalikes: ["2026-05-14T05:37:26.123Z May kernel: text"],
  },
  {
    id: "fluentd",
    describes: "fluentd's files: time, tag and an object",
    pattern: new RegExp(`^(?<stamp>${ISO_STAMP})${TAGGED_OBJECT}`),
    form: "iso",
    rest: "wrapped-object",
    samples: [
      {
        line: `2026-05-14 05:37:26 +0000 kern.kernel: {"host":"gw1","ident":"kernel","message":"[ 8430.420174] ${FULL}"}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          uptimeUs: 8_430_420_174,
          host: "gw1",
          text: FULL,
        },
      },
    ],
    lookalikes: ["2026-05-14 05:37:26 +0000 kern.kernel: text", '2026-05-14 05:37:26 +0000 tag: {"cut'],
  },
  {
    id: "json-wrapped",
    describes: "an object of a log collector: Google's, fluentd's, Logstash's, Splunk's",
    pattern:
      /^(?=\{ {0,8}"(?![A-Z_]|(?:log|stream|attrs|fac|pri|caller|msg)"|time" ?: {0,8}[\d"])[@a-z]\w{0,63}" ?:)/,
    form: null,
    rest: "wrapped-object",
    samples: [
      {
        line: `{"insertId":"x1","jsonPayload":{"MESSAGE":"${FULL}","SYSLOG_IDENTIFIER":"kernel","_HOSTNAME":"node1"},"timestamp":"2026-05-14T05:37:26.5Z"}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", resolutionUs: 100_000, atUs: 1_778_737_046_500_000 },
          host: "node1",
          text: FULL,
        },
      },
      {
        line: `{"textPayload":"[ 8430.420174] ${FULL}","timestamp":"2026-05-14T05:37:26Z"}`,
        entry: {
          ...ring,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          uptimeUs: 8_430_420_174,
          text: FULL,
        },
      },
      {
        line: `{"@timestamp":"2026-05-14T05:37:26Z","host":{"name":"gw1"},"message":"kernel: ${FULL}"}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `{"version":"1.1","host":"gw1","short_message":"${FULL}","timestamp":1778737046.123,"facility":"kernel"}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", resolutionUs: 1000, atUs: 1_778_737_046_123_000 },
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `{"@timestamp":"2026-05-14T05:37:26Z","process":{"name":"kernel"},"host.hostname":"gw1","message":"${FULL}"}`,
        entry: {
          ...kernel,
          stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 },
          host: "gw1",
          text: FULL,
        },
      },
      {
        line: `{"eventId":"7","timestamp":1778737046123,"message":"May 14 05:37:25 gw1 kernel: ${FULL}"}`,
        entry: { ...kernel, stamp: { ...yearless, ofYearUs: 11_597_845_000_000 }, host: "gw1", text: FULL },
      },
      // Twelve digits are no time: milliseconds have thirteen.
      {
        line: `{"timestamp":123456789012,"host":"gw1","program":"kernel","message":"${FULL}"}`,
        entry: { ...kernel, host: "gw1", text: FULL },
      },
      {
        line: `{"@timestamp":"2026-05-14T05:37:26Z","message":"${FULL}","facility":"user"}`,
        entry: { stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 }, text: FULL },
      },
      {
        line: `{"@timestamp":"2026-05-14T05:37:26Z","message":"${FULL}","program":"check"}`,
        entry: { stamp: { kind: "instant", ...second, atUs: 1_778_737_046_000_000 }, text: FULL },
      },
    ],
    lookalikes: [
      '{"textPayload":"cut',
      '{"author":"ann","message":"May 14 05:37:26 gw1 kernel: nf_conntrack: table full, dropping packet"}',
      '{"value":5}',
      '{"log":"text","stream":"stdout"}',
    ],
  },
  {
    id: "logcat",
    describes: "Android's logcat -v threadtime of the kernel's buffer, which has no process",
    pattern:
      /^(?<stamp>\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,6}) +(?:root +)?0 +0 [VDIWEF] (?:(?:kernel|KERNEL)? *: )?/,
    form: "klog",
    rest: "kernel",
    samples: [
      {
        line: `05-14 05:37:26.123  root     0     0 W ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...yearless, resolutionUs: 1000, ofYearUs: 11_597_846_123_000 },
          text: FULL,
        },
      },
      {
        line: `05-14 05:37:26.123     0     0 W KERNEL  : [ 8430.420174] ${FULL}`,
        entry: {
          ...ring,
          stamp: { ...yearless, resolutionUs: 1000, ofYearUs: 11_597_846_123_000 },
          uptimeUs: 8_430_420_174,
          text: FULL,
        },
      },
    ],
    lookalikes: ["05-14 05:37:26.123   512   530 W kernel: text", "05-14 05:37:26.123 text"],
  },
  {
    id: "klog",
    describes: "klog of Kubernetes programs: level, month, day and time",
    pattern: /^[IWEF](?<stamp>\d{4} \d\d:\d\d:\d\d\.\d{1,6}) +\d{1,10} [^\s\]]{1,255}\] ?/,
    form: "klog",
    rest: "program",
    samples: [
      {
        line: "I1115 11:57:00.597560       1 node.go:172] Successfully retrieved node IP: 172.31.229.141",
        entry: {
          stamp: { ...yearless, ...micro, ofYearUs: 27_604_620_597_560 },
          text: "Successfully retrieved node IP: 172.31.229.141",
        },
      },
      {
        line: "E1332 25:57:00.597560       1 node.go:172] text",
        entry: { stamp: { kind: "bad", text: "1332 25:57:00.597560" }, text: "text" },
      },
    ],
    lookalikes: ["I1115 11:57:00 text", "X1115 11:57:00.597560       1 node.go:172] text"],
  },
];

/** Heads that say who speaks and nothing of when. */
export const FALLBACKS: readonly Format[] = [
  {
    id: "level-only",
    describes: "/proc/kmsg or dmesg -r and -x of a kernel that prints no times",
    pattern: /^(?:<(?<pri>\d{1,3})>|(?<fac>[a-z]{2,8}\d?) *:(?<lvl>[a-z]{3,6}) *: )(?=\S)/,
    form: null,
    rest: "kernel",
    samples: [
      { line: `<4>${FULL}`, entry: { ...ring, priority: 4, text: FULL } },
      { line: `<12>${FULL}`, entry: { priority: 12, text: FULL } },
      { line: `kern  :warn  : ${FULL}`, entry: { ...ring, priority: 4, text: FULL } },
    ],
    lookalikes: ["<html>", "note: this: text", "<999>text"],
  },
  {
    id: "dmesg-cut",
    describes: "dmesg whose uptimes lost digits, or the bracket in front, when they were copied",
    pattern: new RegExp(
      String.raw`^(?:\[ *\d{1,10}\.\d{1,5}|\d{0,10}\.\d{6})\] (?=${OURS}|[ni][fp]_conntrack (?:version |\()|[\w.]{3,64}: \d+ callbacks suppressed)`,
    ),
    form: null,
    rest: "kernel",
    samples: [
      { line: `[ 1234.567] ${FULL}`, entry: { ...ring, text: FULL } },
      { line: `98.824810] ${FULL}`, entry: { ...ring, text: FULL } },
      {
        line: "98.824810] gmc_interrupt: 7 callbacks suppressed",
        entry: { ...ring, text: "gmc_interrupt: 7 callbacks suppressed" },
      },
    ],
    lookalikes: ["[    12.345] (II) LoadModule: glx", `[1.2.3] ${FULL}`, `see 98.824810] ${FULL}`],
  },
  {
    id: "numbered",
    describes: "kernel lines without a date, numbered by cat -n or a page, or counted by uniq",
    // One blank behind a number is how people write lists and headings.
    pattern: new RegExp(
      String.raw`^(?: {3,8}\d{1,7}\s+|\d{1,7}(?:\t+| {2,8}| {0,2}\| {0,2}))(?:kernel: )?(?=${OURS})`,
    ),
    form: null,
    rest: "kernel",
    samples: [
      { line: `     1\t${FULL}`, entry: { ...ring, text: FULL } },
      { line: `12  ${FULL}`, entry: { ...ring, text: FULL } },
      { line: `   1043 ${FULL}`, entry: { ...ring, text: FULL } },
      { line: `7 | ${FULL}`, entry: { ...ring, text: FULL } },
      {
        line: "13  net_ratelimit: 5 callbacks suppressed",
        entry: { ...ring, text: "net_ratelimit: 5 callbacks suppressed" },
      },
    ],
    lookalikes: [
      `1. ${FULL}`,
      `1) ${FULL}`,
      `2 ${FULL}`,
      ` 2 ${FULL}`,
      `12: ${FULL}`,
      `12:${FULL}`,
      `12  see ${FULL}`,
      `1.2  ${FULL}`,
      "12  usb 1-2: new device",
    ],
  },
  {
    id: "prompt",
    describes: "a console of a kernel without times: its line behind the question of getty",
    pattern: new RegExp(String.raw`^[A-Za-z\d][\w.-]{0,63} login: (?=${OURS})`),
    form: null,
    rest: "kernel",
    samples: [{ line: `gw1 login: ${FULL}`, entry: { ...ring, text: FULL } }],
    lookalikes: [`login: ${FULL}`, "gw1 login: root", `gw1 login: see ${FULL}`],
  },
  {
    id: "kernel-prefix",
    describes: "kernel lines whose date was cut off",
    pattern: /^(?<tag>kernel|vmunix)(?:\[(?<pid>\d{1,10})\])?:(?: |$|(?=[^\s:/]))/,
    form: null,
    rest: "kernel",
    samples: [
      {
        line: "kernel: ip_conntrack: table full, dropping packet.",
        entry: { ...kernel, text: "ip_conntrack: table full, dropping packet." },
      },
      { line: `kernel:[    5.445625] ${FULL}`, entry: { ...kernel, uptimeUs: 5_445_625, text: FULL } },
      { line: `kernel:${FULL}`, entry: { ...kernel, text: FULL } },
      { line: `kernel[7]: ${FULL}`, entry: { ...kernel, doubts: ["tag-pid"], text: FULL } },
    ],
    lookalikes: ["the kernel: text", "kernel is full", "kernel://host/text"],
  },
  {
    id: "host-prefix",
    describes: "kernel lines whose date, or all of it but the time, was cut off in front of the host",
    pattern: new RegExp(
      String.raw`^(?:(?:[A-Za-z]{1,2} {1,2})?(?:\d{1,2} )?${CLOCK} {1,2}|@[\da-f]{24} {1,2}|(?:\*{1,8}|\.{3,8}|\u2026) (?=kernel:))?` +
        String.raw`(?=(?:(?!${NO_HOST_WORD} |\d+ )(?=\S*[\p{L}\d])[^\s:"'()<>{}=,;|\u0060\[\]]{1,255}(?<!\.) (?:kern\.[a-z]{3,7} )?)?kernel: ` +
        String.raw`(?:: )?(?:\[ *${UPTIME}\] |${OURS}))`,
      "u",
    ),
    form: null,
    rest: "syslog",
    samples: [
      {
        line: `obs kernel: [38775494.392631] ${FULL}`,
        entry: { ...kernel, uptimeUs: 38_775_494_392_631, host: "obs", text: FULL },
      },
      { line: ` raspbmc kernel: ${FULL}`, entry: { ...kernel, host: "raspbmc", text: FULL } },
      {
        line: "> gw-1.example kernel: printk: 12 messages suppressed.",
        entry: { ...kernel, host: "gw-1.example", text: "printk: 12 messages suppressed." },
      },
      {
        line: "** kernel: __ratelimit: 2291 callbacks suppressed",
        entry: { ...kernel, text: "__ratelimit: 2291 callbacks suppressed" },
      },
      {
        line: `16:44:36 jobs kernel: [38775494.393661] ${FULL}`,
        entry: { ...kernel, uptimeUs: 38_775_494_393_661, host: "jobs", text: FULL },
      },
      { line: `eb 23 16:44:36 jobs kernel: ${FULL}`, entry: { ...kernel, host: "jobs", text: FULL } },
      { line: `16:44:36 kernel: ${FULL}`, entry: { ...kernel, text: FULL } },
      {
        line: "gw-1 kernel: last message repeated 3 times",
        entry: { ...kernel, host: "gw-1", text: "last message repeated 3 times" },
      },
      {
        line: "gw-1 kernel: ip_conntrack version 2.1 (384 buckets, 3072 max)- 292 bytes per conntrack",
        entry: {
          ...kernel,
          host: "gw-1",
          text: "ip_conntrack version 2.1 (384 buckets, 3072 max)- 292 bytes per conntrack",
        },
      },
      {
        line: "gw-1 kernel: audit_printk_skb: 12 callbacks suppressed",
        entry: { ...kernel, host: "gw-1", text: "audit_printk_skb: 12 callbacks suppressed" },
      },
      {
        line: "... kernel: : __ratelimit: 318 callbacks suppressed",
        entry: { ...kernel, text: "__ratelimit: 318 callbacks suppressed" },
      },
      {
        line: `\u2026 kernel: [    5.445625] ${FULL}`,
        entry: { ...kernel, uptimeUs: 5_445_625, text: FULL },
      },
      { line: `16:44:36  kernel: ${FULL}`, entry: { ...kernel, text: FULL } },
      { line: `@4000000069b07f1b1a2b3c4d kernel: ${FULL}`, entry: { ...kernel, text: FULL } },
      {
        line: `cpe1 kern.warn kernel: [ 1213.053354] ${FULL}`,
        entry: { ...kernel, priority: 4, uptimeUs: 1_213_053_354, host: "cpe1", text: FULL },
      },
    ],
    lookalikes: [
      `the kernel: ${FULL}`,
      `Linux kernel: ${FULL}`,
      `In kernel: [    5.445625] ${FULL}`,
      `we saw kernel: ${FULL}`,
      `1. kernel: ${FULL}`,
      `'obs kernel: ${FULL}'`,
      `found: kernel: ${FULL}`,
      `and so on ... kernel: ${FULL}`,
      "... kernel: usb 1-2: new device",
      `app[7]: kernel: ${FULL}`,
      `Kernel: [    5.445625] ${FULL}`,
      `obs app: kernel: ${FULL}`,
      "obs kernel: usb 1-2: new device",
      "obs kernel: many callbacks suppressed",
      "the kernel: ip_conntrack version 2.1",
      "obs kernel: see nf_conntrack: table full, dropping packet",
    ],
  },
  {
    id: "tag-prefix",
    describes: "syslog lines whose date was cut off",
    pattern:
      /^(?:(?<tag>[A-Za-z_][\w.@/-]{0,63})\[(?<pid>\d{1,10})\]|(?<daemon>rsyslogd)(?:-\d{1,6}|\[[-\d]{1,8}\])?):(?: |$)/,
    form: null,
    rest: "program",
    samples: [
      {
        line: "systemd-journal[1770]: Missed 1427 kernel messages",
        entry: { tag: "systemd-journal", text: "Missed 1427 kernel messages" },
      },
      {
        line: "rsyslogd: imjournal: 84667 messages lost due to rate-limiting",
        entry: { tag: "rsyslogd", text: "imjournal: 84667 messages lost due to rate-limiting" },
      },
    ],
    lookalikes: ["nf_conntrack: text", "884-0[86480]: segfault at 5c7ade ip"],
  },
];

/** A line in no known form: its text is all there is to say. */
export const BARE = {
  id: "bare",
  describes: "text without any header, such as dmesg of an old kernel",
} as const;
