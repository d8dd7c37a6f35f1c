/**
 * The kernel once more, in plain TypeScript: same name, same signature, same bits. Slow and
 * obvious; tests hold the generated code to it.
 */
import { LANE_COUNT, NEIGHBOUR_BYTES, SPIN_BYTES } from "./align.ts";

const { fround } = Math;

/** The kernel at work on `buffer`. */
export function plainAlign(
  buffer: ArrayBufferLike,
): (vectors: number, end: number, rows: number) => void {
  const floats = new Float32Array(buffer);
  const words = new Int32Array(buffer);
  const pull = (row: number, at: number) => {
    let sum = 0;
    for (let entry = words[row / 4]; entry < words[row / 4 + 1]; entry += NEIGHBOUR_BYTES) {
      const product = fround(floats[entry / 4 + 1] * floats[words[entry / 4] / 4 + at]);
      sum = fround(sum - product);
    }
    return sum;
  };
  return (vectors, end, rows) => {
    for (let spin = 0; spin < (end - vectors) / SPIN_BYTES; spin += 1) {
      for (let lane = 0; lane < LANE_COUNT; lane += 1) {
        const x = pull(rows + 4 * spin, lane);
        const y = pull(rows + 4 * spin, LANE_COUNT + lane);
        const length = fround(Math.sqrt(fround(fround(x * x) + fround(y * y))));
        if (!(length > 0)) continue;
        const at = (vectors + spin * SPIN_BYTES) / 4 + lane;
        floats[at] = x / length;
        floats[at + LANE_COUNT] = y / length;
      }
    }
  };
}
