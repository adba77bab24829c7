// Cells of one CSV line. Samples have no newlines inside quotes, so a line is a row.

/** The separator that a header row uses: the first of `,` `;` and tab outside its words. */
export function separatorOf(header: string): string {
  return /[,;\t]/.exec(header)?.[0] ?? ",";
}

export function splitCells(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '"' && quoted && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}
