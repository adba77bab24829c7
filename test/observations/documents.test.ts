// Whole documents: each row of the table is known by its example and by nothing that resembles it, and is read
// the same however its bytes arrive.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Observation } from "../../src/model/observation.ts";
import type { DocumentFacts, DocumentReader, DumpSummary } from "../../src/observations/document.ts";
import { createDocumentReader, DOCUMENTS, detectDocument } from "../../src/observations/documents.ts";
import { facts } from "./observe.ts";

const ANY: DocumentFacts = { path: "upload", member: null, role: null };
const PATHS: Readonly<Record<string, string>> = {
  "collectd-csv": "csv/fw1/conntrack/conntrack-2021-03-10",
  "zabbix-csv": "zabbix/fw1-nf_conntrack_count.csv",
};

interface Read {
  readonly observations: Observation[];
  readonly problems: Record<string, number>;
  readonly occupancy: DumpSummary | null;
}

function readAll(id: string, chunks: Iterable<Uint8Array>, place: DocumentFacts = ANY): Read {
  const reader: DocumentReader = createDocumentReader(id, place);
  const observations: Observation[] = [];
  for (const chunk of chunks) for (const one of reader.push(chunk)) observations.push(one);
  observations.push(...reader.end());
  const problems = Object.fromEntries(reader.problems().map(({ kind, count }) => [kind, count]));
  return { observations, problems, occupancy: reader.occupancy() };
}

function read(id: string, text: string, place: DocumentFacts = ANY): Read {
  return readAll(id, [Buffer.from(text)], place);
}

function epochUs({ stamp }: Observation): number | null {
  return stamp?.kind === "instant" ? stamp.atUs : null;
}

describe.each(DOCUMENTS)("$id", (row) => {
  const place = { ...ANY, path: PATHS[row.id] ?? ANY.path };

  test("is known by its head, and its lookalikes are not", () => {
    expect(detectDocument(row.example, place)).toBe(row.id);
    for (const text of row.lookalikes) expect(detectDocument(text, place), text).toBe(null);
  });

  test("is read the same in any chunks, and cites bytes that are there", () => {
    const bytes = Buffer.from(row.example.repeat(row.id === "prometheus-json" ? 1 : 2));
    const whole = readAll(row.id, [bytes], place);
    expect(whole.observations.length).toBeGreaterThan(0);
    for (const { offset, length } of whole.observations) {
      expect(length).toBeGreaterThan(0);
      expect(offset + length).toBeLessThanOrEqual(bytes.length);
    }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const chunks: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(readAll(row.id, chunks, place)).toEqual(whole);
      }),
    );
  });
});

test("logs and snapshots are no documents", () => {
  const heads = [
    "",
    "Mar 11 08:15:15 fw kernel: nf_conntrack: table full, dropping packet\n",
    "net.netfilter.nf_conntrack_max = 65536\n",
    '{"MESSAGE":"nf_conntrack: table full, dropping packet","_TRANSPORT":"kernel"}\n',
    "cpu=0   \tfound=0 invalid=0 insert=0\n",
    "epoch,value\n1615233542,464\n",
    "# conntrack -C\n65536\n",
  ];
  expect(heads.map((head) => detectDocument(head, ANY))).toEqual(heads.map(() => null));
});

describe("sample logs", () => {
  test("columns in any order, quoted, with semicolons, a BOM and carriage returns", () => {
    const text =
      '\ufeffhost;"max";netns;epoch_ms;count;early_drop\r\nfw1;2048;ns1;1773216914004;5;3\r\n"fw;2";"2048";;1773216915004;6;\r\n';
    expect(detectDocument(text, ANY)).toBe("sample-csv");
    const { observations, problems } = read("sample-csv", text);
    expect(observations.map(({ host, netns, key, value }) => [host, netns, key, value])).toEqual([
      ["fw1", "ns1", "nf_conntrack_max", 2048],
      ["fw1", "ns1", "nf_conntrack_count", 5],
      ["fw1", "ns1", "early_drop", 3],
      ["fw;2", null, "nf_conntrack_max", 2048],
      ["fw;2", null, "nf_conntrack_count", 6],
    ]);
    expect(observations[0]?.stamp).toEqual({ kind: "instant", atUs: 1773216914004000, resolutionUs: 1000 });
    expect(problems).toEqual({});
  });

  test("uptime is told as a value and beside every value of its row", () => {
    const { observations } = read("sample-csv", "epoch_ms,uptime_s,count,max\n1000,46.5784,5,2048\n");
    expect(facts(observations).at(-1)).toEqual(["uptime", "uptime", 46578400]);
    expect(observations.map(({ uptimeUs }) => uptimeUs)).toEqual([46578400, 46578400, 46578400]);
  });

  test("a header in mid-file may have other columns; bad rows are counted and the rest goes on", () => {
    const rows = [
      "epoch_ms,count,max",
      "1000,5,2048",
      "garbage",
      "2000,x,2048",
      "3000,,2048",
      "epoch_ms,count,max,drop",
      "4000,7,2048,9",
      "5000,7,2048",
      "6000,-1,2048,9",
      "7000,9007199254740993,2048,9",
    ];
    const text = `${rows.join("\n")}\n`;
    const { observations, problems } = read("sample-csv", text);
    expect(facts(observations).map(([, key, value]) => `${key} ${value}`)).toEqual([
      "nf_conntrack_count 5",
      "nf_conntrack_max 2048",
      "nf_conntrack_max 2048",
      "nf_conntrack_count 7",
      "nf_conntrack_max 2048",
      "drop 9",
      "nf_conntrack_max 2048",
      "drop 9",
      "nf_conntrack_max 2048",
      "drop 9",
    ]);
    expect(problems).toEqual({ "bad-row": 3, "impossible-value": 1, "number-too-large": 1 });
    const reader = createDocumentReader("sample-csv", ANY);
    reader.push(Buffer.from(text));
    expect(reader.problems().find(({ kind }) => kind === "bad-row")?.offset).toBe(text.indexOf("garbage"));
  });

  test("of a last row without newline, what may be cut is not used", () => {
    const head = "epoch_ms,count,max\n1000,5,2048\n";
    expect(facts(read("sample-csv", `${head}2000,6`).observations).length).toBe(2);
    const full = read("sample-csv", `${head}2000,6,20`);
    expect(facts(full.observations).slice(2)).toEqual([["entries", "nf_conntrack_count", 6]]);
    expect(full.problems).toEqual({ "cut-row": 1 });
  });

  test("every row that is written is read back", () => {
    const row = fc.record({
      at: fc.integer({ min: 1, max: 4e12 }),
      count: fc.integer({ min: 0, max: 1e9 }),
      max: fc.integer({ min: 0, max: 1e9 }),
    });
    fc.assert(
      fc.property(fc.array(row), fc.boolean(), (rows, carriage) => {
        const end = carriage ? "\r\n" : "\n";
        const text = [
          "count,epoch_ms,max",
          ...rows.map(({ at, count, max }) => `${count},${at},${max}`),
          "",
        ].join(end);
        const { observations, problems } = read("sample-csv", text);
        expect(observations.map(({ value }) => value)).toEqual(
          rows.flatMap(({ count, max }) => [count, max]),
        );
        expect(observations.map(epochUs)).toEqual(rows.flatMap(({ at }) => [at * 1000, at * 1000]));
        for (const { offset, length, text: cited } of observations)
          expect(text.slice(offset, offset + length)).toBe(cited);
        expect(problems).toEqual({});
      }),
    );
  });
});

describe("Prometheus answers", () => {
  const series = (name: string, labels: string, values: string) =>
    `{"metric":{"__name__":"${name}"${labels}},"values":[${values}]}`;

  test("series by series, hosts from their labels, cited pair by pair", () => {
    const text = `{"status":"success","data":{"resultType":"matrix","result":[${[
      series(
        "node_nf_conntrack_entries",
        ',"instance":"fw1:9100"',
        '[1700000000,"65531"],[1700000015.5,"65536"]',
      ),
      series(
        "node_nf_conntrack_entries_limit",
        ',"instance":"10.0.0.1:9100","node":"fw2"',
        '[1700000000,"6.5536e+04"]',
      ),
      series(
        "node_nf_conntrack_stat_drop",
        ',"instance":"localhost:9100"',
        '[1700000000,"12"],[1700000015,"NaN"]',
      ),
      series("node_load1", "", '[1700000000,"1"]'),
      series("", "", '[1700000000,"1"]').replace('"__name__":""', ""),
    ].join(",")}]}}\n`;
    const { observations, problems } = read("prometheus-json", text);
    expect(observations.map(({ host, key, value }) => [host, key, value])).toEqual([
      ["fw1", "nf_conntrack_count", 65531],
      ["fw1", "nf_conntrack_count", 65536],
      ["fw2", "nf_conntrack_max", 65536],
      [null, "drop", 12],
    ]);
    expect(epochUs(observations[1] as Observation)).toBe(1700000015500000);
    expect(observations.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual([
      '[1700000000,"65531"]',
      '[1700000015.5,"65536"]',
      '[1700000000,"6.5536e+04"]',
      '[1700000000,"12"]',
    ]);
    expect(problems).toEqual({ "unnamed-series": 1 });
  });

  test("a vector, labels behind values, blanks and escapes", () => {
    const text = `{ "data" : { "result" : [ { "value" : [ 1700000000 , "7" ] , "metric" : { "instance" : "f\\u0077\\"1:9" ,
      "__name__" : "node_nf_conntrack_entries" } } ], "resultType" : "vector" } }`;
    expect(detectDocument(text, ANY)).toBe("prometheus-json");
    const { observations, problems } = read("prometheus-json", text);
    expect(observations.map(({ host, value }) => [host, value])).toEqual([['fw"1', 7]]);
    expect(problems).toEqual({});
  });

  test("an answer that is cut says so, and keeps what it has", () => {
    const text = `{"data":{"resultType":"matrix","result":[${series("node_nf_conntrack_entries", "", '[1,"5"],[2,"6')}`;
    const cut = text.slice(0, text.indexOf('"6') + 2);
    const { observations, problems } = read("prometheus-json", cut);
    expect(facts(observations)).toEqual([["entries", "nf_conntrack_count", 5]]);
    expect(problems).toEqual({ "cut-document": 1 });
  });

  test("depth without end does no harm", () => {
    expect(read("prometheus-json", "[".repeat(100_000)).problems).toEqual({ "cut-document": 1 });
  });
});

describe("two-column metrics", () => {
  test("collectd: host and kind from the path, fractions of seconds, nan", () => {
    const text = "epoch,value\n1615233542.123,464.000000\n1615233552.123,nan\n1615233562.123,465.000000\n";
    const { observations, problems } = read("collectd-csv", text, {
      ...ANY,
      path: "/x/fw1/conntrack/conntrack-2021-03-10",
    });
    expect(observations.map(({ host, kind, value }) => [host, kind, value])).toEqual([
      ["fw1", "entries", 464],
      ["fw1", "entries", 465],
    ]);
    expect(observations.map(epochUs)).toEqual([1615233542123000, 1615233562123000]);
    expect(problems).toEqual({});
    const limit = read("collectd-csv", text, { ...ANY, member: "fw1/conntrack/conntrack-max-2021-03-10" });
    expect(limit.observations[0]?.kind).toBe("limit");
  });

  test("Zabbix: what it is stands in the name of the file", () => {
    const text = "itemid,clock,value,ns\n1,1615233542,464,5\n";
    const place = { ...ANY, path: "nf_conntrack_max.csv" };
    expect(detectDocument(text, place)).toBe("zabbix-csv");
    expect(detectDocument(text, ANY)).toBe(null);
    expect(facts(read("zabbix-csv", text, place).observations)).toEqual([["limit", "nf_conntrack_max", 464]]);
  });
});

describe("table dumps", () => {
  const tcp = (source: string, state: string, port: number, flags = "[ASSURED] ") =>
    `tcp      6 431999 ${state} src=${source} dst=192.0.2.1 sport=40000 dport=${port} src=192.0.2.1 dst=${source} sport=${port} dport=40000 ${flags}mark=0 use=1`;
  const udp =
    "udp      17 29 src=10.0.0.9 dst=192.0.2.53 sport=5353 dport=53 [UNREPLIED] src=192.0.2.53 dst=10.0.0.9 sport=53 dport=5353 mark=0 use=1";
  const icmp =
    "icmp     1 29 src=10.0.0.9 dst=192.0.2.1 type=8 code=0 id=7 src=192.0.2.1 dst=10.0.0.9 type=0 code=0 id=7 use=1";

  test("old and new columns, a command above, the tool's words below", () => {
    const text = [
      "# conntrack -L",
      tcp("10.0.0.1", "ESTABLISHED", 443),
      `ipv4     2 ${tcp("10.0.0.1", "TIME_WAIT", 443)}`,
      tcp("10.0.0.2", "SYN_SENT", 80, "[UNREPLIED] "),
      udp,
      icmp,
      "conntrack v1.4.6 (conntrack-tools): 5 flow entries have been shown.",
      "",
    ].join("\n");
    expect(detectDocument(text, ANY)).toBe("conntrack-list");
    const { observations, occupancy, problems } = read("conntrack-list", text);
    expect(facts(observations)).toEqual([["entries", "nf_conntrack_count", 5]]);
    expect([observations[0]?.offset, observations[0]?.length]).toEqual([0, Buffer.byteLength(text)]);
    expect(occupancy).toEqual({
      total: 5,
      assured: 2,
      unreplied: 2,
      byProtoState: [
        { label: "icmp", entries: 1 },
        { label: "tcp ESTABLISHED", entries: 1 },
        { label: "tcp SYN_SENT", entries: 1 },
        { label: "tcp TIME_WAIT", entries: 1 },
        { label: "udp UNREPLIED", entries: 1 },
      ],
      bySource: [
        { label: "10.0.0.1", entries: 2 },
        { label: "10.0.0.9", entries: 2 },
        { label: "10.0.0.2", entries: 1 },
      ],
      byDestPort: [
        { label: "tcp/443", entries: 2 },
        { label: "tcp/80", entries: 1 },
        { label: "udp/53", entries: 1 },
      ],
      exact: true,
      missedMost: 0,
    });
    expect(problems).toEqual({});
  });

  test("a log that quotes a few entries is no dump", () => {
    expect(detectDocument(`Mar 1 00:00:00 fw kernel: hello\n${udp}\nand so on\n`, ANY)).toBe(null);
  });

  test("more sources than there is room for: the large ones are found, within the stated error", () => {
    const lines: string[] = [];
    for (let flow = 0; flow < 60_000; flow += 1) {
      const source = flow % 10 === 0 ? "10.9.9.9" : `10.${flow >> 16}.${(flow >> 8) & 255}.${flow & 255}`;
      lines.push(tcp(source, "ESTABLISHED", 443));
    }
    const { occupancy } = read("conntrack-list", `${lines.join("\n")}\n`);
    const [first] = occupancy?.bySource ?? [];
    expect(occupancy?.total).toBe(60_000);
    expect(occupancy?.exact).toBe(false);
    expect(first?.label).toBe("10.9.9.9");
    expect(first?.entries).toBeLessThanOrEqual(6000);
    expect((first?.entries ?? 0) + (occupancy?.missedMost ?? 0)).toBeGreaterThanOrEqual(6000);
    expect(occupancy?.byProtoState).toEqual([{ label: "tcp ESTABLISHED", entries: 60_000 }]);
  });
});
