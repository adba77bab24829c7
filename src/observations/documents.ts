// Sources that are one document from the first byte to the last, and are not read line by line for other things.
// What a document is, is told by its head; a path alone never makes one.

import type { CreateReader, DocumentFacts, DocumentReader } from "./document.ts";
import { createCollectdReader, createZabbixReader } from "./metric-csv.ts";
import { createPrometheusReader } from "./prometheus-json.ts";
import { createSampleReader } from "./sample-csv.ts";
import { createDumpReader } from "./table-dump.ts";

interface DocumentRow {
  readonly id: string;
  readonly means: string;
  readonly source: string;
  /** Tested against the first bytes, decoded. */
  readonly head: RegExp;
  /** Tested against the path where the content does not say what it measures; null: any path. */
  readonly path: RegExp | null;
  /** Lines that may stand in the head; null: lines are not looked at. */
  readonly lines: RegExp | null;
  readonly create: CreateReader;
  readonly example: string;
  readonly lookalikes: readonly string[];
}

export const DOCUMENTS: readonly DocumentRow[] = [
  {
    id: "sample-csv",
    means: "count, limit, counters and uptime at instants, one row each",
    source: "`conntrail sample`, and any CSV with at least epoch_ms, count and max",
    head: /^\ufeff?(?:#[^\n]*\n|[^\S\n]*\n)*(?=(?:[^\n]*[,;\t])?[" ]*epoch_ms[" ]*(?:[,;\t\r\n]|$))(?=(?:[^\n]*[,;\t])?[" ]*count[" ]*(?:[,;\t\r\n]|$))(?=(?:[^\n]*[,;\t])?[" ]*max[" ]*(?:[,;\t\r\n]|$))/i,
    path: null,
    lines: null,
    create: createSampleReader,
    example: "epoch_ms,uptime_s,count,max,drop\n1773216914004,46.578,5,2048,0\n",
    lookalikes: ["epoch_ms,value\n1,2\n", "we use epoch_ms, count and max: see below\n1,2,3\n"],
  },
  {
    id: "prometheus-json",
    means: "metrics of node_exporter over time, as the query API answers",
    source: "Prometheus HTTP API, /api/v1/query_range (matrix) and /api/v1/query (vector)",
    head: /^\s*[{[](?=[\s\S]*"(?:resultType"\s*:\s*"(?:matrix|vector)"|metric"\s*:\s*\{[^{}]*\}\s*,\s*"values?"\s*:\s*\[))/,
    path: null,
    lines: null,
    create: createPrometheusReader,
    example:
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"node_nf_conntrack_entries","instance":"h:9100"},"values":[[1700000000,"65531"],[1700000015,"65536"]]}]}}',
    lookalikes: ['{"log":"resultType matrix\\n","stream":"stderr"}\n'],
  },
  {
    id: "collectd-csv",
    means: "the count or the limit over time",
    source: "collectd csv and conntrack plugins, types.db: conntrack, conntrack-max",
    head: /^\ufeff?epoch,value\r?\n/,
    path: /(?:^|\/)conntrack\/conntrack(?:-max)?(?:-\d{4}-\d\d-\d\d)?(?:\.csv)?$/,
    lines: null,
    create: createCollectdReader,
    example: "epoch,value\n1615233542.123,464.000000\n",
    lookalikes: ["epoch\tvalue\n1615233542.123\t464\n"],
  },
  {
    id: "zabbix-csv",
    means: "the count or the limit over time",
    source: "an export of Zabbix history; the item stands in the file's name",
    head: /^\ufeff?(?=[^\n]*\bclock\b)(?=[^\n]*\bvalue\b)[\w",;\t ]+\r?\n/,
    path: /conntrack[._-]?(?:count|max)[^/]*$/i,
    lines: null,
    create: createZabbixReader,
    example: "clock,value\n1615233542,464\n",
    lookalikes: ["time,value\n1615233542,464\n"],
  },
  {
    id: "conntrack-list",
    means: "the entries of the table, summarised: who filled it",
    source: "linux net/netfilter/nf_conntrack_standalone.c ct_seq_show; conntrack-tools `conntrack -L`",
    head: /^/,
    path: null,
    lines:
      /^\s*(?:ipv[46]\s+\d+\s+)?[a-z][\w-]*\s+\d+\s+(?:\d+\s+)?(?:[A-Z][A-Z_\d]*\s+)?src=\S+\s+dst=\S+\s/,
    create: createDumpReader,
    example:
      "ipv4     2 tcp      6 431999 ESTABLISHED src=192.0.2.7 dst=198.51.100.1 sport=40000 dport=443 src=198.51.100.1 dst=192.0.2.7 sport=443 dport=40000 [ASSURED] mark=0 use=2\n",
    lookalikes: [
      "[NEW] tcp      6 120 SYN_SENT src=192.0.2.7 dst=198.51.100.1 sport=43664 dport=443 [UNREPLIED]\n",
      "Jan  1 00:00:00 fw kernel: IN=eth0 OUT= SRC=192.0.2.7 DST=198.51.100.1 LEN=60\n",
    ],
  },
];

/** Every line must be one of them, but the first (a command) and the tool's own last. */
function allLines(head: string, pattern: RegExp): boolean {
  const lines = head.split("\n");
  // The last line of a head may be cut by where the head ends.
  const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== "");
  const strange = whole.filter(
    (line, index) => !pattern.test(line) && index > 0 && !/^conntrack v[\d.]+ /.test(line),
  );
  return strange.length === 0 && whole.some((line) => pattern.test(line));
}

/** The document that a source is, by its first bytes (decoded; a few KiB are enough), or null. */
export function detectDocument(head: string, facts: DocumentFacts): string | null {
  const path = facts.member ?? facts.path;
  const row = DOCUMENTS.find(
    (candidate) =>
      candidate.head.test(head) &&
      (candidate.path === null || candidate.path.test(path)) &&
      (candidate.lines === null || allLines(head, candidate.lines)),
  );
  return row?.id ?? null;
}

/** A reader for a document that `detectDocument` named. */
export function createDocumentReader(id: string, facts: DocumentFacts): DocumentReader {
  const row = DOCUMENTS.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`no document is called ${id}`);
  return row.create(id, facts);
}
