// A table as the other formats have it, with scopes, and its own scrolling where the page is narrower.

import type { ComponentChildren } from "preact";
import type { Table } from "../tables.ts";
import { Scroll } from "./scroll.tsx";

interface DataTableProps {
  readonly table: Table;
  /** Accessible name. */
  readonly name: string;
  /** Index of the column that names its row; -1 for none. */
  readonly rowHead?: number;
  /** Cell contents of a column where plain text is not enough. */
  readonly cell?: (text: string, row: number, column: number) => ComponentChildren;
  /** Columns of long text, which may wrap. */
  readonly wide?: readonly number[];
  readonly rowId?: (row: number) => string;
}

/** Longer tables scroll in a box of their own, so that what follows can be found. */
const MOST_IN_SIGHT = 40;

export function DataTable({ table, name, rowHead = 0, cell, wide = [], rowId }: DataTableProps) {
  const style = (i: number) => {
    const column = table.columns[i];
    if (wide.includes(i)) return "w";
    return column?.right === true ? "n" : column?.keep === true ? "d" : undefined;
  };
  return (
    <Scroll name={name} tall={table.rows.length > MOST_IN_SIGHT}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column, i) => (
              <th key={column.head} scope="col" class={style(i)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, r) => (
            <tr key={row.join()} id={rowId?.(r)}>
              {row.map((text, i) => {
                const shown = cell === undefined ? text : cell(text, r, i);
                return i === rowHead ? (
                  <th key={table.columns[i]?.head} scope="row" class={style(i)}>
                    {shown}
                  </th>
                ) : (
                  <td key={table.columns[i]?.head} class={style(i)}>
                    {shown}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
