// What all sections of the text report share: the page they are set on, headings, tables and lists.

import { visible } from "../escape.ts";
import type { Table } from "../tables.ts";
import type { Voice } from "../voice.ts";
import { hang, table, widthOf, wrap } from "./layout.ts";
import type { Paint } from "./paint.ts";

export interface Page {
  readonly voice: Voice;
  readonly width: number;
  /** Columns of running text. */
  readonly prose: number;
  readonly paint: Paint;
  readonly ascii: boolean;
}

export function heading(text: string, page: Page, rule = "="): string[] {
  const [first = "", ...rest] = hang("", visible(text), page.width);
  const lines = [first, ...rest];
  const underline = rule === "" ? [] : [rule.repeat(Math.max(...lines.map(widthOf)))];
  return ["", ...lines.map((line) => page.paint("bold", line)), ...underline];
}

export function drawTable({ columns, rows }: Table, page: Page): string[] {
  return table(
    columns,
    rows.map((row) => row.map(visible)),
    page.width,
  );
}

export function prose(text: string, page: Page): string[] {
  return wrap(visible(text), page.prose);
}

export function bullet(text: string, page: Page, indent = 2): string[] {
  return hang(`${" ".repeat(indent)}- `, visible(text), page.prose);
}
