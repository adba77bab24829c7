// Whole documents: each row of the table is known by its example and by nothing that resembles it, and is read
// the same however its bytes arrive.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DOCUMENTS, detectDocument } from "../../src/observations/documents.ts";
import { ANY, readAll } from "./read-document.ts";

const PATHS: Readonly<Record<string, string>> = {
  "collectd-csv": "csv/fw1/conntrack/conntrack-2021-03-10",
  "zabbix-csv": "zabbix/fw1-nf_conntrack_count.csv",
};

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
