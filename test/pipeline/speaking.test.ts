// Which notices are heard: those of the witnesses that speak for a burst, whatever other bursts they are part of, too.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const IN_NETNS = "nf_conntrack: nf_conntrack: table full in netns 4026532008, dropping packet";
const notice = (count: number) => `net_ratelimit: ${count} callbacks suppressed`;
const BEGIN_S = Date.UTC(2026, 2, 3) / 1000;
const line = (seconds: number, text = FULL) =>
  `${new Date((BEGIN_S + seconds) * 1000).toISOString().slice(0, 19)}Z gw1 kernel: [${100 + seconds}.000000] ${text}`;
const write = (name: string, lines: readonly string[]) =>
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
const heard = () =>
  made.all(
    `select s.channel, e.amount, e.speaks from events e join sources s using (source_id)
     where e.kind = 'suppression' order by s.channel, e.at_us, e.event_id`,
  );

it("a notice of two namespaces is heard in both logs, where each speaks for one", async () => {
  const all = [
    ...[line(0), line(0, IN_NETNS), line(1), line(1, IN_NETNS)],
    ...[line(6, notice(50)), line(6), line(6, IN_NETNS), line(7)],
    ...[line(12, notice(60)), line(12), line(12, IN_NETNS), line(500, "eth0: link is up")],
  ];
  write(
    "messages",
    all.filter((_, i) => i !== 3),
  );
  write(
    "kern.log",
    all.filter((_, i) => i !== 2),
  );
  await made.ingest([folder]);
  expect(made.all("select netns, witness from bursts order by netns")).toEqual([
    { netns: null, witness: "messages" },
    { netns: "4026532008", witness: "kern" },
  ]);
  expect(heard()).toEqual([
    { channel: "kern", amount: 50, speaks: 1 },
    { channel: "kern", amount: 60, speaks: 1 },
    { channel: "messages", amount: 50, speaks: 1 },
    { channel: "messages", amount: 60, speaks: 1 },
  ]);
});

it("bursts of which now one log and now the other is the fuller, one of them over a rotation", async () => {
  const burst = (at: number, n: number) => [
    line(at),
    line(at + 1),
    line(at + 6, notice(n)),
    line(at + 6),
    line(at + 7),
  ];
  const calm = line(5000, "eth0: link is up");
  const without = (list: readonly string[], at: number) => list.filter((_, i) => i !== at);
  write("messages.1", [...burst(0, 5), ...burst(1000, 6).slice(0, 3)]);
  write("messages", [line(1006), ...burst(2000, 7), calm]);
  write("kern.log.1", [...without(burst(0, 5), 1), ...burst(1000, 6).slice(0, 4)]);
  write("kern.log", [line(1007), ...without(burst(2000, 7), 1), calm]);
  await made.ingest([folder]);
  expect(made.all("select witness, drop_lines from bursts order by start_us")).toEqual([
    { witness: "messages", drop_lines: 4 },
    { witness: "kern", drop_lines: 4 },
    { witness: "messages", drop_lines: 4 },
  ]);
  const expected = [
    { channel: "kern", amount: 5, speaks: 0 },
    { channel: "kern", amount: 6, speaks: 1 },
    { channel: "kern", amount: 7, speaks: 0 },
    { channel: "messages", amount: 5, speaks: 1 },
    { channel: "messages", amount: 6, speaks: 0 },
    { channel: "messages", amount: 7, speaks: 1 },
  ];
  expect(heard()).toEqual(expected);
  // Analysed once more, from what the first analysis left.
  write("messages", [line(1006), ...burst(2000, 7), calm, line(6000)]);
  await made.ingest([folder]);
  expect(heard()).toEqual(expected);
});
