// Sentences with their emphasis.

import type { Part } from "../parts.ts";

/** Dates, numbers and settings stay on one line; a longer text would leave a narrow page. */
const LONGEST_KEPT = 28;

export function Sentences({ of }: { readonly of: readonly (readonly Part[])[] }) {
  return (
    <>
      {of.map((sentence, i) => (
        <>
          {i === 0 ? "" : " "}
          {sentence.map((part) =>
            typeof part === "string" ? (
              part
            ) : (
              <strong class={part.strong.length <= LONGEST_KEPT ? "keep" : undefined}>{part.strong}</strong>
            ),
          )}
        </>
      ))}
    </>
  );
}
