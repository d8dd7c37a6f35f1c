/**
 * Quantum kernels. *Fidelity*: the squared overlap of two states. *Projected*: a Gaussian of how
 * far apart all one-qubit density matrices of two states lie, which takes one state for each row
 * and three expectation values of each qubit, kept from then on.
 *
 * Sources: V. Havlicek et al., Nature 567 (2019); H.-Y. Huang et al., Nature Communications 12
 * (2021), with the density matrices written as Bloch vectors.
 */
import { gaussian } from "./classical-kernels.ts";
import type { FeatureMap } from "./feature-maps/feature-map.ts";
import { type FeatureMapOptions, featureMap } from "./feature-maps/feature-maps.ts";
import { type QubitState, qubitState } from "./feature-maps/qubit-state.ts";
import type { KernelFunction } from "./kernel-function.ts";
import type { FeatureRows } from "./rows.ts";

/** |<a|b>|^2; an embedding is 2^n real parts and then 2^n imaginary ones. */
export function fidelityKernel(options: FeatureMapOptions): KernelFunction {
  const map = featureMap(options);
  const size = 2 ** map.qubitCount;
  return {
    embed: (rows) =>
      embedded(map, rows, 2 * size, ({ re, im }, values, from) => {
        values.set(re, from);
        values.set(im, from + size);
      }),
    compare: (a, first, b, second) =>
      squaredOverlap(a.values, first * 2 * size, b.values, second * 2 * size, size),
  };
}

/**
 * exp(-width times the squared distance of the Bloch vectors); an embedding is X, Y and Z of each
 * qubit.
 */
export function projectedKernel(options: FeatureMapOptions, width: number): KernelFunction {
  return { ...gaussian(width), embed: (rows) => projectedRows(options, rows) };
}

/** The expectation values of X, Y and Z of each qubit in the state of each row. */
export function projectedRows(options: FeatureMapOptions, rows: FeatureRows): FeatureRows {
  const map = featureMap(options);
  return embedded(map, rows, 3 * map.qubitCount, writeBlochVectors);
}

function embedded(
  map: FeatureMap,
  rows: FeatureRows,
  width: number,
  read: (state: QubitState, values: Float64Array, from: number) => void,
): FeatureRows {
  const values = new Float64Array(rows.count * width);
  const state = qubitState(map.qubitCount);
  for (let row = 0; row < rows.count; row += 1) {
    map.write(rows.values, row * rows.width, state);
    read(state, values, row * width);
  }
  return { count: rows.count, width, values };
}

function squaredOverlap(
  a: Float64Array,
  first: number,
  b: Float64Array,
  second: number,
  size: number,
): number {
  let real = 0;
  let imaginary = 0;
  for (let at = 0; at < size; at += 1) {
    const aRe = a[first + at];
    const aIm = a[first + size + at];
    const bRe = b[second + at];
    const bIm = b[second + size + at];
    real += aRe * bRe + aIm * bIm;
    imaginary += aRe * bIm - aIm * bRe;
  }
  return real * real + imaginary * imaginary;
}

function writeBlochVectors({ qubitCount, re, im }: QubitState, values: Float64Array, from: number) {
  for (let qubit = 0; qubit < qubitCount; qubit += 1) {
    const bit = 1 << qubit;
    let [x, y, z] = [0, 0, 0];
    for (let base = 0; base < re.length; base += 2 * bit) {
      for (let low = base; low < base + bit; low += 1) {
        const high = low + bit;
        x += re[low] * re[high] + im[low] * im[high];
        y += re[low] * im[high] - im[low] * re[high];
        z += re[low] ** 2 + im[low] ** 2 - re[high] ** 2 - im[high] ** 2;
      }
    }
    values[from + 3 * qubit] = 2 * x;
    values[from + 3 * qubit + 1] = 2 * y;
    values[from + 3 * qubit + 2] = z;
  }
}
