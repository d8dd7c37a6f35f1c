/**
 * The part of the WebAssembly JavaScript interface that the kernels use. TypeScript declares it
 * only together with a browser's whole document model.
 */
declare namespace WebAssembly {
  /** A compiled module; can be sent to other threads. */
  class Module {
    constructor(binary: Uint8Array<ArrayBuffer>);
  }

  /** A module joined to its memory. The kernels' functions take numbers and return nothing. */
  class Instance {
    constructor(module: Module, imports: { readonly [room: string]: { readonly memory: Memory } });
    readonly exports: { readonly [name: string]: (...values: readonly number[]) => void };
  }

  /** Memory that several threads can see; sizes in pages of 64 KiB. */
  class Memory {
    constructor(size: {
      readonly initial: number;
      readonly maximum: number;
      readonly shared: true;
    });
    readonly buffer: SharedArrayBuffer;
    grow(pages: number): number;
  }

  /** Whether this engine accepts the module. */
  function validate(binary: Uint8Array<ArrayBuffer>): boolean;
}
