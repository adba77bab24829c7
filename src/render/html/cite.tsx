// A cited line with the place of its bytes; the script adds a button that copies both.

import type { Citation } from "../../model/report.ts";
import { citationText, place, type Voice } from "../voice.ts";

interface CiteProps {
  readonly citation: Citation;
  readonly voice: Voice;
  /** What the line is cited for. */
  readonly role?: string;
}

export function Cite({ citation, voice, role }: CiteProps) {
  return (
    <li data-cite={citationText(citation)}>
      <span class="soft">
        {role === undefined ? "" : `${role}: `}
        {place(voice, citation)}
        {citation.sha256 === null ? "" : `, SHA-256 ${citation.sha256.slice(0, 12)}…`}
      </span>
      <code>{citation.text}</code>
    </li>
  );
}
