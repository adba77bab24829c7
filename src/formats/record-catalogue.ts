// TABLE: formats whose records are not one line each. As in the table of lines, each row proves itself.

import type { RecordFormat } from "./format.ts";

const kernel = { tag: "kernel", fromKernel: true } as const;
const micro = { kind: "instant", resolutionUs: 1 } as const;
const BOOT = "eae3987d4b3a438d9d0bf5edc8bdbf97";
const CURSOR = `s=7a370dd419c64ca3adc74da66abafc04;i=209;b=${BOOT};m=3838ed5;t=650766ade252e;x=573d5d3ed19cc31`;
const FULL = "nf_conntrack: table full, dropping packet";

/** What every rendering of one journal entry must give: __REALTIME_TIMESTAMP 0x650766ade252e. */
const DROP = {
  ...kernel,
  stamp: { ...micro, atUs: 1_777_319_389_570_350 },
  uptimeUs: 58_899_907,
  host: "router",
  priority: 4,
  bootId: BOOT,
  text: FULL,
} as const;

const minute = { kind: "yearless", resolutionUs: 60_000_000, weekday: null } as const;

const SHELL = {
  tag: "sh",
  stamp: { ...micro, atUs: 1_777_319_389_000_000 },
  host: "router",
  bootId: BOOT,
} as const;

export const RECORD_FORMATS: readonly RecordFormat[] = [
  {
    id: "journal-export",
    describes: "journalctl -o export: fields, also binary ones",
    samples: [
      {
        bytes:
          `__CURSOR=${CURSOR}\n__REALTIME_TIMESTAMP=1777319389570350\n__MONOTONIC_TIMESTAMP=58953429\n_BOOT_ID=${BOOT}\n` +
          `_TRANSPORT=kernel\nPRIORITY=4\nSYSLOG_FACILITY=0\nSYSLOG_IDENTIFIER=kernel\n_HOSTNAME=router\n` +
          `_SOURCE_MONOTONIC_TIMESTAMP=58899907\nMESSAGE=${FULL}\n\n` +
          `__REALTIME_TIMESTAMP=1777319389570350\n_BOOT_ID=${BOOT}\n_HOSTNAME=router\nSYSLOG_IDENTIFIER=sh\n` +
          "_SOURCE_REALTIME_TIMESTAMP=1777319389000000\n" +
          "MESSAGE\n\u0009\0\0\0\0\0\0\0a\n\nb=c\n\nd\nUNKNOWN\n\u0002\0\0\0\0\0\0\0\n\n\n_TRANSPORT=stdout\n\n",
        entries: [DROP, { ...SHELL, text: "a\n\nb=c\n\nd" }],
      },
    ],
    lookalikes: [
      "CURSOR=1\nMESSAGE=text\n\n",
      "PATH=/bin\nHOME=/root\n",
      `Jun  8 10:48:13 router kernel: ${FULL}\n__CURSOR=${CURSOR}\n`,
    ],
  },
  {
    id: "journal-verbose",
    describes: "journalctl -o verbose: date and cursor, then one indented field a line",
    samples: [
      {
        bytes:
          "-- Logs begin at Mon 2026-04-27 21:49:13 CEST. --\n" +
          `Mon 2026-04-27 21:49:49.570350 CEST [${CURSOR}]\n` +
          "    _TRANSPORT=kernel\n    PRIORITY=4\n    SYSLOG_FACILITY=0\n    SYSLOG_IDENTIFIER=kernel\n" +
          `    _HOSTNAME=router\n    MESSAGE=${FULL}\n    _SOURCE_MONOTONIC_TIMESTAMP=58899907\n` +
          `Mon 2026-04-27 21:49:49.570350 CEST [${CURSOR}]\n` +
          "    _TRANSPORT=stdout\n    SYSLOG_IDENTIFIER=sh\n    _HOSTNAME=router\n" +
          "    MESSAGE=one\n            two\n    COREDUMP=[9B blob data]\n" +
          "    _SOURCE_REALTIME_TIMESTAMP=1777319389000000\n",
        entries: [DROP, { ...SHELL, text: "one\ntwo" }],
      },
    ],
    lookalikes: [
      "Mon 2026-04-27 21:49:13 CEST router kernel: text\n",
      "Mon 2026-04-27 21:49:13 CEST [info] text\n",
    ],
  },
  {
    id: "journal-json-pretty",
    describes: "journalctl -o json-pretty: objects spread over lines",
    samples: [
      {
        bytes:
          `{\n\t"__CURSOR" : "${CURSOR}",\n\t"__REALTIME_TIMESTAMP" : "1777319389570350",\n\t"_BOOT_ID" : "${BOOT}",\n` +
          '\t"_TRANSPORT" : "kernel",\n\t"PRIORITY" : "4",\n\t"SYSLOG_FACILITY" : "0",\n\t"_HOSTNAME" : "router",\n' +
          `\t"_SOURCE_MONOTONIC_TIMESTAMP" : "58899907",\n\t"MESSAGE" : "${FULL}"\n}\n` +
          `{\n\t"MESSAGE" : [\n\t\t97,\n\t\t10,\n\t\t195,\n\t\t164\n\t],\n\t"NOTE" : "} \\"{ \\\\",\n\t"_TRANSPORT" : "stdout",\n` +
          `\t"_BOOT_ID" : "${BOOT}",\n\t"_HOSTNAME" : "router",\n\t"SYSLOG_IDENTIFIER" : "sh",\n` +
          '\t"_SOURCE_REALTIME_TIMESTAMP" : "1777319389000000"\n}\n',
        entries: [DROP, { ...SHELL, text: "a\nä" }],
      },
    ],
    lookalikes: [
      '{\n  "kernel": "6.1",\n  "scenario": "S5"\n}\n',
      '{"MESSAGE":"text","_TRANSPORT":"kernel"}\n',
    ],
  },
  {
    id: "dmesg-json",
    describes: "dmesg -J, also with -x",
    samples: [
      {
        bytes:
          '{\n   "dmesg": [\n      {\n         "pri": 4,\n         "time":   198.247351,\n' +
          `         "msg": "${FULL}"\n      },{\n         "fac": "user",\n         "pri": "warn",\n` +
          `         "time":     0.000000,\n         "msg": "${FULL} {"\n      }\n   ]\n}\n`,
        entries: [
          { fromKernel: true, uptimeUs: 198_247_351, priority: 4, text: FULL },
          { uptimeUs: 0, priority: 12, text: `${FULL} {` },
        ],
      },
      {
        bytes: `{"dmesg":[{"pri":5,"time":   198,247351,"caller":"T1","msg":"${FULL}\\n<4>[    1.000000] next\\n"}]}`,
        entries: [{ fromKernel: true, uptimeUs: 198_247_351, priority: 5, text: FULL }],
      },
    ],
    lookalikes: ['{\n   "lsblk": [\n      {"pri": 4}\n   ]\n}\n', '{"pri":4,"time":5.445625,"msg":"text"}\n'],
  },
  {
    id: "service-json",
    describes:
      "records of log services over several lines: gcloud logging read --format json, documents of Elasticsearch",
    samples: [
      {
        bytes:
          '[\n  {\n    "insertId": "a1",\n    "jsonPayload": {\n      "MESSAGE": "nf_conntrack: table full, dropping packet",\n' +
          '      "SYSLOG_IDENTIFIER": "kernel",\n      "_HOSTNAME": "router"\n    },\n    "resource": {\n      "labels": {}\n    },\n' +
          '    "timestamp": "2026-04-27T19:49:49.570350Z"\n  },\n  {\n    "insertId": "a2",\n    "protoPayload": {}\n  },\n' +
          '  {\n    "textPayload": "[   58.899907] nf_conntrack: table full, dropping packet",\n    "insertId": "a3"\n  }\n]\n',
        entries: [
          {
            ...kernel,
            stamp: { ...micro, atUs: 1_777_319_389_570_350 },
            host: "router",
            text: FULL,
          },
          { fromKernel: true, text: '{"insertId":"a2","protoPayload":{}}' },
          { fromKernel: true, uptimeUs: 58_899_907, text: FULL },
        ],
      },
      {
        bytes:
          '{\n  "_index": "syslog-7",\n  "_source": {\n    "@timestamp": "2026-04-27T19:49:49.570350Z",\n' +
          `    "program": "kernel",\n    "host": "router",\n    "message": "${FULL}"\n  }\n}\n`,
        entries: [
          { ...kernel, stamp: { ...micro, atUs: 1_777_319_389_570_350 }, host: "router", text: FULL },
        ],
      },
      {
        bytes: `[{"insertId": "a1", "textPayload": "Apr 27 19:49:49 router kernel: ${FULL}"}]\n`,
        entries: [
          {
            ...kernel,
            stamp: { kind: "yearless", resolutionUs: 1_000_000, weekday: null, ofYearUs: 10_180_189_000_000 },
            host: "router",
            text: FULL,
          },
        ],
      },
    ],
    lookalikes: [
      '{\n  "took": 3,\n  "hits": {\n    "hits": [\n      {\n        "_source": {}\n      }\n    ]\n  }\n}\n',
      '{"insertId":"a1","textPayload":"text"}\n',
      '{\n  "kernel": "6.1",\n  "nested": {}\n}\n',
      'the "insertId": is\n{\n',
    ],
  },
  {
    id: "dmesg-reltime",
    describes: "dmesg -e and -H: the minute once, then the time since the line before",
    samples: [
      {
        bytes:
          `[Nov22 23:26] ${FULL}\n[  +0.249084] next\n[ +12.000001] third\n` +
          "kern  :info  : [Nov22 23:27] fourth\nkern  :info  : [  +0.000000] fifth\n",
        entries: [
          { fromKernel: true, stamp: { ...minute, ofYearUs: 28_250_760_000_000 }, text: FULL },
          { fromKernel: true, stamp: { ...minute, ofYearUs: 28_250_760_249_084 }, text: "next" },
          { fromKernel: true, stamp: { ...minute, ofYearUs: 28_250_772_249_085 }, text: "third" },
          {
            fromKernel: true,
            stamp: { ...minute, ofYearUs: 28_250_820_000_000 },
            priority: 6,
            text: "fourth",
          },
          {
            fromKernel: true,
            stamp: { ...minute, ofYearUs: 28_250_820_000_000 },
            priority: 6,
            text: "fifth",
          },
        ],
      },
    ],
    lookalikes: ["[Sat May  8 12:40:51 2021] text\n", "[  +0.249084] text\n"],
  },
];
