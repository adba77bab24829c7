// A source as reports list it.

export interface ReportSource {
  readonly sourceId: number;
  readonly path: string;
  readonly member: string | null;
  readonly host: string;
  readonly channel: string;
  readonly format: string;
  readonly sha256: string | null;
  readonly bytes: number;
  readonly complete: boolean;
  readonly firstUs: number | null;
  readonly lastUs: number | null;
  /** It has lines of a log: settings, counts and notes tell nothing of drops, and their silence neither. */
  readonly isLog: boolean;
  readonly events: number;
  readonly problems: number;
}
