// A sentence with emphasis: what matters in it is marked once, and each format shows the mark in its own way.

export type Part = string | { readonly strong: string };

export function strong(text: string): Part {
  return { strong: text };
}

/** Template tag: pieces and parts in, one sentence out. */
export function say(
  texts: TemplateStringsArray,
  ...values: readonly (Part | readonly Part[])[]
): readonly Part[] {
  const parts: Part[] = [];
  texts.forEach((text, i) => {
    if (text !== "") parts.push(text);
    const value = values[i];
    if (Array.isArray(value)) parts.push(...value);
    else if (value !== undefined && value !== "") parts.push(value as Part);
  });
  return parts;
}

export function plain(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === "string" ? part : part.strong)).join("");
}
