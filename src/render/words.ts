// Every sentence a report can say, by language. A key missing from a new table does not compile.

import { en, type Words } from "./words/en.ts";

const TABLES: Readonly<Record<string, Words>> = { en };

/** The table for a language tag (`en`, `en-GB`), English where there is none. */
export function wordsFor(lang: string): Words {
  return TABLES[lang.toLowerCase()] ?? TABLES[lang.toLowerCase().split("-")[0] ?? ""] ?? en;
}

/** Why a bound is not exact (or which ceiling it has), as a sentence; an unknown name as it is. */
export function reasonSentence(name: string, lang = "en"): string {
  return named(wordsFor(lang).reasons, name);
}

/** A name from the record in words; names this version does not know are shown as they are. */
export function named(table: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(table, name) ? (table[name] ?? name) : name;
}
