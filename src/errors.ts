// What can end a command, and the exit codes of the contract.

export const EXIT = { done: 0, failed: 1, problems: 2, drops: 3, usage: 64, locked: 75 } as const;

/** A failure the operator can act on: one line, perhaps a hint. Never a stack trace. */
export class UserError extends Error {
  readonly hint: string | null;
  readonly exitCode: number;
  constructor(message: string, options: { hint?: string; cause?: unknown; exitCode?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint ?? null;
    this.exitCode = options.exitCode ?? EXIT.failed;
  }
}
