import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sample } from "../../src/commands/sample.ts";
import { makeDatabase } from "../support/database.ts";

const STAT = `entries  searched found new invalid ignore delete delete_list insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart
0000071e  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000002 0000053a 0000000f 00000000  00000000 00000000 00000000 00000000
0000071e  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 00000001 00000001 00000000  00000000 00000000 00000000 00000000
`;

let folder: string;
let proc: string;
let file: string;

function put(path: string, text: string): void {
  mkdirSync(join(proc, path, ".."), { recursive: true });
  writeFileSync(join(proc, path), text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-"));
  proc = join(folder, "proc");
  file = join(folder, "samples.csv");
  put("uptime", "12345.67 23456.78\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

function loaded(): void {
  put("sys/net/netfilter/nf_conntrack_max", "2048\n");
  put("sys/net/netfilter/nf_conntrack_count", "1823\n");
  put("net/stat/nf_conntrack", STAT);
}

describe("sample", () => {
  it("appends one line, with a header for a new file; counters summed over CPUs", () => {
    loaded();
    expect(sample([file, "--proc", proc])).toBe(0);
    expect(sample([file, "--proc", proc])).toBe(0);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines[0]).toBe("epoch_ms,uptime_s,count,max,drop,early_drop,insert_failed,host,netns");
    expect(lines).toHaveLength(3);
    // 0x53a + 1 = 1339, 0xf + 1 = 16, 2 + 1 = 3
    expect(lines[1]).toMatch(new RegExp(`^\\d{13},12345\\.67,1823,2048,1339,16,3,${hostname()},$`));
  });
  it("writes nothing and says nothing where the module is not loaded", () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(sample([file, "--proc", proc])).toBe(0);
    expect(said).not.toHaveBeenCalled();
    expect(() => readFileSync(file)).toThrow();
    expect(sample([file, "--proc", proc, "--verbose"])).toBe(0);
    expect(said).toHaveBeenCalledOnce();
  });
  it("reads the old names, and takes the count from the statistics where no file tells it", () => {
    put("sys/net/ipv4/ip_conntrack_max", "65536\n");
    put("net/stat/ip_conntrack", STAT);
    expect(sample([file, "--proc", proc])).toBe(0);
    expect(readFileSync(file, "utf8")).toContain(",1822,65536,1339,16,3,");
  });
  it("a line for every other namespace, by its inode", () => {
    loaded();
    mkdirSync(join(proc, "self/ns"), { recursive: true });
    symlinkSync("net:[4026531840]", join(proc, "self/ns/net"));
    for (const [pid, inode] of [
      ["1", "4026531840"],
      ["77", "4026532281"],
      ["78", "4026532281"],
    ]) {
      mkdirSync(join(proc, `${pid}/ns`), { recursive: true });
      symlinkSync(`net:[${inode}]`, join(proc, `${pid}/ns/net`));
      put(`${pid}/net/stat/nf_conntrack`, STAT);
    }
    expect(sample([file, "--proc", proc, "--all-netns"])).toBe(0);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/,1822,2048,1339,16,3,[^,]+,4026532281$/);
  });
  it("wrong usage is 64, a folder that is not there is 1", () => {
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    loaded();
    expect(sample(["--nonsense"])).toBe(64);
    expect(sample([join(folder, "no/where.csv"), "--proc", proc])).toBe(1);
  });
  it("what it writes is what ingest reads: counts, limit, counters, host, clock", async () => {
    loaded();
    sample([file, "--proc", proc]);
    const made = makeDatabase();
    await made.ingest([file]);
    expect(made.all("select host, entries, limit_value from counts")).toEqual([
      { host: hostname(), entries: 1823, limit_value: 2048 },
    ]);
    expect(made.one("select value from limits where key = 'nf_conntrack_max'")).toBe(2048);
    made.remove();
  });
});
