/**
 * Chimera C(m, n, t): m x n cells, each a complete bipartite graph of t + t qubits. Qubit (i, j, u,
 * k) lies in row i and column j; those of u = 0 are coupled along columns, those of u = 1 along
 * rows. Source: P. Bunyk et al., IEEE Trans. Appl. Supercond. 24, 2014.
 */
import type { Coupler } from "./coupler.ts";

/** The parameters. */
export interface Chimera {
  readonly kind: "chimera";
  /** Rows of cells. */
  readonly m: number;
  /** Columns of cells. */
  readonly n: number;
  /** Qubits on each side of a cell. */
  readonly t: number;
}

/** How many labels there are; each has a qubit. */
export function chimeraLabelCount({ m, n, t }: Chimera): number {
  return 2 * m * n * t;
}

/** The label of (i, j, u, k). */
export function chimeraLabel({ n, t }: Chimera, i: number, j: number, u: number, k: number) {
  return ((i * n + j) * 2 + u) * t + k;
}

/** (i, j, u, k) of a label. */
export function chimeraCoordinates({ n, t }: Chimera, label: number): readonly number[] {
  const side = Math.floor(label / t);
  const cell = side >> 1;
  return [Math.floor(cell / n), cell % n, side & 1, label % t];
}

/** Every coupler once. */
export function* chimeraCouplers(chimera: Chimera): Generator<Coupler> {
  const { m, n, t } = chimera;
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < n; j += 1) {
      const label = (di: number, dj: number, u: number, k: number) =>
        chimeraLabel(chimera, i + di, j + dj, u, k);
      for (let k = 0; k < t; k += 1) {
        for (let other = 0; other < t; other += 1) yield [label(0, 0, 0, k), label(0, 0, 1, other)];
        if (i + 1 < m) yield [label(0, 0, 0, k), label(1, 0, 0, k)];
        if (j + 1 < n) yield [label(0, 0, 1, k), label(0, 1, 1, k)];
      }
    }
  }
}
