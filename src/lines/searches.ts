// The best search this machine can do. Memory of WebAssembly is dear to make and slow to be collected, so a search
// that is done with serves the next source: a run over a thousand small logs makes one.

import type { LineOptions } from "./options.ts";
import type { MakeSearch, Search } from "./search.ts";
import { plainSearch } from "./search-plain.ts";
import { simdSearch } from "./search-simd.ts";
import { windowBytes } from "./window.ts";

/** Searches kept: as many as there may be sources open at once, and needle sets in use. */
const KEPT = 4;
const idle: { readonly key: string; readonly search: Search }[] = [];

export interface Loan {
  readonly search: Search;
  giveBack(): void;
}

export function borrowSearch(options: LineOptions, makeSearch: MakeSearch = fastestSearch): Loan {
  const { needles, clockNeedles } = options;
  const bytes = windowBytes(options);
  if (makeSearch !== fastestSearch) {
    return { search: makeSearch(needles, clockNeedles, bytes), giveBack: () => undefined };
  }
  const key = JSON.stringify([bytes, needles, clockNeedles]);
  const place = idle.findIndex((kept) => kept.key === key);
  const search =
    idle.splice(place, place === -1 ? 0 : 1)[0]?.search ?? fastestSearch(needles, clockNeedles, bytes);
  return {
    search,
    giveBack() {
      idle.unshift({ key, search });
      idle.length = Math.min(idle.length, KEPT);
    },
  };
}

function fastestSearch(...of: Parameters<MakeSearch>): Search {
  return simdSearch(...of) ?? plainSearch(...of);
}
