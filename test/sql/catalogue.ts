// What the live schema holds, for everything that is asserted about it: views, columns, tables and their ties.

import type { Db } from "../../src/store/open.ts";

export interface SchemaObject {
  readonly type: "table" | "index" | "view";
  readonly name: string;
  readonly table: string;
  readonly rootpage: number;
  readonly sql: string;
}

const ORDER = ["table", "index", "view"];

/** Tables, indexes and views that SQL made, in a stable order. */
export function schemaObjects(db: Db): SchemaObject[] {
  const rows = db
    .prepare('select type, name, tbl_name as "table", rootpage, sql from sqlite_schema where sql is not null')
    .all() as SchemaObject[];
  return rows.sort(
    (a, b) =>
      ORDER.indexOf(a.type) - ORDER.indexOf(b.type) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

export function viewNames(db: Db): string[] {
  return schemaObjects(db).flatMap(({ type, name }) => (type === "view" ? [name] : []));
}

export function columnsOf(db: Db, name: string): string[] {
  const rows = db.prepare("select name from pragma_table_info(?) order by cid").all(name) as {
    name: string;
  }[];
  return rows.map((row) => row.name);
}

/** The whole schema as a script that makes it again. */
export function dumpSchema(db: Db): string {
  const id = Number(db.pragma("application_id", { simple: true }));
  const version = Number(db.pragma("user_version", { simple: true }));
  const head = [
    "-- The schema as the migrations and views make it. Dumped, never edited: `npm run accept` writes it anew.",
    `pragma application_id = ${id};`,
    `pragma user_version = ${version};`,
  ].join("\n");
  return `${[head, ...schemaObjects(db).map(({ sql }) => `${sql.trim()};`)].join("\n\n")}\n`;
}

interface ForeignKey {
  readonly id: number;
  readonly table: string;
  readonly from: string;
  readonly on_delete: string;
}

interface Tied {
  readonly name: string;
  readonly owner: ForeignKey | null;
  readonly others: readonly ForeignKey[];
}

/** Each table under the one it belongs to; what else it refers to stands beside it. */
export function drawTables(db: Db): string {
  const tables = schemaObjects(db).flatMap(({ type, name }) => (type === "table" ? [tied(db, name)] : []));
  const draw = (owner: string | null, depth: number): string[] =>
    tables
      .filter((one) => (one.owner?.table ?? null) === owner)
      .flatMap((one) => [`${"  ".repeat(depth)}${label(one)}`, ...draw(one.name, depth + 1)]);
  return draw(null, 0).join("\n");
}

/** A table belongs to what it is deleted with, else to the first table it names. */
function tied(db: Db, name: string): Tied {
  const keys = (db.pragma(`foreign_key_list("${name}")`) as ForeignKey[]).sort((a, b) => b.id - a.id);
  const owner = keys.find((key) => key.on_delete === "CASCADE") ?? keys[0] ?? null;
  return { name, owner, others: keys.filter((key) => key !== owner) };
}

function label({ name, owner, others }: Tied): string {
  const own = owner === null ? [] : [`${owner.from}${owner.on_delete === "CASCADE" ? ", goes with it" : ""}`];
  const told = [...own, ...others.map((key) => `${key.from} -> ${key.table}`)];
  return told.length === 0 ? name : `${name} (${told.join("; ")})`;
}
