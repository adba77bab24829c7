// A stranger's SQL: read-only, one statement, absent parameters NULL, failures in a sentence.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { closeWhole, type Db, openForReading, openForWriting } from "../../src/store/open.ts";
import { ask as answer } from "../../src/store/query.ts";
import { type Made, makeDatabase } from "../support/database.ts";

let made: Made;
let db: Db;

beforeAll(() => {
  made = makeDatabase();
  closeWhole(openForWriting(made.path));
  db = openForReading(made.path);
});
afterAll(() => {
  db.close();
  made.remove();
});

const ask = (sql: string, given: Readonly<Record<string, string | number>> = {}) => [
  ...answer(db, sql, given).rows,
];

describe("answers", () => {
  it("with given parameters, and NULL for those that are not, in each of SQLite's spellings", () => {
    expect(ask("select :a as a, @b as b, $c as c", { a: 1, b: "two" })).toEqual([
      { a: 1, b: "two", c: null },
    ]);
  });

  it("where a colon stands in a text or a comment", () => {
    expect(ask("select ':no' as text, strftime('%H:%M', 0, 'unixepoch') as time -- :neither")).toEqual([
      { text: ":no", time: "00:00" },
    ]);
  });

  it("whole numbers to the last digit, and what a number keeps as a number", () => {
    const [row] = ask(
      "select 9007199254740991 as safe, 9007199254740993 as big, -9223372036854775808 as least, 0.5 as half",
    );
    expect(row).toEqual({ safe: 9007199254740991, big: 9007199254740993n, least: -(2n ** 63n), half: 0.5 });
  });

  it("columns that are called alike, each under a name of its own", () => {
    expect(ask("select 1 as a, 2 as a, 3 as a_2, 4 as a")).toEqual([{ a: 1, a_3: 2, a_2: 3, a_4: 4 }]);
    expect(answer(db, "select 1 as a, 2 as a where 0", {}).columns).toEqual(["a", "a_2"]);
  });

  it("explanations and pragmas that only read", () => {
    expect(ask("explain query plan select * from bursts").length).toBeGreaterThan(0);
    expect(ask("pragma user_version")).toHaveLength(1);
  });
});

describe.each([
  ["delete from run", "writes"],
  ["drop view bursts", "changes the schema"],
  ["select 1; select 2", "is two statements"],
  ["select * from no_such_view", "names what is not there"],
  ["selec 1", "is no SQL"],
  ["", "is nothing"],
  ["-- only a comment", "is a comment"],
  ["attach ':memory:' as other", "opens another file"],
  ["vacuum into '/nowhere/at/all'", "writes a file"],
  ["select ?1", "has a parameter without a name"],
])("%s", (sql, why) => {
  it(`is refused in a sentence, because it ${why}`, () => {
    expect(() => ask(sql)).toThrow(UserError);
  });
});
