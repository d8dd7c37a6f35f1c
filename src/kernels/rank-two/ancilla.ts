/**
 * Biases as couplings to one more spin, so that only products are left.
 */
import type { SpinGlass } from "../spin/spin-glass.ts";

/** The same problem with an ancilla as its last spin; itself where it has no biases. */
export function withAncilla(glass: SpinGlass): SpinGlass {
  const { spinCount, biases, starts, neighbours, couplings } = glass;
  const biased = biases.reduce((count, bias) => count + (bias === 0 ? 0 : 1), 0);
  if (biased === 0) return glass;
  const length = neighbours.length + 2 * biased;
  const extended = {
    spinCount: spinCount + 1,
    biases: new Int32Array(spinCount + 1),
    starts: new Int32Array(spinCount + 2),
    neighbours: new Int32Array(length),
    couplings: new Int32Array(length),
  };
  let entry = 0;
  const put = (neighbour: number, coupling: number) => {
    extended.neighbours[entry] = neighbour;
    extended.couplings[entry] = coupling;
    entry += 1;
  };
  for (let spin = 0; spin < spinCount; spin += 1) {
    for (let at = starts[spin]; at < starts[spin + 1]; at += 1) put(neighbours[at], couplings[at]);
    if (biases[spin] !== 0) put(spinCount, biases[spin]);
    extended.starts[spin + 1] = entry;
  }
  for (let spin = 0; spin < spinCount; spin += 1) if (biases[spin] !== 0) put(spin, biases[spin]);
  extended.starts[spinCount + 1] = entry;
  return extended;
}
