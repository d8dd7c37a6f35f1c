/**
 * The kernels once more, in plain TypeScript: same names, same signatures, same bits. Slow and
 * obvious; tests hold the generated code to it.
 */
import {
  ANCILLA_ADDRESS,
  BLOCK_ROWS,
  type CouplingForm,
  LANE_COUNT,
  type OscillatorKernels,
  PULL_ADDRESS,
  SIGNS_ADDRESS,
  SPIN_BYTES,
} from "./oscillator-kernels.ts";
import { NEIGHBOUR_BYTES } from "./push.ts";

type Kernel = OscillatorKernels[string];

const { fround } = Math;

/** The kernels at work on `buffer`. */
export function plainOscillatorKernels(
  buffer: ArrayBufferLike,
  form: CouplingForm,
): OscillatorKernels {
  const views = {
    form,
    floats: new Float32Array(buffer),
    words: new Int32Array(buffer),
    halves: new Int16Array(buffer),
  };
  const [push, drift] = [plainPush(views), plainDrift(views)];
  return form === "lists"
    ? { pushLists: push, driftLists: drift }
    : { pushMatrix: push, driftMatrix: drift };
}

interface Views {
  readonly form: CouplingForm;
  readonly floats: Float32Array;
  readonly words: Int32Array;
  readonly halves: Int16Array;
}

function plainPush({ form, floats, words, halves }: Views): Kernel {
  const listSum = (row: number, lane: number, start: number) => {
    let sum = start;
    for (let entry = words[row / 4]; entry < words[row / 4 + 1]; entry += NEIGHBOUR_BYTES) {
      const product = fround(floats[entry / 4 + 1] * floats[words[entry / 4] / 4 + lane]);
      sum = fround(sum + product);
    }
    return sum;
  };
  const matrixSum = (block: number, row: number, lane: number, signals: number, end: number) => {
    let [sum, at] = [0, block / 2 + 2 * row];
    for (let column = signals; column < end; column += SPIN_BYTES) {
      const heard = column / 2 + 2 * lane;
      sum = (sum + halves[at] * halves[heard] + halves[at + 1] * halves[heard + 1]) | 0;
      at += 2 * BLOCK_ROWS;
    }
    return fround(sum);
  };
  return (momenta, end, toPositions, biases, signals, signalsEnd, rows, ...factors) => {
    const [strength, restoring] = factors.map(fround);
    const blockBytes = ((signalsEnd - signals) / SPIN_BYTES) * 4 * BLOCK_ROWS;
    for (let index = 0; index < (end - momenta) / 4; index += 1) {
      const [spin, lane] = [Math.floor(index / LANE_COUNT), index % LANE_COUNT];
      const at = momenta / 4 + index;
      const pull = fround(floats[biases / 4 + spin] * floats[ANCILLA_ADDRESS / 4 + lane]);
      const block = rows + Math.floor(spin / BLOCK_ROWS) * blockBytes;
      const force =
        form === "lists"
          ? listSum(rows + 4 * spin, lane, pull)
          : fround(matrixSum(block, spin % BLOCK_ROWS, lane, signals, signalsEnd) + pull);
      const pushed = fround(floats[at] + fround(strength * force));
      floats[at] = pushed - fround(restoring * floats[at + toPositions / 4]);
    }
  };
}

function plainDrift({ form, floats, words, halves }: Views): Kernel {
  return (positions, end, toMomenta, signals, biases, rate, level) => {
    for (let index = 0; index < (end - positions) / 4; index += 1) {
      const [spin, lane] = [Math.floor(index / LANE_COUNT), index % LANE_COUNT];
      const at = positions / 4 + index;
      const moved = fround(floats[at] + fround(fround(rate) * floats[at + toMomenta / 4]));
      if (Math.abs(moved) > 1) floats[at + toMomenta / 4] = 0;
      floats[at] = Math.min(Math.max(moved, -1), 1);
      const isSign = words[SIGNS_ADDRESS / 4 + lane] !== 0;
      const signal = isSign ? (floats[at] < 0 ? -1 : 1) : floats[at];
      floats[PULL_ADDRESS / 4 + lane] += fround(floats[biases / 4 + spin] * signal);
      if (form === "lists") floats[signals / 4 + index] = signal;
      else {
        const pair = signals / 2 + Math.floor(spin / 2) * 2 * LANE_COUNT;
        halves[pair + 2 * lane + (spin % 2)] = Math.trunc(fround(signal * level));
      }
    }
  };
}
