// From stamps as written to instants: explicit ones first, then zones and years that these prove, then uptimes.
// Works over rows, never over logs, so that a better anchor found later moves what was read before. Machines are told
// apart over the whole database, which takes a few hundred bytes a stream; all else is held a group at a time.

import { findHosts } from "../../analysis/hosts.ts";
import type { Union } from "../../analysis/union.ts";
import type { Problem } from "../../model/problem.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { datingStreams } from "./dating-streams.ts";
import { dateGroup, type GroupWork, type StepFound } from "./group.ts";
import { provenBoots, settleHosts } from "./hosts.ts";
import { findScope } from "./scope.ts";
import { keepTimes } from "./times.ts";

export interface DatingOptions {
  /** Microseconds since the epoch; null: the present day is no evidence. */
  readonly now: () => number | null;
  readonly onProblem?: (path: string, problem: Problem) => void;
}

export interface Dated {
  /** Problems that no earlier run had told. */
  readonly problems: number;
  /** Hosts of which anything may have changed. */
  readonly hostIds: ReadonlySet<number>;
}

/** Dates what is new, and what it can change. */
export function date(db: Db, runId: number, { now, onProblem }: DatingOptions): Dated {
  const streams = datingStreams(db);
  const indexOf = new Map(streams.map(({ streamId }, i) => [streamId, i]));
  const union = provenBoots(db, streams, indexOf);
  const machines = findHosts(streams, union.root).of;
  const work: GroupWork = {
    ...{ db, runId, now, onProblem },
    bootOf: (streamId) => union.root(indexOf.get(streamId) ?? -1),
    machineOf: (streamId) => machines[indexOf.get(streamId) ?? -1]?.key ?? -1,
  };
  const groups = findScope(db, streams, (i) => machines[i]?.key ?? -1);
  const steps: StepFound[] = [];
  let problems = 0;
  for (const sourceIds of groups) {
    const dated = dateGroup(work, sourceIds);
    problems += dated.problems;
    steps.push(...dated.steps);
    keepTimes(db, sourceIds, dated.streams, (streamId) => streams[indexOf.get(streamId) ?? -1]);
  }
  const { touched, hostOf } = settleHosts(db, streams, union, new Set(groups.flat()));
  statement(db, "date_occupancies").run();
  keepFindings(db, touched, steps, union, hostOf);
  return { problems, hostIds: touched };
}

/** Clocks that were moved are findings of their hosts. */
function keepFindings(
  db: Db,
  hostIds: ReadonlySet<number>,
  steps: readonly StepFound[],
  union: Union,
  hostOf: (i: number) => number | null,
): void {
  for (const host_id of hostIds) statement(db, "forget_findings").run({ host_id });
  for (const { boot, at_us, message } of steps) {
    // Of boots that turned out to be one, the first tells.
    const host_id = union.root(boot) === boot ? hostOf(boot) : null;
    if (host_id === null || !hostIds.has(host_id)) continue;
    statement(db, "insert_finding").run({ host_id, at_us, kind: "clock-step", message });
  }
}
