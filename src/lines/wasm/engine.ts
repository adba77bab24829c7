// The part of the WebAssembly interface used here; the compiler's libraries know it only together with a browser's.

export interface Engine {
  validate(code: Uint8Array): boolean;
  readonly Module: new (code: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

/** Undefined where the process was started without it. */
export const engine = (globalThis as unknown as { WebAssembly?: Engine }).WebAssembly;
