// Statements by name. They stand in sql/statements, several to a file, each under a line `-- name: verb_noun`.

import type Database from "better-sqlite3";
import { sqlFiles } from "./files.ts";

const HEADER = /^-- name: (\w+)$/;

function parse(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of sqlFiles("statements")) {
    let name: string | null = null;
    let lines: string[] = [];
    const keep = () => {
      if (name === null) return;
      if (found.has(name)) throw new Error(`two statements named ${name}`);
      found.set(name, lines.join("\n").trim());
    };
    for (const line of file.text.split("\n")) {
      const header = HEADER.exec(line);
      if (header) {
        keep();
        name = header[1] ?? null;
        lines = [];
      } else lines.push(line);
    }
    keep();
  }
  return found;
}

const texts = parse();
const prepared = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** Names of all statements: for the test that prepares each of them. */
export function statementNames(): string[] {
  return [...texts.keys()];
}

/** The named statement, prepared once per database. Throws for an unknown name: a defect, not input. */
export function statement(db: Database.Database, name: string): Database.Statement {
  let known = prepared.get(db);
  if (!known) {
    known = new Map();
    prepared.set(db, known);
  }
  let found = known.get(name);
  if (!found) {
    const text = texts.get(name);
    if (text === undefined) throw new Error(`no statement ${name}`);
    found = db.prepare(text);
    known.set(name, found);
  }
  return found;
}

/** What the named insert of one row takes, and where it says so. */
const VALUES = /values\s*(\((?:[?,\s]|@\w+)+\))/;

/** Names of the parameters of the named insert (`values (@column, ...)`), in its order. */
export function parametersOf(db: Database.Database, name: string): readonly string[] {
  const values = VALUES.exec(statement(db, name).source)?.[1] ?? "";
  return [...values.matchAll(/@(\w+)/g)].map(([, parameter = ""]) => parameter);
}

/** The named insert of one row as an insert of `rows` rows at once, whose values come one behind the other. */
export function bulkStatement(db: Database.Database, name: string, rows: number): Database.Statement {
  const key = `${name} ${rows}`;
  const known = prepared.get(db)?.get(key);
  if (known !== undefined) return known;
  const { source } = statement(db, name);
  const values = VALUES.exec(source)?.[1];
  if (values === undefined) throw new Error(`${name} is no insert of one row`);
  const unnamed = values.replace(/@\w+/g, "?");
  const made = db.prepare(source.replace(values, Array(rows).fill(unnamed).join(", ")));
  prepared.get(db)?.set(key, made);
  return made;
}

/**
 * Makes the tables and views of `sql/temp` that some statements name: they are this connection's own, also where it
 * only reads, and no part of the file. Where they are there already, nothing happens.
 */
export function makeTemporary(db: Database.Database): void {
  for (const { text } of sqlFiles("temp")) db.exec(text);
}

/** The named statement prepared anew: rows of one prepared before may still be coming. */
export function freshStatement(db: Database.Database, name: string): Database.Statement {
  return db.prepare(statement(db, name).source);
}
