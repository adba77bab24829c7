// Events on their way into the database: what they share is written once, as their form.

import { type Gathered, type GivenIds, gather } from "./gathered-rows.ts";
import type { Db } from "./open.ts";
import type { EventForm, EventRow } from "./sink.ts";
import { statement } from "./statements.ts";

export interface EventRows extends Gathered<EventRow> {
  end(): GivenIds;
}

/** Forms that are remembered: text made to be different each time makes more. */
const MOST_FORMS = 4096;

interface Form {
  readonly form_id: number;
  first_stamp_us: number | null;
  last_stamp_us: number | null;
  first_us: number | null;
  last_us: number | null;
}

/** For one source, in its transaction: nobody else gives ids meanwhile. */
export function createEventRows(db: Db): EventRows {
  const { id: before } = statement(db, "largest_event_id").get() as { id: number };
  const forms = new Forms(db);
  const rows = gather<EventRow>(db, before, {
    name: (waiting) => (waiting.every(isPlain) ? "insert_plain_event" : "insert_event"),
    push: (values, id, row, name) => {
      pushPlain(values, id, forms.idOf(row), row);
      if (name !== "insert_event") return;
      const speaks = SPEAKING.has(row.form.kind) ? 1 : 0;
      values.push(row.copies, row.doubts, row.uptime_us, row.uptimes, speaks, row.sha256);
    },
  });
  return {
    add: rows.add,
    end() {
      const range = rows.end();
      forms.finish();
      return range;
    },
  };
}

/** What speaks, until analysis knows better. */
const SPEAKING: ReadonlySet<string> = new Set(["drop", "suppression"]);

function isPlain({ form, copies, doubts, uptime_us, uptimes, sha256 }: EventRow): boolean {
  if (!SPEAKING.has(form.kind)) return false;
  return copies === 1 && doubts === null && uptime_us === null && uptimes === null && sha256 === null;
}

function pushPlain(values: unknown[], id: number, formId: number, row: EventRow): void {
  values.push(
    id,
    formId,
    row.line,
    row.byte_offset,
    row.byte_length,
    row.amount,
    row.stamp_us,
    row.span_us,
    row.at_us,
    row.text,
  );
}

/** Ids of forms, and the extents of the events of each. */
class Forms {
  readonly #db: Db;
  /** By content. */
  #known = new Map<string, Form>();
  #last: { readonly form: EventForm; readonly kept: Form } | null = null;
  #before: { readonly form: EventForm; readonly kept: Form } | null = null;
  /** Streams whose forms an earlier reading wrote have been looked at. */
  readonly #streams = new Set<number>();

  constructor(db: Db) {
    this.#db = db;
  }

  idOf({ form, stamp_us, at_us, span_us }: EventRow): number {
    const kept = this.#find(form);
    if (stamp_us !== null) {
      kept.first_stamp_us = least(kept.first_stamp_us, stamp_us);
      kept.last_stamp_us = most(kept.last_stamp_us, stamp_us);
    }
    if (at_us !== null) {
      kept.first_us = least(kept.first_us, at_us);
      kept.last_us = most(kept.last_us, at_us + span_us);
    }
    return kept.form_id;
  }

  /** Writes the extents. */
  finish(): void {
    const write = statement(this.#db, "finish_event_form");
    for (const kept of this.#known.values()) write.run(kept);
    this.#known = new Map();
    this.#last = null;
    this.#before = null;
  }

  /** Drops and notices take turns: the last two are at hand. */
  #find(form: EventForm): Form {
    if (this.#last?.form === form) return this.#last.kept;
    const found = this.#before?.form === form ? this.#before : { form, kept: this.#intern(form) };
    this.#before = this.#last;
    this.#last = found;
    return found.kept;
  }

  #intern(form: EventForm): Form {
    this.#recallStream(form.stream_id);
    const key = keyOf(form);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_FORMS) this.finish();
    const added = statement(this.#db, "insert_event_form").run(form);
    const kept = fresh(Number(added.lastInsertRowid));
    this.#known.set(key, kept);
    return kept;
  }

  #recallStream(stream_id: number): void {
    if (this.#streams.has(stream_id)) return;
    this.#streams.add(stream_id);
    const rows = statement(this.#db, "event_forms").all({ stream_id, limit: MOST_FORMS }) as (EventForm & {
      form_id: number;
    })[];
    for (const { form_id, ...form } of rows) this.#known.set(keyOf(form), fresh(form_id));
  }
}

function fresh(form_id: number): Form {
  return { form_id, first_stamp_us: null, last_stamp_us: null, first_us: null, last_us: null };
}

function keyOf(form: EventForm): string {
  const { stream_id, kind, message, netns, stamp_kind, resolution_us, zone_name, tail } = form;
  return JSON.stringify([stream_id, kind, message, netns, stamp_kind, resolution_us, zone_name, tail]);
}

function least(a: number | null, b: number): number {
  return a === null || b < a ? b : a;
}

function most(a: number | null, b: number): number {
  return a === null || b > a ? b : a;
}
