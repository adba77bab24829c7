// Whether a rotated piece of a log is a copy of another: asked only where their times overlap, and answered by what both
// tell of the stretch they share.

import { DERIVED_WITHIN_US, isRetold, Stretch, type Told } from "../../analysis/retold.ts";
import { OVERLAP_US, type Piece } from "../../analysis/strands.ts";
import { STAMP } from "../../model/stored.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

interface Form {
  readonly form_id: number;
  readonly kind: string;
  readonly message: string;
  readonly netns: string | null;
  readonly stamp_kind: number;
  readonly resolution_us: number | null;
}

interface Row {
  readonly amount: number | null;
  readonly copies: number;
  readonly at_us: number;
  readonly uptime_us: number | null;
  readonly uptimes: string | null;
}

/** True where `piece` tells again what `before` ends with. Both are of one host. */
export function createRetold(db: Db, hostId: number): (before: Piece, piece: Piece) => boolean {
  return (before, piece) => {
    const fromUs = piece.firstUs ?? 0;
    const toUs = Math.min(before.lastUs ?? 0, piece.lastUs ?? 0);
    const shared = {
      ...{ fromUs, toUs },
      isBegin: fromUs === before.firstUs,
      isEnd: before.lastUs === piece.lastUs,
    };
    const stretch = new Stretch();
    for (const told of toldOf(db, hostId, before.sourceId, fromUs, toUs, "desc")) stretch.add(told);
    if (stretch.fine.size === 0 && stretch.seconds.size === 0) return false;
    const after = toldOf(db, hostId, piece.sourceId, fromUs, toUs, "asc");
    return isRetold(stretch, after, shared);
  };
}

/** Events of a source from about `fromUs` to `toUs`, form by form, from the end or from the beginning of each. */
function* toldOf(
  db: Db,
  host_id: number,
  source_id: number,
  fromUs: number,
  toUs: number,
  order: "asc" | "desc",
): Generator<Told> {
  const span = { from_us: fromUs - DERIVED_WITHIN_US, to_us: toUs + DERIVED_WITHIN_US };
  const forms = statement(db, "stretch_forms").all({ host_id, source_id, ...span }) as Form[];
  for (const form of forms) {
    const rows = statement(db, `stretch_events_${order}`).iterate({ form_id: form.form_id });
    for (const row of rows as Iterable<Row>) {
      // Stamps mostly ascend: far enough behind the stretch, none of it comes any more.
      if (order === "desc" ? row.at_us < fromUs - OVERLAP_US : row.at_us > toUs + OVERLAP_US) break;
      if (row.at_us >= span.from_us && row.at_us <= span.to_us) yield* told(form, row);
    }
  }
}

/** Stamps in thousandths of a second tell one line from the next. */
const FINE_US = 1000;

function* told(form: Form, row: Row): Generator<Told> {
  const { kind, message, netns, stamp_kind, resolution_us } = form;
  const isDrop = kind === "drop";
  // Equal drop lines may be one row here and several there; a repeat is another line than what it repeats.
  const amount = isDrop && row.copies === 1 ? "" : `${row.amount} ${row.copies}`;
  const isFine = resolution_us !== null && resolution_us <= FINE_US;
  const one = {
    says: `${kind} ${message} ${netns ?? ""} ${amount}`,
    atUs: row.at_us,
    fineUs: row.uptime_us ?? (isFine ? row.at_us : null),
    derived: stamp_kind === STAMP.derivedWall || stamp_kind === STAMP.derivedInstant,
    lines: isDrop ? (row.amount ?? 1) : 1,
    counts: isDrop || kind === "suppression",
  };
  if (row.uptimes === null || row.uptime_us === null) yield one;
  else
    for (const after of row.uptimes.split(","))
      yield { ...one, fineUs: row.uptime_us + Number(after), lines: 1 };
}
