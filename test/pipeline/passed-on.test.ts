// Lines as other loggers, collectors and pages pass them on: what they put around a line is no part of it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const path = join(freshFolder(), "passed-on.log");
const made = freshDatabase();

const FULL = "nf_conntrack: table full, dropping packet";

async function read(...lines: string[]): Promise<void> {
  writeFileSync(path, `${lines.join("\n")}\n`);
  await made.ingest([path], { year: 2026 });
}
const told = () =>
  made.all("select kind, amount, substr(time, 1, 19) as time, host from events order by event_id");

describe("metalog", () => {
  it("names the program in brackets, and tells repeats without a stamp", async () => {
    await read(
      `Mar  7 16:13:16 [kernel] ${FULL}`,
      "                - Last output repeated twice -",
      "Mar  7 16:13:18 [sshd] Server listening on 0.0.0.0 port 22.",
      "                - Last output repeated 4 times -",
      "Mar  7 16:13:21 [kernel] net_ratelimit: 12 callbacks suppressed",
      `Mar  7 16:13:21 [kernel] [ 1234.567890] ${FULL}`,
      "                - Last output repeated 9 times -",
      `Mar  7 16:13:22 [logger] ${FULL}`,
    );
    const [first, second] = ["2026-03-07T16:13:16", "2026-03-07T16:13:21"];
    expect(
      made.all("select kind, amount, substr(time, 1, 19) as time from events order by event_id"),
    ).toEqual([
      { kind: "drop", amount: 1, time: first },
      { kind: "drop", amount: 1, time: first },
      { kind: "suppression", amount: 12, time: second },
      { kind: "drop", amount: 1, time: second },
      { kind: "drop", amount: 9, time: second },
    ]);
    // Each citation is of the line itself.
    expect(made.one("select text from events where amount = 9")).toBe(
      "                - Last output repeated 9 times -",
    );
  });
});

describe("a repeat between dashes", () => {
  it("counts as any", async () => {
    await read(
      `Mar  7 16:13:16 gw1 kernel: ${FULL}`,
      "Mar  7 16:13:46 --- last message repeated 3 times ---",
    );
    expect(told()).toEqual([
      { kind: "drop", amount: 1, time: "2026-03-07T16:13:16", host: "gw1" },
      { kind: "drop", amount: 3, time: "2026-03-07T16:13:46", host: "gw1" },
    ]);
  });
});
