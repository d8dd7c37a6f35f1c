/**
 * The part of the WebAssembly JavaScript interface that is used here. TypeScript declares it only
 * together with a browser's whole document model.
 */
declare namespace WebAssembly {
  /** A compiled module; can be sent to other threads. */
  class Module {
    constructor(binary: Uint8Array<ArrayBuffer>);
  }

  /** What a module is given, by the names it asks for. */
  type Imports = Readonly<Record<string, Readonly<Record<string, object>>>>;

  /** What a kernel exports: functions of numbers that return nothing. */
  type Routines = Readonly<Record<string, (...values: readonly number[]) => void>>;

  /** A module joined to what it imports. */
  class Instance<Exports = Routines> {
    constructor(module: Module, imports: Imports);
    readonly exports: Exports;
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
