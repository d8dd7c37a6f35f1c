/**
 * The kernels once more, in plain TypeScript: same names, same signatures, same bits. Slow and
 * obvious; tests hold the generated code to it.
 */
import { RANDOM_ADDRESS, VISITS_ADDRESS } from "../spin/sweep.ts";
import {
  BLOCK_SITES,
  NEIGHBOUR_BYTES,
  SITE_BYTES,
  SLICE_COUNT,
  type WorldLineKernels,
} from "./world-line-kernels.ts";

type Kernel = WorldLineKernels[string];

/** The kernels at work on `buffer`. */
export function plainWorldLineKernels(buffer: ArrayBufferLike): WorldLineKernels {
  const halves = new Int16Array(buffer);
  const words = new Int32Array(buffer);
  const view = new DataView(buffer);
  const slices = Array.from({ length: SLICE_COUNT }, (_, slice) => slice);
  const signAt = (spins: number, slice: number) => halves[spins / 2 + slice] | 1;
  const flip = (spins: number, slice: number, row: number) => {
    const step = 2 * signAt(spins, slice);
    halves[spins / 2 + slice] ^= -1;
    for (let entry = words[row / 4]; entry < words[row / 4 + 1]; entry += NEIGHBOUR_BYTES) {
      halves[words[entry / 4] / 2 + slice] -= step * words[entry / 4 + 1];
    }
  };
  /** Calls `visit` at every site; it says whether something flipped. */
  const sweep = (
    [spins, end, , rows, thresholds, mask]: readonly number[],
    stride: number,
    visit: (at: number, row: number, cut: number) => boolean,
  ) => {
    let [visits, cut, row] = [0, 0, rows];
    for (let at = spins; at < end; at += SITE_BYTES) {
      if (at % (BLOCK_SITES * SITE_BYTES) === 0) cut = thresholds + (nextRandom(words) & mask);
      visits += Number(visit(at, row, cut));
      cut += stride;
      row += 4;
    }
    words[VISITS_ADDRESS / 4] = visits;
  };
  const sweepSlices: Kernel = (...operands) => {
    const [, , toFields, , , , binding] = operands;
    sweep(operands, SITE_BYTES, (at, row, cut) => {
      let isFlipped = false;
      for (const slice of [...slices.filter((k) => k % 2 === 0), ...slices.filter((k) => k % 2)]) {
        const beside = [slice + SLICE_COUNT - 1, slice + 1].map((k) => signAt(at, k % SLICE_COUNT));
        const field = halves[(at + toFields) / 2 + slice] - binding * (beside[0] + beside[1]);
        if (signAt(at, slice) * field < view.getInt16(cut + 2 * slice, true)) continue;
        isFlipped = true;
        flip(at, slice, row);
      }
      return isFlipped;
    });
  };
  const sweepLines: Kernel = (...operands) => {
    const [, , toFields] = operands;
    sweep(operands, 4, (at, row, cut) => {
      const aligned = (slice: number) => signAt(at, slice) * halves[(at + toFields) / 2 + slice];
      const sum = slices.reduce((before, slice) => before + aligned(slice), 0);
      if (sum < view.getInt32(cut, true)) return false;
      for (const slice of slices) flip(at, slice, row);
      return true;
    });
  };
  return { sweepSlices, sweepLines };
}

function nextRandom(words: Int32Array): number {
  let random = words[RANDOM_ADDRESS / 4];
  random ^= random << 13;
  random ^= random >>> 17;
  random ^= random << 5;
  words[RANDOM_ADDRESS / 4] = random;
  return random;
}
