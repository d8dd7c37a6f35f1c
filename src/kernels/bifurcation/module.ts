/**
 * Memory for oscillators, and the kernels at work on it. Modules are made and compiled once per
 * form of couplings.
 */
import { assemble, PAGES_MAX } from "../assembly/routine.ts";
import { drift } from "./drift.ts";
import type { OscillatorLayout } from "./layout.ts";
import type { CouplingForm, OscillatorBuild, OscillatorKernels } from "./oscillator-kernels.ts";
import { plainOscillatorKernels } from "./plain-kernels.ts";
import { push } from "./push.ts";

const PAGE_BYTES = 65_536;

const modules = new Map<CouplingForm, WebAssembly.Module>();

/** Zeroed memory as `layout` has it, and the kernels at work on it. */
export function openOscillatorKernels(
  { form, byteCount }: OscillatorLayout,
  build: OscillatorBuild,
): { readonly buffer: ArrayBufferLike; readonly kernels: OscillatorKernels } {
  const pages = Math.ceil(byteCount / PAGE_BYTES);
  if (build === "plain") {
    const buffer = new ArrayBuffer(pages * PAGE_BYTES);
    return { buffer, kernels: plainOscillatorKernels(buffer, form) };
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGES_MAX, shared: true });
  const { exports } = new WebAssembly.Instance(moduleFor(form), { state: { memory } });
  return { buffer: memory.buffer, kernels: exports };
}

function moduleFor(form: CouplingForm): WebAssembly.Module {
  const known = modules.get(form);
  if (known !== undefined) return known;
  const compiled = new WebAssembly.Module(assemble([push(form), drift(form)]));
  modules.set(form, compiled);
  return compiled;
}
