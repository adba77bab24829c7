import fc from "fast-check";
import { expect, test } from "vitest";
import { Bytes } from "../../src/sources/bytes.ts";
import { readSections } from "../../src/sources/sections.ts";
import { fileWith, readAll, scratch, tarOf } from "./support.ts";

const folder = scratch();
const line = (kind: string) => `#==[ ${kind} ]${"=".repeat(30)}#\n`;
const intro = `${"=".repeat(40)}\n   Support Utilities - Supportconfig\n${"=".repeat(40)}\n\n`;
const drops = "Jan  6 03:12:01 web1 kernel: nf_conntrack: table full, dropping packet\n";
const dmesg = "[  1.000000] one\n#==[ not a header\n#comment\n[  2.000000] two\n\n";
const text =
  `${intro}${line("Command")}# /bin/date\nSun Jan  6 03:20:00 UTC 2019\n\n` +
  `${line("Verification")}# rpm -V coreutils\nok\n` +
  `${line("Log File")}# /var/log/messages - Last 500 Lines\n${drops}${drops}` +
  `${line("Command")}# /bin/dmesg -T\n${dmesg}` +
  `${line("Configuration File")}# /etc/sysctl.conf\nnet.netfilter.nf_conntrack_max = 65536\n` +
  `${line("Command")}# /usr/sbin/conntrack -S\n`;

test("each known section is a source, with its own role, channel and place", async () => {
  const path = fileWith(folder, text, "messages.txt");
  const counts = { unread: 0 };
  const sources = await readAll(path, { counts });
  const at = (part: string) => text.indexOf(part);
  expect(sources.map(({ facts, text: body }) => [facts.member, facts.role, facts.channel, body])).toEqual([
    [`#/bin/date@${at("Sun Jan")}`, "date", "date", "Sun Jan  6 03:20:00 UTC 2019\n\n"],
    [`#/var/log/messages@${at("Jan  6 03:12")}`, "log", "messages", drops + drops],
    [`#/bin/dmesg -T@${at("[  1.000000]")}`, "dmesg", "dmesg", dmesg],
    [
      `#/etc/sysctl.conf@${at("net.netfilter")}`,
      "sysctl-conf",
      "sysctl",
      "net.netfilter.nf_conntrack_max = 65536\n",
    ],
    [`#/usr/sbin/conntrack -S@${text.length}`, "conntrack-stat", "conntrack", ""],
  ]);
  expect(counts.unread).toBe(1);
});

test("in an archive the label names the text file, and the bundle is the archive's folder", async () => {
  const path = fileWith(
    folder,
    await tarOf([{ name: "scc_web1_190106_0312/messages.txt", text }]),
    "scc.tar",
  );
  const [first] = await readAll(path);
  expect(first?.facts.member).toMatch(/^scc_web1_190106_0312\/messages\.txt#\/bin\/date@\d+$/);
  expect(first?.facts.bundle).toBe(`${path}!scc_web1_190106_0312`);
});

test("any cutting into pieces gives the same sections, read or left", async () => {
  const whole = Buffer.from(text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 })), fc.boolean(), async (sizes, half) => {
      const pieces = async function* () {
        let at = 0;
        for (const size of [...sizes, whole.length]) {
          yield whole.subarray(at, at + size);
          at += size;
        }
      };
      const seen: string[] = [];
      for await (const { title, start, body } of readSections(new Bytes(pieces()), { count: 0 })) {
        if (half) {
          seen.push(title);
          for await (const _ of body) break;
          continue;
        }
        const chunks: Uint8Array[] = [];
        for await (const chunk of body) chunks.push(chunk);
        const bytes = Buffer.concat(chunks);
        expect(bytes.equals(whole.subarray(start, start + bytes.length))).toBe(true);
        seen.push(title);
      }
      expect(seen).toEqual([
        "/bin/date",
        "/var/log/messages",
        "/bin/dmesg -T",
        "/etc/sysctl.conf",
        "/usr/sbin/conntrack -S",
      ]);
    }),
  );
});
