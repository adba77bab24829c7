// The machine that a command means by a name: that under which it is shown, else one that it logged under.

import { UserError } from "../errors.ts";
import type { Db } from "./open.ts";
import { statement } from "./statements.ts";

/**
 * Shown name of the machine meant by `given`; null, which means all of them, stays null.
 * @throws UserError where none or several are meant.
 */
export function hostNamed(db: Db, given: string | null): string | null {
  if (given === null) return null;
  const found = statement(db, "hosts_named").all({ host: given }) as { name: string }[];
  const [first, second] = found;
  if (first === undefined) throw new UserError(`no host ${given} in ${db.name}`);
  if (second === undefined) return first.name;
  const names = found.map(({ name }) => name).join(", ");
  throw new UserError(`several hosts logged as ${given}`, { hint: `one of: ${names}` });
}
