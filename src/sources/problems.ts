// The names under which sources/ tells what could not be read, and what each means.

export const SOURCE_PROBLEMS = {
  "no-such-file": "a given path, or a pattern, names nothing",
  "permission-denied": "the file or folder may not be read by this user",
  "special-file": "a socket or device was given as a path",
  "read-error": "the disk failed, or the file vanished or shrank while it was read",
  truncated: "the stream ends in the middle; everything before its end was read",
  corrupt: "the stored bytes are damaged; everything that came out before was read",
  "trailing-rubbish":
    "bytes behind the end of the compressed data or archive were ignored; nothing is missing",
  "compression-bomb": "a few bytes grew past the limit; reading stopped there",
  "no-decoder": "the program that decompresses this format is not installed",
  "decoder-failed": "the program that decompresses this format was stopped or could not run",
  "nested-too-deep": "archives within archives past the limit were left unread",
  "too-many-members": "an archive has more members than the limit; the rest was left unread",
  "member-name-too-long": "a member's name was cut for its label; the member itself was read",
  "unsupported-member":
    "an archive member in a form that cannot be read here (sparse, encrypted, odd compression)",
  "unseekable-zip": "a zip archive inside another stream; unpack it first",
  "binary-journal": "a binary systemd journal; `journalctl --file=FILE -o export` makes it readable",
  "not-text": "no log text in any known form",
} as const;

export type SourceProblem = keyof typeof SOURCE_PROBLEMS;
