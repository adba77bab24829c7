// Which events speak: drops of the witnesses that speak for their bursts, and the notices of these bursts. As they are
// written, all of them do; so for most hosts there is nothing to change.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { Part } from "./account.ts";
import type { FoundBursts } from "./bursts.ts";
import type { Segment } from "./segments.ts";

interface Form {
  readonly form_id: number;
  readonly kind: "drop" | "suppression";
  readonly netns: string | null;
}

/** Marks the events of one host. */
export function markSpeaking(db: Db, { bursts, strays, dropless }: FoundBursts<unknown>): void {
  const known = new Map<number, readonly Form[]>();
  const formsOf = ({ streamIds }: Segment) =>
    streamIds.flatMap((stream_id) => {
      const forms =
        known.get(stream_id) ?? (statement(db, "speaking_forms").all({ stream_id }) as readonly Form[]);
      known.set(stream_id, forms);
      return forms;
    });
  for (const { netns, otherParts } of bursts) {
    for (const part of otherParts) markPart(db, "silence", part, netns, formsOf(part.segment));
  }
  const silenced = new Map<number, boolean>();
  const isSilenced = ({ form_id }: Form) => {
    const is = silenced.get(form_id) ?? statement(db, "has_silent").get({ form_id }) !== undefined;
    silenced.set(form_id, is);
    return is;
  };
  for (const { netns, parts } of bursts) {
    for (const part of parts) markPart(db, "voice", part, netns, formsOf(part.segment).filter(isSilenced));
  }
  for (const { segment, dated } of dropless) {
    for (const { form_id, kind } of formsOf(segment)) {
      if (kind === "suppression") statement(db, "silence_form").run({ form_id, dated: dated ? 1 : 0 });
    }
  }
  statement(db, "silence_events").run({ ids: JSON.stringify(strays) });
}

function markPart(
  db: Db,
  what: "silence" | "voice",
  { idFrom, idTo, firstUs, lastUs, dated, notices }: Part<unknown>,
  netns: string | null,
  forms: readonly Form[],
): void {
  for (const { form_id, kind, netns: own } of forms) {
    if (kind === "drop" && own === netns) {
      const times = { first_us: firstUs, last_us: lastUs, dated: dated ? 1 : 0 };
      statement(db, `${what}_drops`).run({ form_id, first_id: idFrom, last_id: idTo, ...times });
    } else if (kind === "suppression" && notices !== null) {
      statement(db, `${what}_notices`).run({ form_id, first_id: notices.from, last_id: notices.to });
    }
  }
}
