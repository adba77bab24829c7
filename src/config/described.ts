// The definition of the settings, read as data: of what type each is and what is asked of it.

import { SETTINGS, type SettingKey } from "./settings.ts";

export interface DescribedSetting {
  readonly type: "string" | "number" | "boolean" | "array" | "picklist";
  readonly describe: string;
  readonly choices: readonly string[] | null;
  /** What else is asked of it, in the order of the definition. */
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly type: string;
  readonly requirement: unknown;
}

interface Piece {
  readonly type: string;
  readonly requirement?: unknown;
  readonly description?: string;
}

interface Shape {
  readonly type: DescribedSetting["type"];
  readonly options?: readonly string[];
  readonly pipe?: readonly Piece[];
}

/** One setting as its definition has it. */
export function describeSetting(key: SettingKey): DescribedSetting {
  const shape = SETTINGS.entries[key].wrapped as unknown as Shape;
  const pieces = shape.pipe ?? [];
  return {
    type: shape.type,
    describe: pieces.find((piece) => piece.type === "description")?.description ?? "",
    choices: shape.options ?? null,
    rules: pieces.map(({ type, requirement = null }) => ({ type, requirement })),
  };
}
