// Answers of the query API, in the order servers send them and in others.

import { describe, expect, test } from "vitest";
import type { Observation } from "../../src/model/observation.ts";
import { detectDocument } from "../../src/observations/documents.ts";
import { facts } from "./observe.ts";
import { ANY, epochUs, read } from "./read-document.ts";

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
