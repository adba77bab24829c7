// The advice of one host: values with reasons and costs, then text to install.

import type { Advice } from "../../model/report.ts";
import { visibleLines } from "../escape.ts";
import { costSentences } from "../host-facts.ts";
import { itemWords, snippetText } from "../statement.ts";
import { chop, wrap } from "./layout.ts";
import { bullet, heading, type Page, prose } from "./page.ts";

export function* adviceSection(advice: Advice | null, page: Page): Iterable<string> {
  const { w } = page.voice;
  yield* heading(w.adviceTitle, page, "");
  if (advice === null || advice.items.length === 0) {
    yield* prose(w.noAdvice, page);
    return;
  }
  for (const item of advice.items) {
    yield* bullet(`${item.key} = ${item.value}${itemWords(item, w)}`, page, 0);
  }
  for (const sentence of costSentences(advice, page.voice)) yield* prose(sentence, page);
  const settings = snippetText(advice, w);
  if (settings !== "") yield* snippet(w.snippetTitle, settings, page);
  if (advice.modprobe !== null) yield* snippet(w.modprobeTitle, advice.modprobe, page);
}

/** Settings stay on their line; comments are wrapped into further comments, so that the text can be installed. */
function* snippet(title: string, text: string, page: Page): Iterable<string> {
  yield* ["", ...prose(title, page), ""];
  for (const line of visibleLines(text)) {
    const room = page.width - 4;
    const comment = /^#\s?(.*)$/.exec(line);
    const pieces =
      comment === null ? chop(line, room) : wrap(comment[1] ?? "", room - 2).map((piece) => `# ${piece}`);
    yield* pieces.map((piece) => `    ${piece}`.trimEnd());
  }
}
