/**
 * Memory for world lines, and the kernels at work on it. The module is made and compiled once.
 */
import { assemble, PAGES_MAX } from "../assembly/routine.ts";
import type { WorldLineLayout } from "./layout.ts";
import { plainWorldLineKernels } from "./plain-kernels.ts";
import { sweepLines, sweepSlices } from "./sweep-slices.ts";
import type { WorldLineBuild, WorldLineKernels } from "./world-line-kernels.ts";

const PAGE_BYTES = 65_536;

let compiled: WebAssembly.Module | undefined;

/** Zeroed memory as `layout` has it, and the kernels at work on it. */
export function openWorldLineKernels(
  { byteCount }: WorldLineLayout,
  build: WorldLineBuild,
): { readonly buffer: ArrayBufferLike; readonly kernels: WorldLineKernels } {
  const pages = Math.ceil(byteCount / PAGE_BYTES);
  if (build === "plain") {
    const buffer = new ArrayBuffer(pages * PAGE_BYTES);
    return { buffer, kernels: plainWorldLineKernels(buffer) };
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGES_MAX, shared: true });
  compiled ??= new WebAssembly.Module(assemble([sweepSlices(), sweepLines()]));
  const { exports } = new WebAssembly.Instance(compiled, { state: { memory } });
  return { buffer: memory.buffer, kernels: exports };
}
