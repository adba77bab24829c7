// The best search this machine can do. Memory of a WebAssembly module is dear to make and slow to be collected, so
// a search that is no longer in use is used again: a run over a thousand small logs makes one.

import type { MakeSearch, Search } from "./search.ts";
import { plainSearch } from "./search-plain.ts";
import { simdSearch } from "./search-simd.ts";

export const fastestSearch: MakeSearch = (needles, clockNeedles, windowBytes): Search =>
  simdSearch(needles, clockNeedles, windowBytes) ?? plainSearch(needles, clockNeedles, windowBytes);
