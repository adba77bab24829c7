// Sample logs and two-column metrics: every row that is whole is read, and what is not is told.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDocumentReader, detectDocument } from "../../src/observations/documents.ts";
import { facts } from "./observe.ts";
import { ANY, epochUs, read } from "./read-document.ts";

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
