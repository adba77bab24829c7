// What became of cited bytes: a line each, or one JSON document that is written as it is found.

import { sourceName } from "../model/source-name.ts";
import type { Finding, Verification } from "../model/verification.ts";
import { jsonText, visible } from "./escape.ts";

export interface VerificationVoice {
  finding(one: Finding): string;
  summary(done: Verification): string;
}

/** Lines for people: what, where, which row, why, and what the bytes said when they were read. */
export const SPOKEN: VerificationVoice = {
  finding(one) {
    const elsewhere = one.foundIn === null ? "" : ` (looked for in ${one.foundIn})`;
    const where = `${sourceName(one)}, byte ${one.byteOffset}, ${one.byteLength} long${elsewhere}`;
    const [text = ""] = one.text.split("\n", 1);
    return `${one.outcome}  ${visible(where)}, ${one.kind} ${one.id}: ${visible(one.reason)}; was: ${visible(text)}\n`;
  },
  summary({ same, changed, missing, sources, moved }) {
    const lines = moved.map((one) => visible(`moved  ${sourceName(one)} is now ${one.foundIn}`));
    const total = same + changed + missing;
    const [cited, read] = [total === 1 ? "citation" : "citations", sources === 1 ? "source" : "sources"];
    const counts = `same ${same}, changed ${changed}, missing ${missing}`;
    return [...lines, `${counts}: ${total} ${cited} in ${sources} ${read}`, ""].join("\n");
  },
};

/** One JSON object: `findings` first, as they come, then the counts. */
export function createJsonVoice(): VerificationVoice {
  let begun = false;
  const begin = () => {
    const opening = begun ? ",\n" : '{\n  "findings": [\n';
    begun = true;
    return opening;
  };
  return {
    finding: (one) => `${begin()}    ${jsonText(JSON.stringify(snakeRow(one)))}`,
    summary({ moved, ...counts }) {
      const rest = JSON.stringify({ ...counts, moved: moved.map(snakeRow) }, null, 2).slice(2);
      return `${begun ? "\n  ]" : '{\n  "findings": []'},\n${jsonText(rest)}\n`;
    },
  };
}

function snakeRow(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
