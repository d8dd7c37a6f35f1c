/**
 * Pegasus P(m): qubit (u, w, k, z) is the z-th piece of a line, vertical for u = 0 and horizontal
 * for u = 1, which is the k-th of twelve in the w-th bundle. Each piece crosses twelve lines of the
 * other direction, shifted by an offset that depends on k. Source: K. Boothby, P. Bunyk, J. Raymond
 * and A. Roy, Next-generation topology of D-Wave quantum processors, 2019 (arXiv 2003.00133).
 */
import type { Coupler } from "./coupler.ts";

/** The parameters. */
export interface Pegasus {
  readonly kind: "pegasus";
  readonly m: number;
  /** Leaves out the lines at the edge that cross no other, as processors do. */
  readonly isFabricOnly: boolean;
}

/** Lines of a bundle. */
export const PEGASUS_LINES = 12;

/** Where the first piece of line k begins, for u = 0 and u = 1. */
export const PEGASUS_OFFSETS = Object.freeze([
  Object.freeze([2, 2, 2, 2, 10, 10, 10, 10, 6, 6, 6, 6]),
  Object.freeze([6, 6, 6, 6, 2, 2, 2, 2, 10, 10, 10, 10]),
] as const);

/** How many labels there are. */
export function pegasusLabelCount({ m }: Pegasus): number {
  return 2 * m * PEGASUS_LINES * (m - 1);
}

/** The label of (u, w, k, z). */
export function pegasusLabel({ m }: Pegasus, u: number, w: number, k: number, z: number): number {
  return ((u * m + w) * PEGASUS_LINES + k) * (m - 1) + z;
}

/** (u, w, k, z) of a label. */
export function pegasusCoordinates({ m }: Pegasus, label: number): readonly number[] {
  const line = Math.floor(label / (m - 1));
  const bundle = Math.floor(line / PEGASUS_LINES);
  return [Math.floor(bundle / m), bundle % m, line % PEGASUS_LINES, label % (m - 1)];
}

/**
 * The nice coordinates (t, y, x, u, k) of (u, w, k, z): Pegasus as three layers t of Chimera cells
 * with 4 + 4 qubits, (m - 1) x (m - 1) each. Qubits outside every cell have a coordinate out of
 * range.
 */
export function niceOfPegasus([u, w, k, z]: readonly number[]): readonly number[] {
  const t = (u === 0 ? 2 + Math.floor(k / 4) : 1 - Math.floor(k / 4) + 3) % 3;
  const [y, x] = u === 0 ? [z, t === 2 ? w - 1 : w] : [t === 2 ? w : w - 1, z];
  return [t, y, x, u, k % 4];
}

/** The qubit of nice coordinates. */
export function pegasusOfNice([t, y, x, u, k]: readonly number[]): readonly number[] {
  const third = u === 0 ? (t + 1) % 3 : (4 - t) % 3;
  const w = u === 0 ? (t === 2 ? x + 1 : x) : t === 2 ? y : y + 1;
  return [u, w, 4 * third + k, u === 0 ? y : x];
}

/** Whether the line of a qubit crosses any other: it lies where some piece of those begins. */
export function isInFabric(pegasus: Pegasus, label: number): boolean {
  const [u, w, k] = pegasusCoordinates(pegasus, label);
  const place = PEGASUS_LINES * w + k;
  const begins = PEGASUS_OFFSETS[u === 0 ? 1 : 0];
  const last = PEGASUS_LINES * (pegasus.m - 1) + Math.max(...begins) - 1;
  return place >= Math.min(...begins) && place <= last;
}

/** Every coupler once, those outside the fabric too. */
export function* pegasusCouplers(pegasus: Pegasus): Generator<Coupler> {
  const { m } = pegasus;
  for (let w = 0; w < m; w += 1) {
    for (let k = 0; k < PEGASUS_LINES; k += 1) {
      for (let z = 0; z < m - 1; z += 1) {
        for (const u of [0, 1]) {
          const here = pegasusLabel(pegasus, u, w, k, z);
          if (z + 1 < m - 1) yield [here, here + 1];
          if (k % 2 === 0) yield [here, pegasusLabel(pegasus, u, w, k + 1, z)];
        }
        yield* crossings(pegasus, w, k, z);
      }
    }
  }
}

/** The couplers of the vertical qubit (0, w, k, z) with horizontal ones. */
function* crossings(pegasus: Pegasus, w: number, k: number, z: number): Generator<Coupler> {
  const here = pegasusLabel(pegasus, 0, w, k, z);
  const [vertical, horizontal] = PEGASUS_OFFSETS;
  for (let other = 0; other < PEGASUS_LINES; other += 1) {
    const bundle = z + (other < vertical[k] ? 1 : 0);
    const piece = w - (k < horizontal[other] ? 1 : 0);
    if (piece < 0 || piece >= pegasus.m - 1) continue;
    yield [here, pegasusLabel(pegasus, 1, bundle, other, piece)];
  }
}
