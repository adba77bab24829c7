// Members of a tar stream. tar-stream stops at a damaged header; here reading goes on at the next sound one, since
// a bundle with one bad sector still holds most of its logs.

import type { Bytes } from "./bytes.ts";
import { Ledger } from "./ledger.ts";
import type { Member } from "./member.ts";
import { BLOCK_BYTES, isTarBlock } from "./tar-block.ts";
import { type Entry, TarRun } from "./tar-run.ts";

/** Each member must be read, or left, before the next is asked for. */
export async function* readTar(input: Bytes, ledger: Ledger): AsyncGenerator<Member> {
  let members = 0;
  for (;;) {
    const run = new TarRun(input);
    try {
      for (let entry = await run.next(); entry !== null; entry = await run.next()) {
        const member = toMember(entry, run, ledger);
        if (member !== null) {
          members += 1;
          yield member;
        }
        run.release(entry);
      }
    } finally {
      await run.stop();
    }
    const damage = run.damage();
    if (damage === null) return tellEnd(run, members, ledger);
    const rubbish = "bytes behind the end of the tar archive were ignored";
    if (damage.behindEnd) ledger.note("trailing-rubbish", rubbish);
    else ledger.damage("corrupt", `a tar header behind ${members} members is damaged; its member is lost`);
    input.unread(damage.rest);
    if (!(await skipToHeader(input))) return;
  }
}

function tellEnd(run: TarRun, members: number, ledger: Ledger): void {
  if (!run.sawEnd) {
    ledger.damage("truncated", `the tar archive ends without its end mark, behind ${members} members`);
  } else if (run.oddBytes > 0) {
    ledger.note("trailing-rubbish", `${run.oddBytes} bytes behind the end of the tar archive were ignored`);
  }
}

function toMember(entry: Entry, run: TarRun, outer: Ledger): Member | null {
  const { name, size, mtime, linkname } = entry.header;
  // Null for a type letter it does not know, such as GNU's S, which its types do not tell.
  const type: string | null = entry.header.type;
  const link = type === "symlink" ? linkname : null;
  if (isSparse(entry) || (size > 0 && type === null)) {
    const label = JSON.stringify(name.slice(0, 200));
    outer.damage(
      "unsupported-member",
      `${label} is sparse, or of an unknown kind of tar member, and was not read`,
    );
    return null;
  }
  if (link === null && type !== "file" && type !== "contiguous-file") return null;
  const ledger = new Ledger();
  const seconds = Math.round(mtime.getTime() / 1000);
  return {
    name,
    link,
    sizeBytes: size,
    mtimeUs: seconds > 0 ? seconds * 1_000_000 : null,
    body: run.bodyOf(entry, ledger),
    ledger,
  };
}

function isSparse({ header }: Entry): boolean {
  return JSON.stringify(header.pax ?? null).includes("GNU.sparse.");
}

async function skipToHeader(input: Bytes): Promise<boolean> {
  for (;;) {
    const block = await input.peek(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES) return false;
    if (isTarBlock(block, true)) return true;
    await input.read(BLOCK_BYTES);
  }
}
