// A file that another thread reads ahead, as whoever writes it sees it.

import type { Problem } from "../../model/problem.ts";
import type { Earlier, SourceFacts } from "../../model/source.ts";
import type { SourceEnd, SourceWriter } from "../../store/sink.ts";
import { withStreamIds } from "../reading/read-lines.ts";
import { type FileReading, ReadAnew, type SourceReading } from "./file-reading.ts";
import type { AheadJob } from "./job.ts";
import { createRowUnpacker } from "./packed-rows.ts";

export function readingOfJob(job: AheadJob): FileReading {
  let sha256: string | null = null;
  async function* sources(): AsyncGenerator<SourceReading> {
    try {
      for (;;) {
        const heard = await job.next();
        if (heard.say === "file-end") {
          sha256 = heard.sha256;
          return;
        }
        if (heard.say !== "source") throw new Error(`${heard.say} before a source`);
        const source = new AheadSource(job, heard.facts, heard.container);
        if (heard.container) await source.pass();
        yield source;
      }
    } finally {
      job.drop();
    }
  }
  return { sources, sha256: () => sha256 };
}

class AheadSource implements SourceReading {
  readonly facts: SourceFacts;
  readonly container: boolean;
  readonly #job: AheadJob;
  #problems: readonly Problem[] = [];

  constructor(job: AheadJob, facts: SourceFacts, container: boolean) {
    this.#job = job;
    this.facts = facts;
    this.container = container;
  }

  async read(writer: SourceWriter): Promise<SourceEnd> {
    const unpacker = createRowUnpacker(writer);
    let told: { readonly head: string; readonly earlier: readonly Earlier[] } | null = null;
    for (;;) {
      const heard = await this.#job.next();
      if (heard.say === "rows") unpacker.put(heard.rows);
      else if (heard.say === "known") told = heard;
      else if (heard.say !== "end" || heard.end === null) throw new Error(`${heard.say} within a source`);
      else {
        const { end } = heard;
        this.#problems = heard.problems;
        if (told !== null && !isStill(told.earlier, writer.alike(told.head), end.bytes)) throw new ReadAnew();
        return { ...end, resume: end.resume && withStreamIds(end.resume, unpacker.idOf) };
      }
    }
  }

  problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Hears to its end what has nothing to read. */
  async pass(): Promise<void> {
    const heard = await this.#job.next();
    if (heard.say !== "end") throw new Error(`${heard.say} within a container`);
    this.#problems = heard.problems;
  }
}

/** Whether the sources that one of `bytes` bytes can go on from are the same. */
function isStill(told: readonly Earlier[], known: readonly Earlier[], bytes: number): boolean {
  const say = (list: readonly Earlier[]) =>
    list
      .filter((one) => one.bytes <= bytes)
      .map((one) => `${one.sourceId}:${one.bytes}:${one.identity}`)
      .sort()
      .join();
  return say(told) === say(known);
}
