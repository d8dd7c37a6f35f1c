/**
 * Couplings and biases as the kernels read them.
 */
import type { SpinGlass } from "../spin/spin-glass.ts";
import type { OscillatorLayout } from "./layout.ts";
import { BLOCK_ROWS, SPIN_BYTES } from "./oscillator-kernels.ts";

/** Writes the couplings and biases of `glass` into `buffer`, a whole memory. */
export function writeCouplings(
  glass: SpinGlass,
  layout: OscillatorLayout,
  buffer: ArrayBufferLike,
): void {
  const floats = new Float32Array(buffer);
  for (let spin = 0; spin < glass.spinCount; spin += 1) {
    floats[layout.biases / 4 + spin] = glass.biases[spin] * layout.level;
  }
  if (layout.form === "lists") writeLists(glass, layout, buffer);
  else writeMatrix(glass, layout, new Int16Array(buffer, layout.couplings));
}

function writeLists(glass: SpinGlass, layout: OscillatorLayout, buffer: ArrayBufferLike): void {
  const { starts, neighbours, couplings, spinCount } = glass;
  const [words, floats] = [new Int32Array(buffer), new Float32Array(buffer)];
  for (let spin = 0; spin <= spinCount; spin += 1) {
    words[layout.couplings / 4 + spin] = layout.neighbours + 8 * starts[spin];
  }
  for (let entry = 0; entry < neighbours.length; entry += 1) {
    const at = layout.neighbours / 4 + 2 * entry;
    words[at] = layout.signals + neighbours[entry] * SPIN_BYTES;
    floats[at + 1] = couplings[entry];
  }
}

/** Blocks of four rows; in each, two columns of the four rows side by side. */
function writeMatrix(glass: SpinGlass, layout: OscillatorLayout, halves: Int16Array): void {
  const { starts, neighbours, couplings, spinCount } = glass;
  for (let spin = 0; spin < spinCount; spin += 1) {
    const block = Math.floor(spin / BLOCK_ROWS) * BLOCK_ROWS * layout.spinCount;
    for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
      const other = neighbours[entry];
      const pair = block + Math.floor(other / 2) * 2 * BLOCK_ROWS;
      halves[pair + 2 * (spin % BLOCK_ROWS) + (other % 2)] = couplings[entry];
    }
  }
}
