// A WebAssembly assembler of just the instructions that program.ts uses. An expression is written as a call, its
// operands first: `i32.add(get, i32.const(1))`. Opcodes: WebAssembly Core Specification 2.0, section 5.4.

/** Bytes, and labels still to be turned into depths. */
export type Code = readonly (number | Label)[];
type Label = { readonly enter: string } | { readonly leave: true } | { readonly to: string };

export type ValueType = "i32" | "v128";
const TYPE: Readonly<Record<ValueType, number>> = { i32: 0x7f, v128: 0x7b };

const op =
  (...bytes: readonly number[]) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), ...bytes];
/** An instruction of the SIMD group with its immediate bytes. */
const simd = (opcode: number, ...immediate: readonly number[]) => op(0xfd, opcode, ...immediate);
/** Alignment is only a hint; 0 promises none. */
const memory = (...opcode: readonly number[]) => {
  return (offset: number, ...operands: readonly Code[]): Code =>
    op(...opcode, 0, ...unsigned(offset))(...operands);
};

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: memory(0x28),
  load8: memory(0x2d),
  store: memory(0x36),
  eqz: op(0x45),
  eq: op(0x46),
  ne: op(0x47),
  lt: op(0x49),
  gt: op(0x4b),
  le: op(0x4d),
  ge: op(0x4f),
  clz: op(0x67),
  ctz: op(0x68),
  popcnt: op(0x69),
  add: op(0x6a),
  sub: op(0x6b),
  and: op(0x71),
  or: op(0x72),
  xor: op(0x73),
  shl: op(0x74),
  shr: op(0x76),
};

export const v128 = {
  const: (value: number): Code => [0xfd, 12, ...Array<number>(16).fill(value)],
  load: memory(0xfd, 0),
  store: memory(0xfd, 11),
  swizzle: simd(14),
  /** The same where every index is below 16; else as the processor likes. Relaxed SIMD, not in every engine. */
  relaxedSwizzle: op(0xfd, 0x80, 0x02),
  /** One of its four 32-bit numbers. */
  number: (lane: number, vector: Code): Code => simd(27, lane)(vector),
  equal: simd(35),
  and: simd(78),
  or: simd(80),
  any: simd(83),
  bitmask: simd(100),
  add: simd(110),
  min: simd(119),
  /** Neighbouring signed bytes added, as eight numbers. */
  addPairs: simd(124),
  /** Four numbers added. */
  addNumbers: op(0xfd, 0xae, 0x01),
  /** Eight signed numbers times eight, neighbours added, as four. */
  dot: op(0xfd, 0xba, 0x01),
};

/** Of the first two where the third is not 0, the first, else the second. */
export const select = op(0x1b);
export const copyMemory = op(0xfc, 10, 0, 0);
export const give = op(0x0f);
export const call = (index: number, ...operands: readonly Code[]): Code => op(0x10, index)(...operands);

export const block = (label: string, ...body: readonly Code[]): Code => scope(0x02, label, body);
export const loop = (label: string, ...body: readonly Code[]): Code => scope(0x03, label, body);
export const when = (condition: Code, ...body: readonly Code[]): Code => [
  ...condition,
  ...scope(0x04, "", body),
];
export const go = (label: string): Code => [0x0c, { to: label }];
export const goIf = (label: string, condition: Code): Code => [...condition, 0x0d, { to: label }];

function scope(opcode: number, label: string, body: readonly Code[]): Code {
  return [opcode, 0x40, { enter: label }, ...body.flat(), { leave: true }, 0x0b];
}

export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

export interface Procedure {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly body: readonly number[];
}

/** `locals` names the parameters first, then the rest; `write` is handed each by its name. */
export function procedure<P extends string, L extends string>(
  name: string,
  parameters: Readonly<Record<P, ValueType>>,
  locals: Readonly<Record<L, ValueType>>,
  results: readonly ValueType[],
  write: (local: Readonly<Record<P | L, Local>>) => readonly Code[],
): Procedure {
  const named = { ...parameters, ...locals };
  const entries = Object.keys(named).map((key, index) => [key, { get: [0x20, index], set: setter(index) }]);
  const code = resolve(write(Object.fromEntries(entries)).flat());
  const own = Object.values<ValueType>(locals).flatMap((type) => [1, TYPE[type]]);
  const body = [...unsigned(Object.keys(locals).length), ...own, ...code, 0x0b];
  return { name, parameters: Object.values<ValueType>(parameters), results, body };
}

const setter = (index: number) => op(0x21, index);

/** A module that imports its memory as `env.memory` and exports every procedure by its name. */
export function encode(procedures: readonly Procedure[]): Uint8Array<ArrayBuffer> {
  const types = procedures.map(({ parameters, results }) => [
    0x60,
    ...list(parameters.map((type) => [TYPE[type]])),
    ...list(results.map((type) => [TYPE[type]])),
  ]);
  const exported = procedures.map(({ name }, index) => [...text(name), 0x00, index]);
  const bodies = procedures.map(({ body }) => [...unsigned(body.length), ...body]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(types)),
    ...section(2, list([[...text("env"), ...text("memory"), 0x02, 0x00, 0x01]])),
    ...section(3, list(procedures.map((_, index) => [index]))),
    ...section(7, list(exported)),
    ...section(10, list(bodies)),
  ]);
}

/** Labels become the number of scopes between the branch and its aim. */
function resolve(code: Code): number[] {
  const scopes: string[] = [];
  const bytes: number[] = [];
  for (const part of code) {
    if (typeof part === "number") bytes.push(part);
    else if ("enter" in part) scopes.push(part.enter);
    else if ("leave" in part) scopes.pop();
    else {
      const at = scopes.lastIndexOf(part.to);
      if (at === -1) throw new Error(`no scope ${part.to}`);
      bytes.push(scopes.length - 1 - at);
    }
  }
  return bytes;
}

const section = (id: number, content: readonly number[]) => [id, ...unsigned(content.length), ...content];
const list = (items: readonly (readonly number[])[]) => [...unsigned(items.length), ...items.flat()];
const text = (value: string) => list([...Buffer.from(value, "latin1")].map((byte) => [byte]));

/** LEB128, section 5.2.2. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const last = value >= -0x40 && value < 0x40;
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
