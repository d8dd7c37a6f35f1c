/**
 * The kernels at work on one memory. Modules are compiled once per precision and build and shared
 * by all states and threads.
 */
import { assert, Fault, present } from "#foundation";
import type { Build, Precision } from "../../assembly/lanes.ts";
import { PAGES_MAX } from "../../assembly/routine.ts";
import { kernelBinary } from "../kernels/module.ts";
import { STATE_FAULTS } from "./faults.ts";
import type { Layout } from "./layout.ts";
import { type Kernels, TileRunner } from "./tile-runner.ts";

const PAGE_BYTES = 65_536;

/** Below the arrays of the layout: the complex number 1, for kernels that want a factor. */
const ONE_ADDRESS = 64;

const modules = new Map<string, WebAssembly.Module>();

/**
 * The compiled kernels of `precision` and `build`; `relaxed` becomes `plain` where the engine has
 * no fused arithmetic.
 */
export function kernelModule(precision: Precision, build: Build): WebAssembly.Module {
  const key = `${precision} ${build}`;
  const known = modules.get(key);
  if (known !== undefined) return known;
  const binary = kernelBinary(precision, build);
  const usable = build === "plain" || WebAssembly.validate(binary);
  const compiled = usable ? new WebAssembly.Module(binary) : kernelModule(precision, "plain");
  modules.set(key, compiled);
  return compiled;
}

/**
 * Zeroed memory for a state, with the constants that kernels read.
 *
 * @throws Fault `state-memory-refused`
 */
export function openMemory(layout: Layout): WebAssembly.Memory {
  const memory = allocated(Math.ceil(layout.byteCount / PAGE_BYTES));
  numbersIn(memory, layout, ONE_ADDRESS, 1)[0] = 1;
  writeSigns(memory, layout);
  return memory;
}

function allocated(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: PAGES_MAX, shared: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const mebibytes = Math.ceil((pages * PAGE_BYTES) / 2 ** 20);
    const detail = `state vector: expected ${mebibytes} MiB of memory, got ${error.message}`;
    throw new Fault(STATE_FAULTS.noMemory, { detail }, error);
  }
}

/** A view of `count` numbers of the state's precision at `address`. */
export function numbersIn(
  memory: WebAssembly.Memory,
  { precision }: Layout,
  address: number,
  count: number,
): Float32Array | Float64Array {
  return precision === "f32"
    ? new Float32Array(memory.buffer, address, count)
    : new Float64Array(memory.buffer, address, count);
}

/** The kernels joined to `memory`, and a runner for the thread numbered `thread`. */
export function openKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  layout: Layout,
  thread: number,
): { readonly kernels: Kernels; readonly runner: TileRunner } {
  const kernels = kernelsIn(new WebAssembly.Instance(module, { state: { memory } }).exports);
  const workspace = present(layout.workspaces[thread], `workspace of thread ${thread}`);
  const runner = new TileRunner(kernels, layout, workspace, ONE_ADDRESS);
  return { kernels, runner };
}

/** The functions among a module's exports; a browser's types know of other exports too. */
function kernelsIn(exports: Readonly<Record<string, unknown>>): Kernels {
  return Object.fromEntries(Object.entries(exports).filter(isKernel));
}

function isKernel(entry: [string, unknown]): entry is [string, Kernels[string]] {
  return typeof entry[1] === "function";
}

/**
 * Walsh functions as sign bits: number m has the sign bit set in the columns z with an odd number
 * of bits in z & m.
 */
function writeSigns(memory: WebAssembly.Memory, layout: Layout): void {
  const { signs, columnBits, bytesPerNumber } = layout;
  const words = new Int32Array(memory.buffer);
  const columns = 2 ** columnBits;
  const wordsPerNumber = bytesPerNumber / 4;
  assert(signs % 4 === 0, "sign functions start at a word");
  for (let mask = 0; mask < columns; mask += 1) {
    for (let column = 0; column < columns; column += 1) {
      const word = (mask * columns + column + 1) * wordsPerNumber - 1;
      words[signs / 4 + word] = oddBits(mask & column) << 31;
    }
  }
}

function oddBits(value: number): number {
  let odd = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) odd ^= 1;
  return odd;
}
