// What people call a source.

/** Its path, and behind `!` the member of the archive that lies there: a label, never a path. */
export function sourceName({
  path,
  member,
}: {
  readonly path: string;
  readonly member: string | null;
}): string {
  return member === null ? path : `${path}!${member}`;
}
