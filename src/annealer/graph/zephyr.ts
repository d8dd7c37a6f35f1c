/**
 * Zephyr Z(m, t): qubit (u, w, k, j, z) is the z-th piece of a line, vertical for u = 0 and
 * horizontal for u = 1; at each of 2m + 1 places w lie t lines k, each of them twice (j), the one
 * shifted against the other by half a piece. Each piece crosses two places of the other direction.
 * Source: K. Boothby, A. D. King and J. Raymond, Zephyr topology of D-Wave quantum processors,
 * D-Wave technical report 14-1056A-A, 2021.
 */
import type { Coupler } from "./coupler.ts";

/** The parameters. */
export interface Zephyr {
  readonly kind: "zephyr";
  readonly m: number;
  readonly t: number;
}

/** How many labels there are; each has a qubit. */
export function zephyrLabelCount({ m, t }: Zephyr): number {
  return 4 * t * m * (2 * m + 1);
}

/** The label of (u, w, k, j, z). */
export function zephyrLabel(
  { m, t }: Zephyr,
  u: number,
  w: number,
  k: number,
  j: number,
  z: number,
): number {
  return (((u * (2 * m + 1) + w) * t + k) * 2 + j) * m + z;
}

/** (u, w, k, j, z) of a label. */
export function zephyrCoordinates({ m, t }: Zephyr, label: number): readonly number[] {
  const half = Math.floor(label / m);
  const line = half >> 1;
  const place = Math.floor(line / t);
  const places = 2 * m + 1;
  return [Math.floor(place / places), place % places, line % t, half & 1, label % m];
}

/** Every coupler once. */
export function* zephyrCouplers(zephyr: Zephyr): Generator<Coupler> {
  const { m, t } = zephyr;
  for (const u of [0, 1]) {
    for (let w = 0; w <= 2 * m; w += 1) {
      for (let k = 0; k < t; k += 1) {
        for (let z = 0; z < m; z += 1) {
          const [early, late] = [0, 1].map((j) => zephyrLabel(zephyr, u, w, k, j, z));
          yield [early, late];
          if (z + 1 === m) continue;
          yield [early, early + 1];
          yield [late, late + 1];
          yield [early + 1, late];
        }
      }
    }
  }
  yield* crossings(zephyr);
}

/** Vertical pieces with horizontal ones: each covers two places of the other direction. */
function* crossings(zephyr: Zephyr): Generator<Coupler> {
  const { m, t } = zephyr;
  const covering = (place: number) =>
    [0, 1].flatMap((j) => {
      const pieces = [place - j, place - j - 1].filter((twice) => twice % 2 === 0);
      return pieces.map((twice) => [j, twice / 2] as const).filter(([, z]) => z >= 0 && z < m);
    });
  for (let x = 0; x <= 2 * m; x += 1) {
    for (let y = 0; y <= 2 * m; y += 1) {
      for (const [j, z] of covering(y)) {
        for (const [i, other] of covering(x)) {
          for (let k = 0; k < t; k += 1) {
            for (let h = 0; h < t; h += 1) {
              yield [zephyrLabel(zephyr, 0, x, k, j, z), zephyrLabel(zephyr, 1, y, h, i, other)];
            }
          }
        }
      }
    }
  }
}
