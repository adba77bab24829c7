// What a command answers goes to standard output.

/** UTF-16 units handed over at once: a call for each line of a long report takes as long as making it. */
const AT_ONCE = 64 * 1024;

/** Writes `pieces` one behind the other. */
export function print(pieces: Iterable<string>): void {
  let waiting = "";
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < AT_ONCE) continue;
    process.stdout.write(waiting);
    waiting = "";
  }
  if (waiting !== "") process.stdout.write(waiting);
}
