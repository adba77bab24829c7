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
  /** On a narrow page each row is a card: head and cell side by side, so that no text column stands beside a void. */
  readonly cards?: boolean;
  /** What stands below a row, over all its columns. */
  readonly under?: (row: number) => ComponentChildren;
}

/** Longer tables scroll in a box of their own, so that what follows can be found. */
const MOST_IN_SIGHT = 40;

export function DataTable(props: DataTableProps) {
  const { table, name, wide = [], cards = false, under } = props;
  const style = (i: number) => {
    const column = table.columns[i];
    if (wide.includes(i)) return "w";
    return column?.right === true ? "n" : column?.keep === true ? "d" : undefined;
  };
  return (
    <Scroll name={name} tall={table.rows.length > MOST_IN_SIGHT}>
      <table class={cards ? "cards" : undefined}>
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
            <>
              <DataRow key={row.join()} {...props} row={row} index={r} style={style} />
              {under === undefined ? null : (
                <tr class="under">
                  <td colSpan={table.columns.length}>{under(r)}</td>
                </tr>
              )}
            </>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface RowProps extends DataTableProps {
  readonly row: readonly string[];
  readonly index: number;
  readonly style: (column: number) => string | undefined;
}

function DataRow({ table, rowHead = 0, cell, rowId, cards = false, under, row, index, style }: RowProps) {
  return (
    <tr id={rowId?.(index)} class={under === undefined ? undefined : "over"}>
      {row.map((text, i) => {
        const head = table.columns[i]?.head;
        const shown = cell === undefined ? text : cell(text, index, i);
        return i === rowHead ? (
          <th key={head} scope="row" class={style(i)}>
            {shown}
          </th>
        ) : (
          <td key={head} class={style(i)} data-head={cards ? head : undefined}>
            {shown}
          </td>
        );
      })}
    </tr>
  );
}
