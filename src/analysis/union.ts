// Things that turn out to be one: a union of small integers.

export interface Union {
  /** Declares two members one; the smaller root stays, so the result does not depend on the order. */
  join(a: number, b: number): void;
  root(a: number): number;
}

/** Makes a union of `size` members, 0 to size - 1, each alone. */
export function createUnion(size: number): Union {
  const parent = Array.from({ length: size }, (_, i) => i);
  const root = (a: number): number => {
    let at = a;
    while (parent[at] !== at) {
      const up = parent[at] ?? at;
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  return {
    join(a, b) {
      const ra = root(a);
      const rb = root(b);
      if (ra < rb) parent[rb] = ra;
      else if (rb < ra) parent[ra] = rb;
    },
    root,
  };
}
