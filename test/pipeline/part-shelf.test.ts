// Bursts are the same, whether their parts are held, lie in a table meanwhile, or are told as they end.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findBursts } from "../../src/pipeline/analysing/bursts.ts";
import { readReadings } from "../../src/pipeline/analysing/limits.ts";
import { createBlockKeeper } from "../../src/pipeline/analysing/window-blocks.ts";
import { closeWhole, type Db, openForWriting } from "../../src/store/open.ts";
import { corpus } from "../support/corpus.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const IN_NETNS = "nf_conntrack: nf_conntrack: table full in netns 4026532008, dropping packet";
const BEGIN_S = Date.UTC(2026, 2, 3) / 1000;
const line = (seconds: number, text = FULL) =>
  `${new Date((BEGIN_S + seconds) * 1000).toISOString().slice(0, 19)}Z gw1 kernel: [${100 + seconds}.000000] ${text}`;
const write = (name: string, lines: readonly string[]) =>
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);

/** Burst i begins at second 150 i with i % 4 + 1 lines, one a second. */
const linesOf = (i: number, text = FULL, most = 4) =>
  Array.from({ length: Math.min(most, (i % 4) + 1) }, (_, n) => line(150 * i + n, text));
const count = (i: number) => (i % 4) + 1;

it("1,500 bursts of two logs come out one by one, in order, and keep their ids", async () => {
  const all = Array.from({ length: 1500 }, (_, i) => i);
  write(
    "messages",
    all.flatMap((i) => linesOf(i)),
  );
  // The other log lost what was the third and the fourth line.
  write("kern.log", [
    ...all.flatMap((i) => linesOf(i, FULL, 2)),
    line(150 * 1500 + 4000, "eth0: link is up"),
  ]);
  await made.ingest([folder]);
  const rows = () =>
    made.all<Record<string, number | string>>(
      "select burst_id, start_us, drop_lines, witness, witnesses from bursts order by burst_id",
    );
  const expected = all.map((i) => ({
    start_us: (BEGIN_S + 150 * i) * 1e6,
    drop_lines: count(i),
    witnesses: 2,
  }));
  const found = rows();
  expect(found.map(({ start_us, drop_lines, witnesses }) => ({ start_us, drop_lines, witnesses }))).toEqual(
    expected,
  );
  expect(new Set(found.filter(({ drop_lines }) => Number(drop_lines) > 2).map((row) => row.witness))).toEqual(
    new Set(["messages"]),
  );
  const relations = made.all(
    "select relation, count(*) as n from witness group by relation order by relation",
  );
  expect(relations).toEqual([
    { relation: "agrees", n: 750 },
    { relation: "fewer", n: 750 },
    { relation: "speaks", n: 1500 },
  ]);
  const lines = all.reduce((sum, i) => sum + count(i), 0);
  expect(made.one("select sum(drop_lines) from minutes")).toBe(lines);
  expect(made.one("select count(*) from minutes where drop_lines > 0")).toBe(1500);
  expect(made.one("select sum(amount) from events where kind = 'drop' and speaks = 1")).toBe(lines);

  write("messages", [...all.flatMap((i) => linesOf(i)), ...linesOf(1500)]);
  await made.ingest([folder]);
  const again = rows();
  expect(again.slice(0, 1500)).toEqual(found);
  expect(again[1500]?.start_us).toBe((BEGIN_S + 150 * 1500) * 1e6);
  expect(Number(again[1500]?.burst_id)).toBeGreaterThan(Number(found[1499]?.burst_id));
});

it("bursts of two namespaces come in the order of time", async () => {
  const all = Array.from({ length: 800 }, (_, i) => i);
  write(
    "messages",
    all.flatMap((i) => linesOf(i, i % 3 === 0 ? IN_NETNS : FULL)),
  );
  await made.ingest([folder]);
  const found = made.all("select start_us, netns, drop_lines from bursts order by burst_id");
  expect(found).toEqual(
    all.map((i) => ({
      start_us: (BEGIN_S + 150 * i) * 1e6,
      netns: i % 3 === 0 ? "4026532008" : null,
      drop_lines: count(i),
    })),
  );
});

it("bursts that nothing dates are found, each by itself", async () => {
  const all = Array.from({ length: 700 }, (_, i) => i);
  write(
    "dmesg",
    all.flatMap((i) => linesOf(i).map((one) => one.replace(/^.*kernel: /, ""))),
  );
  await made.ingest([folder], { referenceUs: null });
  const found = made.all("select start_us, drop_lines from bursts order by burst_id");
  expect(found).toEqual(all.map((i) => ({ start_us: null, drop_lines: count(i) })));
});

const plain = (record: object): unknown => JSON.parse(JSON.stringify(record));

/** Bursts of a host as plain records, windows and all. */
function told(db: Db, hostId: number, mostHeld: number | undefined): unknown[] {
  const readings = readReadings(db, hostId);
  const keeper = createBlockKeeper(db);
  const search = { db, hostId, gapUs: 60_000_000, readings, trusted: false, keeper };
  const { each, strays, dropless } = findBursts(mostHeld === undefined ? search : { ...search, mostHeld });
  const all: unknown[] = [];
  each((burst) =>
    all.push(
      plain({
        ...burst,
        parts: burst.parts.map((part) => ({ ...part, windows: part.windows.pack() })),
        otherParts: burst.otherParts.map((part) => ({ ...part, windows: part.windows.pack() })),
      }),
    ),
  );
  return [...all, plain({ strays, dropless })];
}

it("2,500 bursts of one log are told as they end: nothing lies in a table", async () => {
  write("messages", Array.from({ length: 2500 }, (_, i) => linesOf(i)).flat());
  await made.ingest([folder]);
  const db = openForWriting(made.path);
  const shelves = () =>
    db.prepare("select count(*) from temp.sqlite_schema where name = 'shelf_part'").pluck();
  try {
    db.exec("begin");
    const asIs = told(db, 1, undefined);
    expect(asIs.length).toBe(2501);
    expect(shelves().get()).toBe(0);
    db.exec("rollback; begin");
    expect(told(db, 1, 1)).toEqual(asIs);
    expect(shelves().get()).toBe(1);
    db.exec("rollback");
  } finally {
    closeWhole(db);
  }
});

it.skipIf(corpus === null)("the corpus has the same bursts either way", async () => {
  await made.ingest([corpus ?? "", "samples"], { processTz: "Europe/Madrid" });
  const db = openForWriting(made.path);
  let bursts = 0;
  try {
    for (const id of db.prepare("select host_id from host order by host_id").pluck().all() as number[]) {
      const [held, lying, asIs] = [Number.POSITIVE_INFINITY, 1, undefined].map((most) => {
        db.exec("begin");
        const all = told(db, id, most);
        db.exec("rollback");
        return all;
      });
      expect(lying).toEqual(held);
      expect(asIs).toEqual(held);
      bursts += (held?.length ?? 1) - 1;
    }
  } finally {
    closeWhole(db);
  }
  expect(bursts).toBe(made.one("select count(*) from bursts"));
});
