// What a source's lines with full dates say of the year of its first stamp without one.

export interface LineYears {
  /** The year that they tell; null: none. */
  readonly told: number | null;
  /** The least and the most that it can be; null: not told. */
  readonly least: number | null;
  readonly most: number | null;
}
