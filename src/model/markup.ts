// Tags between which posted lines stand in a forum: `[code]`, `[color=red]`. Alternatives of a pattern.

/** They say how a text looks. */
export const LOOKS = "b|i|u|color|font|size|left|center|indent";
/** They say what a text is. */
export const SORTS = "code|quote|pre|icode|tt";
