/**
 * Classical kernels: the yardstick (Gaussian, also called RBF) and the quantum-inspired twins, that
 * have the form of a quantum kernel and need no circuit. *Product* is the fidelity of one layer of
 * rotations, written down; *random Fourier features* stand for a Gaussian by a few cosines.
 *
 * Sources: A. Rahimi and B. Recht, NIPS 20 (2007), for random Fourier features; J. Landman et al.,
 * arXiv:2210.13200, for their use as surrogates of quantum models.
 */
import { assert, type RandomStream } from "#foundation";
import { normalQuantile } from "#statistics";
import type { KernelFunction } from "./kernel-function.ts";
import type { FeatureRows } from "./rows.ts";

/** exp(-width |x - y|^2); an embedding is the row itself. */
export function gaussian(width: number): KernelFunction {
  assert(width > 0, `width of a Gaussian: expected it above 0, got ${width}`);
  return {
    embed: (rows) => rows,
    compare: (a, first, b, second) => Math.exp(-width * squaredDistance(a, first, b, second)),
  };
}

/** The product over the features of cos^2(bandwidth (x - y)). */
export function productKernel(bandwidth: number): KernelFunction {
  return {
    embed: (rows) => rows,
    compare: (a, first, b, second) => {
      let product = 1;
      for (let at = 0; at < a.width; at += 1) {
        const gap = a.values[first * a.width + at] - b.values[second * b.width + at];
        product *= Math.cos(bandwidth * gap) ** 2;
      }
      return product;
    },
  };
}

/** What random Fourier features depend on. */
export interface FourierOptions {
  readonly featureCount: number;
  /** The width of the Gaussian they stand for. */
  readonly width: number;
  /** How many cosines: the error falls with their root. */
  readonly cosines: number;
  readonly random: RandomStream;
}

/** The inner product of random cosines of the rows. */
export function fourierKernel(options: FourierOptions): KernelFunction {
  const { featureCount, width, cosines, random } = options;
  const spread = Math.sqrt(2 * width);
  const directions = Float64Array.from(
    { length: cosines * featureCount },
    () => spread * normalQuantile(Math.max(random.unit(), Number.EPSILON)),
  );
  const shifts = Float64Array.from({ length: cosines }, () => 2 * Math.PI * random.unit());
  const scale = Math.sqrt(2 / cosines);
  return {
    embed: ({ count, values }) => {
      const waves = new Float64Array(count * cosines);
      for (let row = 0; row < count; row += 1) {
        for (let wave = 0; wave < cosines; wave += 1) {
          let phase = shifts[wave];
          for (let at = 0; at < featureCount; at += 1) {
            phase += directions[wave * featureCount + at] * values[row * featureCount + at];
          }
          waves[row * cosines + wave] = scale * Math.cos(phase);
        }
      }
      return { count, width: cosines, values: waves };
    },
    compare: innerProduct,
  };
}

/**
 * The median over all pairs of rows of their squared distance, 1 if it is 0: widths are told as
 * shares of one over it, so that they mean the same whatever the rows are.
 */
export function medianSquaredDistance(rows: FeatureRows): number {
  const { count } = rows;
  const distances = new Float64Array((count * (count - 1)) / 2);
  let pair = 0;
  for (let row = 1; row < count; row += 1) {
    for (let other = 0; other < row; other += 1) {
      distances[pair] = squaredDistance(rows, row, rows, other);
      pair += 1;
    }
  }
  const median = distances.sort()[distances.length >> 1];
  return median > 0 ? median : 1;
}

function squaredDistance(a: FeatureRows, first: number, b: FeatureRows, second: number): number {
  let sum = 0;
  for (let at = 0; at < a.width; at += 1) {
    const gap = a.values[first * a.width + at] - b.values[second * a.width + at];
    sum += gap * gap;
  }
  return sum;
}

function innerProduct(a: FeatureRows, first: number, b: FeatureRows, second: number): number {
  let sum = 0;
  for (let at = 0; at < a.width; at += 1) {
    sum += a.values[first * a.width + at] * b.values[second * a.width + at];
  }
  return sum;
}
