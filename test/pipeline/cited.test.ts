// Every citation of a report leads to its bytes: cut out of the file by offset and length, they have the hash it tells.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Citation } from "../../src/model/report.ts";
import { SAMPLES } from "../cli/program.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const folder = freshFolder();
const made = freshDatabase();

/** All citations of the report, with what each is for. */
function citations(): [role: string, citation: Citation][] {
  return reportOf(made.path).hosts.flatMap(({ bursts, limits }) => [
    ...bursts.flatMap(({ first, last, evidence }): [string, Citation][] => [
      ["first", first],
      ["last", last],
      ...evidence.map(({ role, citation }): [string, Citation] => [role, citation]),
    ]),
    ...limits.map(({ key, citation }): [string, Citation] => [key, citation]),
  ]);
}

/** SHA-256 of the cited bytes, as anybody would take it. */
function hashOfBytes({ path, byteOffset, byteLength }: Citation): string {
  const stored = readFileSync(path);
  const bytes = path.endsWith(".gz") ? gunzipSync(stored) : stored;
  return createHash("sha256")
    .update(bytes.subarray(byteOffset, byteOffset + byteLength))
    .digest("hex");
}

describe("citations", () => {
  it.each(["router-2026", "mailsswl"])("lead to their bytes in the sample %s", async (name) => {
    await made.ingest([join(SAMPLES, name)]);
    const all = citations();
    expect(all.map(([role]) => role)).toContain("limit");
    expect(all.map(([role, { sha256 }]) => [role, sha256])).toEqual(
      all.map(([role, citation]) => [role, hashOfBytes(citation)]),
    );
  });

  it("lead to readings with letters beyond ASCII, and to those of a compressed log", async () => {
    const lines = [
      "2026-05-01T10:00:00+00:00 gw1 kernel: nf_conntrack version 0.5.0 (16384 buckets, 65536 max)",
      "2026-05-01T10:00:01+00:00 gw1 kernel: nf_conntrack: table full, dropping packet",
      "",
    ];
    writeFileSync(join(folder, "messages.gz"), gzipSync(lines.join("\n")));
    writeFileSync(join(folder, "sysctl.conf"), "net.netfilter.nf_conntrack_max = 131072  # größer\n");
    await made.ingest([folder], { host: "gw1" });
    const all = citations();
    expect(all.map(([role]) => role).sort()).toEqual(
      ["first", "last", "limit", "nf_conntrack_buckets", "nf_conntrack_max", "nf_conntrack_max"].sort(),
    );
    for (const [, citation] of all) expect(citation.sha256).toBe(hashOfBytes(citation));
  });

  it("tell no hash where a reading's bytes are no UTF-8", async () => {
    writeFileSync(
      join(folder, "sysctl.conf"),
      Buffer.from("net.netfilter.nf_conntrack_max = 131072  # gr\xf6\xdfer\n", "latin1"),
    );
    await made.ingest([folder], { host: "gw1" });
    expect(citations().map(([key, { sha256 }]) => [key, sha256])).toEqual([["nf_conntrack_max", null]]);
  });
});
