// Every sentence a report can say, by language. A key missing from a new table does not compile.

import { en, type Words } from "./words/en.ts";
import { es } from "./words/es.ts";

const TABLES: Readonly<Record<string, Words>> = { en, es };

/** Languages that a report can be had in. */
export const LANGUAGES: readonly string[] = Object.keys(TABLES);

/** The table for a language tag (`en`, `es-MX`), English where there is none. */
export function wordsFor(lang: string): Words {
  const [language = ""] = lang.toLowerCase().split("-");
  return Object.hasOwn(TABLES, language) ? (TABLES[language] ?? en) : en;
}

/** Parts of a basis are joined by `+`; each has its words. */
export function basisWords(basis: string, w: Words): string {
  return basis
    .split("+")
    .map((part) => named(w.bases, part))
    .join(w.basisAnd);
}

/** A name from the record in words; names this version does not know are shown as they are. */
export function named(table: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(table, name) ? (table[name] ?? name) : name;
}

/** The same table in ASCII letters and blanks, what its functions say included. */
export function withoutAccents(w: Words): Words {
  return w.language === "en" ? w : (fold(w) as Words);
}

function fold(value: unknown): unknown {
  if (typeof value === "string")
    return value.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("\u00a0", " ").replaceAll("\u00ba", "o");
  if (typeof value === "function") return (...given: readonly unknown[]) => fold(value(...given));
  if (Array.isArray(value)) return value.map(fold);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fold(inner)]));
}
