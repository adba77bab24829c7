// Which events speak: drops of the witnesses that speak for their bursts, and the notices of these bursts. As they are
// written, all of them do; so for most hosts there is nothing to change.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { Part } from "./account.ts";
import type { FoundBurst } from "./burst-accounts.ts";
import type { FoundBursts } from "./bursts.ts";
import type { Segment } from "./segments.ts";

interface Form {
  readonly form_id: number;
  readonly kind: "drop" | "suppression";
  readonly netns: string | null;
}

/** Marks the events of one host: burst by burst what others say, then what is said, and then what is of no burst. */
export class SpeakingMarker {
  readonly #db: Db;
  readonly #forms = new Map<Segment, readonly Form[]>();
  readonly #silenced = new Map<number, boolean>();

  constructor(db: Db) {
    this.#db = db;
  }

  silence({ netns, parts, otherParts }: FoundBurst<unknown>): void {
    for (const part of otherParts) markPart(this.#db, "silence", part, netns, this.#formsOf(part.segment));
    for (const part of parts) this.#formsOf(part.segment);
  }

  /** Once all bursts were seen: a notice may be of several, and one of a witness that speaks is heard. */
  end({ each, strays, dropless }: FoundBursts<unknown>): void {
    const forms = [...this.#forms.values()].flat();
    if (forms.some((form) => this.#isSilenced(form))) {
      each(({ netns, parts }) => {
        for (const part of parts) {
          const silenced = this.#formsOf(part.segment).filter((form) => this.#isSilenced(form));
          markPart(this.#db, "voice", part, netns, silenced);
        }
      });
    }
    for (const { segment, dated } of dropless) {
      for (const { form_id, kind } of this.#formsOf(segment)) {
        if (kind !== "suppression") continue;
        statement(this.#db, "silence_form").run({ form_id, dated: dated ? 1 : 0 });
      }
    }
    statement(this.#db, "silence_events").run({ ids: JSON.stringify(strays) });
  }

  #formsOf(segment: Segment): readonly Form[] {
    const known = this.#forms.get(segment);
    if (known !== undefined) return known;
    const read = statement(this.#db, "speaking_forms");
    const forms = segment.streamIds.flatMap((stream_id) => read.all({ stream_id }) as Form[]);
    this.#forms.set(segment, forms);
    return forms;
  }

  /** Something of it is silent, so that it may have to speak. */
  #isSilenced({ form_id }: Form): boolean {
    const is =
      this.#silenced.get(form_id) ?? statement(this.#db, "has_silent").get({ form_id }) !== undefined;
    this.#silenced.set(form_id, is);
    return is;
  }
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
