// What a renderer is: pure, one record in, text out in pieces, so that a long report need not stand in memory.

import type { Report } from "../model/report.ts";

export interface RenderOptions {
  /** Columns of the terminal; text only. */
  readonly width: number;
  /** SGR colours; text only. Never the only carrier of a fact. */
  readonly colour: boolean;
  /** Draw with ASCII alone; text only. */
  readonly ascii: boolean;
}

export type Renderer = (report: Report, options: RenderOptions) => Iterable<string>;
