/**
 * The kernels once more, in plain TypeScript: same names, same signatures, same bits as the plain
 * build, because each operation is rounded as there. Slow and obvious; tests hold the generated
 * code to it, and the benchmark shows what the generated code is worth.
 */
import type { Precision } from "../../assembly/lanes.ts";
import { cosineAndSine } from "../../portable-trigonometry.ts";
import type { Kernels } from "../engine/tile-runner.ts";
import { ROW_VECTORS } from "./diagonal.ts";
import { type Numbers, type Pair, product } from "./reference-memory.ts";
import { copies, rotations, rowRotations } from "./reference-rotations.ts";

/** The kernels for `precision` at work on `buffer`; `tileBits` bounds the places of rotations. */
export function referenceKernels(
  buffer: SharedArrayBuffer,
  precision: Precision,
  tileBits: number,
): Kernels {
  const single = precision === "f32";
  const memory: Numbers = {
    at: single ? new Float32Array(buffer) : new Float64Array(buffer),
    words: new Int32Array(buffer),
    halfWords: new Uint16Array(buffer),
    doubles: new Float64Array(buffer),
    bytes: single ? 4 : 8,
    lanes: single ? 4 : 2,
    round: single ? Math.fround : (value) => value,
  };
  return {
    ...rotations(memory, tileBits),
    ...diagonals(memory),
    ...tables(memory),
    ...costs(memory),
    ...paulis(memory),
    ...gates(memory),
    ...copies(memory),
    ...rowRotations(memory),
    multiplyMatrix: matrixKernel(memory),
  };
}

function diagonals(memory: Numbers): Kernels {
  const { at, words, bytes, lanes } = memory;
  const width = ROW_VECTORS * lanes;
  const over =
    (fill: boolean): Kernels[string] =>
    (re, im, rowsRe, rowsIm, rowsEnd, columns, signs) => {
      for (let row = 0; row < (rowsEnd - rowsRe) / bytes; row += 1) {
        const r = { re: at[rowsRe / bytes + row], im: at[rowsIm / bytes + row] };
        for (let column = 0; column < width; column += 1) {
          const c = { re: at[columns / bytes + column], im: at[columns / bytes + width + column] };
          const [pRe, pIm] = product(memory, c, r);
          const signWord = words[signs / 4 + row] / 4 + ((column + 1) * bytes) / 4 - 1;
          const sign = words[signWord] < 0 ? -1 : 1;
          const p = { re: sign * pRe, im: sign * pIm };
          const [x, y] = [re / bytes + row * width + column, im / bytes + row * width + column];
          const value = fill ? [p.re, p.im] : product(memory, { re: at[x], im: at[y] }, p);
          [at[x], at[y]] = value;
        }
      }
    };
  return { multiplyDiagonal: over(false), fillDiagonal: over(true) };
}

function tables(memory: Numbers): Kernels {
  const { at, bytes } = memory;
  return {
    multiplyTable: (re, im, end, otherRe, otherIm) => {
      for (let index = 0; index < (end - re) / bytes; index += 1) {
        const [x, y] = [re / bytes + index, im / bytes + index];
        const other = { re: at[otherRe / bytes + index], im: at[otherIm / bytes + index] };
        [at[x], at[y]] = product(memory, { re: at[x], im: at[y] }, other);
      }
    },
    scaleTable: (re, im, end, otherRe, otherIm, factor) => {
      const f = { re: at[factor / bytes], im: at[factor / bytes + 1] };
      for (let index = 0; index < (end - re) / bytes; index += 1) {
        const other = { re: at[otherRe / bytes + index], im: at[otherIm / bytes + index] };
        [at[re / bytes + index], at[im / bytes + index]] = product(memory, other, f);
      }
    },
    multiplyMasked: (re, im, count, mask, value, factor) => {
      const f = { re: at[factor / bytes], im: at[factor / bytes + 1] };
      for (let z = 0; z < count; z += 1) {
        if ((z & mask) !== value) continue;
        const [x, y] = [re / bytes + z, im / bytes + z];
        [at[x], at[y]] = product(memory, { re: at[x], im: at[y] }, f);
      }
    },
  };
}

function costs(memory: Numbers): Kernels {
  const { at, bytes, halfWords, doubles, round } = memory;
  const turn = (re: number, im: number, index: number, phase: Pair) => {
    const [x, y] = [re / bytes + index, im / bytes + index];
    [at[x], at[y]] = product(memory, { re: at[x], im: at[y] }, phase);
  };
  return {
    costIndexed: (re, im, end, indices, table) => {
      for (let index = 0; index < (end - re) / bytes; index += 1) {
        const entry = table / bytes + 2 * halfWords[indices / 2 + index];
        turn(re, im, index, { re: at[entry], im: at[entry + 1] });
      }
    },
    costReal: (re, im, end, values, angle) => {
      for (let index = 0; index < (end - re) / bytes; index += 1) {
        const { cosine, sine } = cosineAndSine(doubles[values / 8 + index] * doubles[angle / 8]);
        turn(re, im, index, { re: round(cosine), im: round(sine) });
      }
    },
  };
}

function paulis(memory: Numbers): Kernels {
  const { at, bytes, lanes, doubles, round } = memory;
  const kernels: Record<string, Kernels[string]> = {};
  for (let pattern = 0; pattern < lanes; pattern += 1) {
    kernels[`pauli${pattern}`] = (re, im, from, to, flips, signs, laneSigns, sums) => {
      const total = [0, 0, 0, 0];
      for (let offset = from; offset < to; offset += bytes) {
        const lane = (offset / bytes) % lanes;
        const vector = offset - lane * bytes;
        const other = (vector ^ flips) / bytes + (lane ^ pattern);
        const sign = (isOdd(vector & signs) ? -1 : 1) * at[laneSigns / bytes + lane];
        const [a, b] = [at[re / bytes + offset / bytes], at[im / bytes + offset / bytes]];
        const [c, d] = [at[re / bytes + other], at[im / bytes + other]];
        total[lane % 2] += round(sign * round(round(a * c) + round(b * d)));
        total[2 + (lane % 2)] += round(sign * round(round(b * c) - round(a * d)));
      }
      doubles.set(total, sums / 8);
    };
  }
  return kernels;
}

function isOdd(value: number): boolean {
  let odd = false;
  for (let rest = value; rest !== 0; rest &= rest - 1) odd = !odd;
  return odd;
}

function gates(memory: Numbers): Kernels {
  const { at, bytes, lanes, round } = memory;
  /** The rounding of the kernel: ((a x - b y) + c u) - d v, and likewise for the imaginary part. */
  const sum = (a: Pair, x: Pair, c: Pair, u: Pair): readonly [number, number] => [
    round(
      round(round(round(a.re * x.re) - round(a.im * x.im)) + round(c.re * u.re)) -
        round(c.im * u.im),
    ),
    round(
      round(round(round(a.re * x.im) + round(a.im * x.re)) + round(c.re * u.im)) +
        round(c.im * u.re),
    ),
  ];
  const entry = (address: number): Pair => ({ re: at[address], im: at[address + 1] });
  const kernels: Record<string, Kernels[string]> = {
    gate: (re, im, to, distance, matrix) => {
      const [a, b, c, d] = [0, 2, 4, 6].map((part) => entry(matrix / bytes + part));
      const stride = distance / bytes;
      for (let index = 0; index < (to - re) / bytes; index += 1) {
        if ((index & stride) !== 0) continue;
        const [p, q] = [re / bytes + index, im / bytes + index];
        const [x, u] = [p, p + stride].map((place) => ({ re: at[place], im: at[place + q - p] }));
        [at[p], at[q]] = sum(a, x, b, u);
        [at[p + stride], at[q + stride]] = sum(c, x, d, u);
      }
    },
  };
  for (let bit = 0; 2 ** bit < lanes; bit += 1) {
    kernels[`gateInside${bit}`] = (re, im, to, factors) => {
      const before = { re: at.slice(re / bytes, to / bytes), im: at.slice(im / bytes) };
      before.re.forEach((own, index) => {
        const partner = index ^ (2 ** bit);
        const lane = factors / bytes + (index % lanes);
        const x = { re: own, im: before.im[index] };
        const u = { re: before.re[partner], im: before.im[partner] };
        const [a, c] = [0, 2 * lanes].map((part) => ({
          re: at[lane + part],
          im: at[lane + part + lanes],
        }));
        [at[re / bytes + index], at[im / bytes + index]] = sum(a, x, c, u);
      });
    };
  }
  return kernels;
}

function matrixKernel(memory: Numbers): Kernels[string] {
  const { at, words, bytes, round } = memory;
  return (re, im, count, mask, offsets, size, matrix) => {
    for (let z = 0; z < count; z += 1) {
      if ((z & mask) !== 0) continue;
      const places = Array.from(
        { length: size },
        (_, index) => z + words[offsets / 4 + index] / bytes,
      );
      const column = places.map((place) => ({
        re: at[re / bytes + place],
        im: at[im / bytes + place],
      }));
      places.forEach((place, row) => {
        let [sumRe, sumIm] = [0, 0];
        column.forEach(({ re: x, im: y }, index) => {
          const entry = matrix / bytes + 2 * (row * size + index);
          const [a, b] = [at[entry], at[entry + 1]];
          sumRe = round(sumRe + round(round(a * x) - round(b * y)));
          sumIm = round(sumIm + round(round(a * y) + round(b * x)));
        });
        at[re / bytes + place] = sumRe;
        at[im / bytes + place] = sumIm;
      });
    }
  };
}
