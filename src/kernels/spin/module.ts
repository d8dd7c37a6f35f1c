/**
 * Memory for replicas, and the kernels at work on it. Modules are made and compiled once per number
 * format; there is no binary to be kept in step with its source.
 */
import { assemble, PAGES_MAX } from "../assembly/routine.ts";
import { fillTable } from "./fill-table.ts";
import type { Width } from "./integer-lanes.ts";
import type { SpinMemoryLayout } from "./layout.ts";
import { permuteLanes } from "./permute-lanes.ts";
import { plainSpinKernels } from "./plain-kernels.ts";
import type { SpinBuild, SpinKernels } from "./spin-kernels.ts";
import { type CouplingKind, sweep } from "./sweep.ts";

const PAGE_BYTES = 65_536;

const modules = new Map<string, WebAssembly.Module>();

/** Zeroed memory as `layout` has it, and the kernels at work on it. */
export function openSpinKernels(
  { kind, width, byteCount }: SpinMemoryLayout,
  build: SpinBuild,
): { readonly buffer: ArrayBufferLike; readonly kernels: SpinKernels } {
  const pages = Math.ceil(byteCount / PAGE_BYTES);
  if (build === "plain") {
    const buffer = new ArrayBuffer(pages * PAGE_BYTES);
    return { buffer, kernels: plainSpinKernels(buffer, kind, width) };
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGES_MAX, shared: true });
  const { exports } = new WebAssembly.Instance(moduleFor(kind, width), { state: { memory } });
  return { buffer: memory.buffer, kernels: functionsAmong(exports) };
}

function moduleFor(kind: CouplingKind, width: Width): WebAssembly.Module {
  const key = `${kind} ${width}`;
  const known = modules.get(key);
  if (known !== undefined) return known;
  const compiled = new WebAssembly.Module(
    assemble([sweep(kind, width), fillTable(width), permuteLanes()]),
  );
  modules.set(key, compiled);
  return compiled;
}

function functionsAmong(exports: Readonly<Record<string, unknown>>): SpinKernels {
  return Object.fromEntries(Object.entries(exports).filter(isFunction));
}

function isFunction(entry: [string, unknown]): entry is [string, SpinKernels[string]] {
  return typeof entry[1] === "function";
}
