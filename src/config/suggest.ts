// A close miss earns a suggestion.

/** The known word nearest to what was written, or null where none is near. */
export function suggest(written: string, known: readonly string[]): string | null {
  const plain = (word: string) => word.toLowerCase().replace(/[-_ ]/g, "");
  const ranked = known
    .map((word) => ({ word, distance: distance(plain(written), plain(word)) }))
    .sort((a, b) => a.distance - b.distance || a.word.localeCompare(b.word));
  const best = ranked[0];
  if (best === undefined) return null;
  return best.distance <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : null;
}

/** Letters to insert, take out, change or swap with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
