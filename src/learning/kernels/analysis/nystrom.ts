/**
 * The Nyström approximation as a kernel of its own: a row is kept as its likeness to a few
 * landmarks, turned so that inner products of what is kept come close to the kernel. A thousand
 * rows then cost a thousand times the landmarks instead of a million.
 *
 * Source: C. Williams and M. Seeger, NIPS 13 (2001).
 */
import { crossMatrix, gramMatrix, type KernelFunction } from "../kernel-function.ts";
import type { FeatureRows } from "../rows.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** Directions in which the landmarks differ less than this, beside the greatest, say nothing. */
const SHARE_MIN = 1e-10;

/** `kernel`, seen from `landmarks`; exact where all rows are landmarks. */
export function nystromKernel(kernel: KernelFunction, landmarks: FeatureRows): KernelFunction {
  const anchors = kernel.embed(landmarks);
  const { count } = landmarks;
  const { values, vectors } = symmetricEigen(gramMatrix(kernel, anchors), count);
  const enough = values[count - 1] * SHARE_MIN;
  const kept = [...values.keys()].filter((rank) => values[rank] > enough);
  return {
    embed: (rows) => {
      const likeness = crossMatrix(kernel, kernel.embed(rows), anchors);
      const width = kept.length;
      const embedded = new Float64Array(rows.count * width);
      for (let row = 0; row < rows.count; row += 1) {
        for (const [place, rank] of kept.entries()) {
          let sum = 0;
          for (let at = 0; at < count; at += 1) {
            sum += likeness[row * count + at] * vectors[rank * count + at];
          }
          embedded[row * width + place] = sum / Math.sqrt(values[rank]);
        }
      }
      return { count: rows.count, width, values: embedded };
    },
    compare: (a, first, b, second) => {
      let sum = 0;
      for (let at = 0; at < a.width; at += 1) {
        sum += a.values[first * a.width + at] * b.values[second * b.width + at];
      }
      return sum;
    },
  };
}
