// One source's rows, in one transaction. A source whose content is known already leaves no trace.

import type { Observation } from "../model/observation.ts";
import type { Earlier, SourceFacts } from "../model/source.ts";
import { type Rows, rowsOf, takePlace } from "./beginnings.ts";
import { createEventRows, type EventRows } from "./event-rows.ts";
import { type AnchorRows, createAnchorRows, type GivenIds } from "./gathered-rows.ts";
import { nameId } from "./host-names.ts";
import type { Db } from "./open.ts";
import { saveProblem } from "./problems.ts";
import type {
  FinishedSource,
  ReadOptions,
  ResumePoint,
  SourceEnd,
  SourceSink,
  SourceWriter,
} from "./sink.ts";
import { endColumns } from "./source-columns.ts";
import { type IdRange, noIds, savePart, widen } from "./source-parts.ts";
import { statement } from "./statements.ts";

interface Counts {
  observations: number;
  readonly observation: IdRange;
}

/** Opens a transaction for one source. Nothing else may write on `db` until it is finished or abandoned. */
export function writeSource(
  db: Db,
  runId: number,
  facts: SourceFacts,
  options: ReadOptions,
  nowUs: number,
): SourceWriter {
  db.exec("begin immediate");
  const sourceId = Number(
    statement(db, "insert_source").run({
      run_id: runId,
      path: facts.path,
      member: facts.member,
      bundle: facts.bundle,
      family: facts.family,
      rank: facts.rank,
      role: facts.role,
      channel: facts.channel,
      netns: facts.netns,
      name_date: facts.nameDate,
      mtime_us: facts.mtimeUs,
      gzip_time_us: facts.gzipTimeUs,
      option_host: options.host,
      option_tz: options.tz,
      option_year: options.year,
      reference_us: options.referenceUs,
      process_tz: options.processTz,
      ingested_us: nowUs,
    }).lastInsertRowid,
  );
  return writerOf(db, runId, sourceId, 0);
}

/**
 * Opens a transaction that goes on with a source from `point`: what was written of later lines is cut away, to be
 * read once more.
 */
export function takeUpSource(
  db: Db,
  runId: number,
  sourceId: number,
  facts: SourceFacts,
  point: ResumePoint,
  nowUs: number,
): SourceWriter {
  db.exec("begin immediate");
  statement(db, "mark_event_ids").run();
  const source_id = sourceId;
  const had = rowsOf(db, source_id).events;
  for (const name of ["cut_events", "cut_anchors", "cut_observations"]) {
    statement(db, name).run({ source_id, offset: point.offset });
  }
  statement(db, "trim_parts").run({ source_id });
  statement(db, "cut_streams").run({ source_id, line: point.line });
  for (const stream_id of point.streamIds) statement(db, "cut_proofs").run({ stream_id });
  for (const name of ["cut_problems", "trust_bare_lines"]) statement(db, name).run({ source_id });
  statement(db, "take_up_source").run({
    source_id,
    run_id: runId,
    path: facts.path,
    family: facts.family,
    rank: facts.rank,
    name_date: facts.nameDate,
    mtime_us: facts.mtimeUs,
    ingested_us: nowUs,
  });
  return writerOf(db, runId, sourceId, had);
}

/** What of the database one reading adds to `sourceId`, which had so many events before. */
function writerOf(db: Db, runId: number, sourceId: number, had: number): SourceWriter {
  const count: Counts = { observations: 0, observation: noIds() };
  const kept = rowsOf(db, sourceId);
  const events = createEventRows(db);
  const anchors = createAnchorRows(db);
  return {
    ...sink(db, sourceId, count, events, anchors),
    alike: (head) => statement(db, "sources_by_head").all({ head }) as Earlier[],
    finish: (end) => {
      const done = finish(db, runId, sourceId, end, kept, count, events.end(), anchors.end());
      return { ...done, events: Math.max(0, done.events - had) };
    },
    abandon: () => db.exec("rollback"),
  };
}

function sink(db: Db, sourceId: number, count: Counts, events: EventRows, anchors: AnchorRows): SourceSink {
  const insertProof = statement(db, "insert_proof");
  const insertObservation = statement(db, "insert_observation");
  return {
    stream: (name, ordinal, line) =>
      Number(
        statement(db, "insert_stream").run({
          source_id: sourceId,
          name_id: name === null ? null : nameId(db, name),
          ordinal,
          line,
        }).lastInsertRowid,
      ),
    endStream: (streamId, end) => {
      statement(db, "finish_stream").run({
        stream_id: streamId,
        last_line: end.lastLine,
        bare_line: end.bareLine,
        last_uptime_line: end.lastUptimeLine,
        first_uptime_us: end.firstUptimeUs,
        last_uptime_us: end.lastUptimeUs,
        uptime_base_us: end.uptimeBaseUs,
        boot_uuid: end.bootUuid,
        kernel: end.kernel,
      });
    },
    event: events.add,
    anchor: anchors.add,
    proof: (streamId, key) => {
      insertProof.run({ key, stream_id: streamId });
    },
    observation: (streamId, stamp, uptimeUs, found) => {
      const added = insertObservation.run({ ...stamp, ...observationRow(streamId, uptimeUs, found) });
      widen(count.observation, added.lastInsertRowid);
      count.observations++;
    },
    fact: (key, value) => {
      statement(db, "insert_fact").run({ source_id: sourceId, key, value });
    },
    dump: (streamId, total, exact, shares) => {
      const of = { source_id: sourceId, stream_id: streamId };
      statement(db, "insert_occupancy").run({ ...of, total, exact: exact ? 1 : 0 });
      for (const share of shares) {
        statement(db, "insert_occupancy_share").run({ source_id: sourceId, ...share });
      }
    },
  };
}

function observationRow(streamId: number, uptimeUs: number | null, found: Observation) {
  return {
    stream_id: streamId,
    byte_offset: found.offset,
    byte_length: found.length,
    kind: found.kind,
    key: found.key,
    value: found.value,
    force: found.force,
    origin: found.origin,
    netns: found.netns,
    uptime_us: uptimeUs,
    text: found.text,
  };
}

function finish(
  db: Db,
  runId: number,
  sourceId: number,
  end: SourceEnd,
  kept: Rows,
  count: Counts,
  event: GivenIds,
  anchor: GivenIds,
): FinishedSource {
  const twin = statement(db, "source_by_identity").get({ identity: end.identity }) as
    | { source_id: number }
    | undefined;
  if (twin) {
    db.exec("rollback");
    return { sourceId: twin.source_id, known: true, events: 0 };
  }
  const rows = {
    events: kept.events + event.count,
    observations: kept.observations + count.observations,
  };
  const written = { rows, event, observation: count.observation };
  const { had, left } = takePlace(db, sourceId, end.beginnings, written);
  statement(db, "doubt_bare_lines").run({ source_id: sourceId });
  savePart(db, sourceId, { event: left.event, anchor, observation: left.observation });
  statement(db, "finish_source").run({
    ...endColumns(sourceId, end),
    kept_events: kept.events,
    ...left.rows,
  });
  for (const problem of end.problems) saveProblem(db, runId, sourceId, null, problem, "read");
  db.exec("commit");
  return { sourceId, known: false, events: left.rows.events - had };
}
