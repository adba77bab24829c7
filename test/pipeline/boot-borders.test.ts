// journalctl writes a line between the lines of two boots. Where `--grep` leaves out what the kernel says first, nothing
// else tells that the limiter began anew: what it had counted is never told.

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "../support/fresh.ts";

// Names the limiter of 6.16 and later, whose counts are exact.
const DROP = "nf_conntrack: nf_conntrack: table full in netns 4026532001, dropping packet";
/** Printed: 10 of 50 calls in one window. The 40 others would have been told by the next line of that boot. */
const FLOOD = `Mar 14 10:00:00 fw1 kernel: ${DROP}\n`.repeat(10);
const LATER = `Mar 14 11:00:00 fw1 kernel: ${DROP}\n`;
const BEFORE = "Mar 14 09:00:00 fw1 kernel: nf_conntrack: default automatic helper assignment\n";

const made = freshDatabase();

async function bursts(text: string) {
  const path = join(dirname(made.path), "journalctl");
  writeFileSync(path, text);
  await made.ingest([path], { year: 2026 });
  return made.all("select host, drops_min, drops_max, bound from bursts order by start_us");
}

describe.each([["-- Reboot --"], ["-- Boot 0123456789abcdef0123456789abcdef --"]])("%s", (border) => {
  it("ends a window without a word of what was held back in it", async () => {
    expect(await bursts(`${BEFORE}${FLOOD}${border}\n${LATER}`)).toMatchObject([
      { drops_min: 10, drops_max: null, bound: "at-least" },
      { drops_min: 1 },
    ]);
  });

  it("does so where the machine has another name behind it", async () => {
    const told = await bursts(`${BEFORE}${FLOOD}${border}\n${LATER.replace("fw1", "localhost")}`);
    expect(told[0]).toMatchObject({ drops_min: 10, drops_max: null });
  });

  it("does so in a log whose lines are gathered", async () => {
    const filler = "Mar 14 10:30:00 fw1 sshd[812]: Connection closed by 192.0.2.7 port 40022 [preauth]\n";
    const long = filler.repeat(Math.ceil((1 << 20) / filler.length));
    expect((await bursts(`${BEFORE}${FLOOD}${border}\n${LATER}${long}`))[0]).toMatchObject({
      drops_max: null,
    });
  });

  it("stands ahead of what a kernel says first, and is one boot with it", async () => {
    const banner = "Mar 14 10:59:00 fw1 kernel: Linux version 6.16.3 (x@y) #1 SMP\n";
    await bursts(`${BEFORE}${FLOOD}${border}\n${banner}${LATER}`);
    expect(made.one("select max(ordinal) from stream")).toBe(1);
  });
});

it("a line between the two of one boot closes its window", async () => {
  expect((await bursts(`${BEFORE}${FLOOD}${LATER}`))[0]).toMatchObject({ drops_max: 10, bound: "exact" });
});
