/**
 * Ising problems as the kernels take them: whole numbers, neighbours of each spin together.
 */

/**
 * sum_i biases[i] s_i + sum_{i<j} J_ij s_i s_j, to be made small over s_i = -1 or +1.
 */
export interface SpinGlass {
  readonly spinCount: number;
  readonly biases: Int32Array;
  /** Neighbours of spin i: entries `starts[i]` up to but excluding `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** Every pair stands at both of its spins. */
  readonly neighbours: Int32Array;
  /** None is 0. */
  readonly couplings: Int32Array;
}

/** What no spin's field may exceed: |bias| + sum of |couplings|. */
export const FIELD_MAX = 2 ** 30;

/** The greatest field that any spin can feel, whole numbers or not. */
export function fieldMax(
  glass: Pick<SpinGlass, "spinCount" | "starts"> & {
    readonly biases: ArrayLike<number>;
    readonly couplings: ArrayLike<number>;
  },
): number {
  let most = 0;
  for (let spin = 0; spin < glass.spinCount; spin += 1) {
    let field = Math.abs(glass.biases[spin]);
    for (let entry = glass.starts[spin]; entry < glass.starts[spin + 1]; entry += 1) {
      field += Math.abs(glass.couplings[entry]);
    }
    most = Math.max(most, field);
  }
  return most;
}
