/**
 * The neighbours of each spin as sweeps read them.
 */
import { VECTOR_BYTES } from "../assembly/simd.ts";
import type { SpinMemoryLayout } from "./layout.ts";
import type { SpinGlass } from "./spin-glass.ts";
import { NEIGHBOUR_BYTES } from "./sweep.ts";

/** Writes rows and neighbours into `words`, a whole memory; a unit coupling of k stands k times. */
export function writeNeighbours(
  glass: SpinGlass,
  { kind, rows, neighbours, fields }: SpinMemoryLayout,
  words: Int32Array,
): void {
  let entry = neighbours;
  let row = rows;
  const mark = () => {
    words[row / 4] = entry;
    row += 4;
  };
  const step = NEIGHBOUR_BYTES[kind] / 4;
  const isUnit = kind === "unit";
  const put = (spin: number, isUp: boolean) => {
    let word = entry / 4;
    for (let at = glass.starts[spin]; at < glass.starts[spin + 1]; at += 1) {
      const coupling = glass.couplings[at];
      if (coupling > 0 !== isUp) continue;
      const address = fields + glass.neighbours[at] * VECTOR_BYTES;
      const copies = isUnit ? Math.abs(coupling) : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        words[word] = address;
        if (!isUnit) words[word + 1] = coupling;
        word += step;
      }
    }
    entry = 4 * word;
  };
  for (let spin = 0; spin < glass.spinCount; spin += 1) {
    mark();
    put(spin, true);
    if (kind === "unit") mark();
    put(spin, false);
  }
  mark();
}
