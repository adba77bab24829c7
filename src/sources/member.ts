// One file inside an archive, as its directory tells it. The name is a label: it never becomes a path.

import type { Bytes } from "./bytes.ts";
import type { Ledger } from "./ledger.ts";

export interface Member {
  readonly name: string;
  /** Target of a symbolic link, else null. */
  readonly link: string | null;
  readonly sizeBytes: number;
  readonly mtimeUs: number | null;
  readonly body: Bytes;
  readonly ledger: Ledger;
}
