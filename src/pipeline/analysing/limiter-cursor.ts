// One form's events of the limiter, in order of ids, read batch by batch.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { type LimiterForm, type LimiterRow, NO_UPTIMES } from "./limiter-row.ts";

export interface FormRow extends LimiterForm {
  readonly form_id: number;
  /** Of events that do not say their own. */
  readonly basis: string | null;
}

export interface FormCursor {
  /** Of the next row; infinite at the end. */
  readonly id: number;
  take(): LimiterRow;
}

/** Columns of a batch, as the statement gives them. */
type Batch = readonly [
  ids: string,
  amounts: string,
  times: string,
  spans: string,
  uptimes: string,
  more: string,
];
/** What few rows have. */
type More = readonly [copies: number, uptimes: string | null, doubts: string | null, basis: string | null];

/** `dated` chooses rows with or without an instant; `limit`: rows of a batch. */
export function createFormCursor(db: Db, form: FormRow, dated: boolean, limit: number): FormCursor {
  return new Cursor(db, form, dated, limit);
}

class Cursor implements FormCursor {
  readonly #db: Db;
  readonly #form: FormRow;
  readonly #name: string;
  readonly #limit: number;
  #at = 0;
  #ids: number[] = [];
  #amounts: (number | null)[] = [];
  #times: (number | null)[] = [];
  #spans: number[] = [];
  #uptimes: (number | null)[] = [];
  #more: Readonly<Record<number, More>> = {};
  id = 0;

  constructor(db: Db, form: FormRow, dated: boolean, limit: number) {
    this.#db = db;
    this.#form = form;
    this.#name = dated ? "limiter_events_dated" : "limiter_events_undated";
    this.#limit = limit;
    this.#read();
  }

  take(): LimiterRow {
    const at = this.#at;
    const form = this.#form;
    const id = this.id;
    const more = this.#more[id];
    const row = {
      id,
      form,
      amount: this.#amounts[at] ?? null,
      copies: more?.[0] ?? 1,
      at_us: this.#times[at] ?? null,
      uptime_us: this.#uptimes[at] ?? null,
      basis: more?.[3] ?? form.basis,
      span_us: this.#spans[at] ?? 0,
      uptimes: more?.[1] == null ? NO_UPTIMES : more[1].split(",").map(Number),
      doubts: more?.[2] ?? null,
    };
    this.#at += 1;
    if (this.#at < this.#ids.length) this.id = this.#ids[this.#at] ?? Number.POSITIVE_INFINITY;
    else if (this.#at < this.#limit) this.id = Number.POSITIVE_INFINITY;
    else this.#read();
    return row;
  }

  #read(): void {
    const values = { form_id: this.#form.form_id, after: this.id, limit: this.#limit };
    const batch = statement(this.#db, this.#name).raw(true).get(values) as Batch;
    this.#at = 0;
    this.#ids = JSON.parse(batch[0]) as number[];
    this.#amounts = JSON.parse(batch[1]) as (number | null)[];
    this.#times = JSON.parse(batch[2]) as (number | null)[];
    this.#spans = JSON.parse(batch[3]) as number[];
    this.#uptimes = JSON.parse(batch[4]) as (number | null)[];
    this.#more = JSON.parse(batch[5]) as Record<number, More>;
    this.id = this.#ids[0] ?? Number.POSITIVE_INFINITY;
  }
}
