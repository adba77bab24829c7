// What takes the rows of one file, in whatever format it is.

export interface RowFile {
  /** Takes a row: cells in the order of the columns. */
  push(row: readonly unknown[]): void;
  /** Writes what is held. Closing the descriptor is for whoever opened it. */
  end(): void;
}
