/**
 * The kernels of the dense searches, made when first needed from the descriptions beside this file,
 * once per number format; and memory for them, as much as a search says it needs.
 */
import { assert, present } from "#foundation";
import { assemble } from "../assembly/routine.ts";
import { type DenseFormat, denseLanesOf } from "./lanes.ts";
import { find } from "./one-flip/find.ts";
import { flip } from "./one-flip/flip.ts";
import { addProduct, lookThrough, revise } from "./placement/passes.ts";
import { exchange } from "./selection/exchange.ts";

/** A kernel: numbers and addresses in, results in memory. */
export type DenseKernel = (...values: readonly number[]) => void;

const PAGE_BYTES = 65_536;
/** Arrays begin at a cache line; what lies between them keeps them apart in the cache's sets. */
const ALIGNMENT = 64;

/** The memory of one search: arrays one after the other, and the kernels that work on them. */
export class DenseMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #instance: WebAssembly.Instance;
  readonly #format: DenseFormat;
  #next = 0;

  /** `byteCount`: of all arrays together, each rounded up by `arrayBytes`. */
  constructor(format: DenseFormat, byteCount: number) {
    this.#format = format;
    const pages = Math.ceil(byteCount / PAGE_BYTES);
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.#instance = new WebAssembly.Instance(moduleOf(format), {
      state: { memory: this.#memory },
    });
  }

  /** The kernel called `name`. */
  kernel(name: string): DenseKernel {
    return present(this.#instance.exports[name], `kernel ${name}`);
  }

  /** `count` entries of a matrix, all 0. */
  entries(count: number): Int16Array | Float64Array {
    if (this.#format === "double") return this.doubles(count);
    return new Int16Array(this.#memory.buffer, this.#reserve(2 * count), count);
  }

  /** `count` gains, all 0. */
  gains(count: number): Int32Array | Float64Array {
    return this.#format === "double" ? this.doubles(count) : this.words(count);
  }

  /** `count` 32-bit integers, all 0. */
  words(count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, this.#reserve(4 * count), count);
  }

  /** `count` doubles, all 0. */
  doubles(count: number): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#reserve(8 * count), count);
  }

  #reserve(bytes: number): number {
    const address = this.#next;
    this.#next += arrayBytes(bytes);
    assert(this.#next <= this.#memory.buffer.byteLength, "the arrays fit into the memory");
    return address;
  }
}

/** What an array of `bytes` takes in memory. */
export function arrayBytes(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

const modules = new Map<DenseFormat, WebAssembly.Module>();

function moduleOf(format: DenseFormat): WebAssembly.Module {
  const known = modules.get(format);
  if (known !== undefined) return known;
  const lanes = denseLanesOf(format);
  const inDoubles = format === "double" ? [exchange, addProduct, revise, lookThrough] : [];
  const routines = [flip, find, ...inDoubles].map((build) => build(lanes));
  const compiled = new WebAssembly.Module(assemble(routines));
  modules.set(format, compiled);
  return compiled;
}
