// From stored bytes to sources: compression is peeled off, archives are walked, and what is left is text or not.

import type { ByteStream } from "../model/bytes.ts";
import { NON_LOG } from "./bundles.ts";
import { fromChunks, tap } from "./byte-stream.ts";
import { Bytes } from "./bytes.ts";
import { decode, findCodec, MAGIC_BYTES } from "./codecs.ts";
import { type Content, HEAD_BYTES, judgeContent } from "./content.ts";
import { gzipTimeUs, isGzip } from "./gzip.ts";
import { Ledger } from "./ledger.ts";
import type { Growth, Limits } from "./limits.ts";
import type { Member } from "./member.ts";
import { bundleOf, container, factsOf, type OpenedSource, opened, type Where } from "./opened.ts";
import { MemberPlacer } from "./place.ts";
import { readRotation } from "./rotation.ts";
import { hasSections, readSections } from "./sections.ts";
import { BLOCK_BYTES, looksLikeEmptyTar, looksLikeTar } from "./tar-block.ts";
import type { StoredFile } from "./tool-file.ts";
import type { FindTool } from "./tools.ts";
import { looksLikeZip, readZip } from "./zip.ts";

/** What holds for everything that one file leads to. */
export interface Job {
  readonly limits: Limits;
  readonly findTool: FindTool;
  /** Node's own decoders may stand in for programs. */
  readonly inProcess: boolean;
  /** Files and members left unread because they are known not to matter. */
  readonly counts: { unread: number };
  readonly growth: Growth;
}

/** Stored bytes, and where they lie. */
export interface Stored {
  readonly where: Where;
  readonly bytes: Bytes;
  readonly ledgers: readonly Ledger[];
  /** Codecs at work around these bytes. */
  readonly codecs: readonly string[];
  /** The file itself, where its bytes can be read at any place. */
  readonly file: StoredFile | null;
}

/** The sources in a stream. Each must be read, or left, before the next is asked for. */
export async function* openStream(stored: Stored, job: Job): AsyncGenerator<OpenedSource> {
  const layers: Bytes[] = [];
  try {
    const plain = await peel(stored, job, layers);
    if (plain.codecs.length - stored.codecs.length > job.limits.codecLayers) {
      yield tooDeep(plain, "compressions", job.limits.codecLayers);
      return;
    }
    const head = await plain.bytes.peek(HEAD_BYTES);
    if (isTar(head, plain.where)) yield* openArchive(plain, "tar", job);
    else if (looksLikeZip(head)) yield* openArchive(plain, "zip", job);
    else if (hasSections(head)) yield* openSections(plain, job);
    else yield* openLeaf(plain, await judgeContent(plain.bytes), head, job);
  } finally {
    const [innermost, ...others] = layers.reverse();
    await innermost?.close();
    // A decoder that ended at damage leaves what it reads from as it is: a program, at the worst. Nobody waits for it.
    for (const bytes of others) void bytes.close().catch(() => {});
  }
}

function isTar(head: Uint8Array, { path, label }: Where): boolean {
  return looksLikeTar(head.subarray(0, BLOCK_BYTES)) || looksLikeEmptyTar(head, label ?? path);
}

/** Takes compression off, layer by layer, up to one more than the limit. `made`: what is to be closed, innermost last. */
async function peel(stored: Stored, job: Job, made: Bytes[]): Promise<Stored> {
  let { bytes, where } = stored;
  const ledgers = [...stored.ledgers];
  const codecs = [...stored.codecs];
  for (let layers = 0; ; layers += 1) {
    const head = await bytes.peek(MAGIC_BYTES);
    const codec = findCodec(head);
    if (codec === null || layers > job.limits.codecLayers) {
      return { where, bytes, ledgers, codecs, file: layers === 0 ? stored.file : null };
    }
    const own = isGzip(head) && where.gzipTimeUs === null ? gzipTimeUs(head) : where.gzipTimeUs;
    where = { ...where, sizeBytes: null, gzipTimeUs: own };
    const ledger = new Ledger();
    const options = { ...job, head, outer: [...codecs], file: layers === 0 ? stored.file : null };
    bytes = new Bytes(watched(decode(codec, bytes, ledger, options), ledger, job));
    made.push(bytes);
    ledgers.push(ledger);
    codecs.push(codec.id);
  }
}

/** Ends where all that came out of the file is too much. */
function watched(stream: ByteStream, ledger: Ledger, { growth }: Job): ByteStream {
  let out = 0;
  return tap(stream, (bytes) => {
    out += bytes.length;
    const bomb = growth.add(bytes.length);
    if (bomb === null) return true;
    // The decoder may have said so by itself.
    if (ledger.complete)
      ledger.damage("compression-bomb", `the file: ${bomb} in all its layers; the rest was left unread`, out);
    return false;
  });
}

function tooDeep({ where, ledgers }: Stored, what: string, limit: number): OpenedSource {
  const ledger = new Ledger();
  ledger.damage(
    "nested-too-deep",
    `more than ${limit} ${what} around one another; what lies deeper was not read`,
    0,
  );
  return container(where, [...ledgers, ledger]);
}

async function* openArchive(stored: Stored, kind: "tar" | "zip", job: Job): AsyncGenerator<OpenedSource> {
  const { where, bytes, file, ledgers } = stored;
  const { limits } = job;
  const depth = where.outer.length + (where.label === null ? 0 : 1);
  if (depth >= limits.archiveDepth) {
    yield tooDeep(stored, "archives", limits.archiveDepth);
    return;
  }
  const ledger = new Ledger();
  const all = [...ledgers, ledger];
  if (kind === "tar") {
    // Loaded where an archive is met.
    const { readTar } = await import("./tar.ts");
    yield* openMembers(stored, readTar(bytes, ledger), ledger, job);
  } else if (file === null) {
    ledger.damage(
      "unseekable-zip",
      "a zip archive can be read only as a file of its own; unpack it first",
      0,
    );
  } else {
    job.growth.stored = Math.max(job.growth.stored, file.bytes);
    yield* openMembers(stored, readZip(file.handle, file.bytes, ledger, limits, job.growth), ledger, job);
  }
  if (all.some(({ problems }) => problems.length > 0)) yield container(where, all);
}

async function* openMembers(
  stored: Stored,
  members: AsyncIterable<Member>,
  ledger: Ledger,
  job: Job,
): AsyncGenerator<OpenedSource> {
  const { where, codecs } = stored;
  const { limits, counts } = job;
  const placer = new MemberPlacer();
  const outer = where.label === null ? [] : [...where.outer, where.label];
  const inherited = { bundle: bundleOf(where), netns: factsOf(where).netns };
  let seen = 0;
  for await (const member of members) {
    seen += 1;
    if (seen > limits.members || job.growth.sources >= limits.sources) {
      const what = seen > limits.members ? `${limits.members} members` : `${limits.sources} logs`;
      ledger.damage("too-many-members", `more than ${what}; the rest was left unread`);
      return;
    }
    const place = placer.place(member.name);
    if (!place.read || (member.link !== null && place.role !== "localtime")) {
      if (member.link === null) counts.unread += 1;
      continue;
    }
    const { sizeBytes, mtimeUs } = member;
    const label = labelOf(member, limits.nameLength);
    const inside = { path: where.path, outer, label, sizeBytes, mtimeUs, gzipTimeUs: null, place, inherited };
    job.growth.sources += 1;
    const bytes = member.link === null ? member.body : new Bytes(linkText(member.link));
    yield* openStream({ where: inside, bytes, ledgers: [member.ledger], codecs, file: null }, job);
    if (job.growth.verdict === null) continue;
    ledger.damage("compression-bomb", `${job.growth.verdict}; the rest of the archive was left unread`);
    return;
  }
}

function labelOf({ name, ledger }: Member, limit: number): string {
  if (name.length <= limit) return name;
  ledger.note("member-name-too-long", `a member's name of ${name.length} characters was cut to ${limit}`);
  return name.slice(0, limit);
}

/** A link to a zone's file names the zone, and its target is not in the archive. */
export async function* linkText(target: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(target);
}

async function* openSections(stored: Stored, job: Job): AsyncGenerator<OpenedSource> {
  const { where, bytes, ledgers } = stored;
  const skipped = { count: 0 };
  for await (const { title, role, channel, start, body } of readSections(bytes, skipped)) {
    const named = readRotation(title.split(" ", 1)[0] ?? "");
    const facts = factsOf(where);
    const own = {
      member: `${facts.member ?? ""}#${title}@${start}`,
      channel: channel ?? named.channel,
      family: `${facts.family}#${named.family}`,
      rank: named.rank,
      nameDate: named.nameDate,
      role,
    };
    yield opened(
      { ...where, sizeBytes: null },
      { chunks: fromChunks(body), ledgers: [], around: ledgers },
      own,
    );
  }
  job.counts.unread += skipped.count;
  if (ledgers.some(({ problems }) => problems.length > 0)) yield container(where, ledgers);
}

async function* openLeaf(
  { where, bytes, ledgers }: Stored,
  content: Content,
  head: Uint8Array,
  job: Job,
): AsyncGenerator<OpenedSource> {
  const name = where.label ?? where.path;
  if (NON_LOG.test(name) && (content === "binary" || !head.includes(10))) {
    job.counts.unread += 1;
    return;
  }
  if (content === "text" || (content === "zone" && where.place.role === "localtime")) {
    yield opened(where, { chunks: bytes, ledgers });
    return;
  }
  const ledger = new Ledger();
  if (content === "journal") {
    const hint = "make it readable with `journalctl --file=FILE -o export`";
    ledger.damage("binary-journal", `a binary systemd journal, not read; ${hint}`, 0);
  } else ledger.damage("not-text", "no log text in any known form; not read", 0);
  yield container(where, [...ledgers, ledger]);
}
