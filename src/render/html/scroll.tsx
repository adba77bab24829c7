// A box that scrolls where the page is narrower than its table, or the table very long. Not a landmark: every host
// has several of the same name.

import type { ComponentChildren } from "preact";

interface ScrollProps {
  /** Accessible name. */
  readonly name: string;
  /** Scrolls downwards as well, its heads staying in sight. */
  readonly tall?: boolean;
  readonly children: ComponentChildren;
}

export function Scroll({ name, tall = false, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class={tall ? "scroll tall" : "scroll"} role="group" aria-label={name} tabIndex={0}>
      {children}
    </div>
  );
}
