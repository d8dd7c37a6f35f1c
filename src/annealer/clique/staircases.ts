/**
 * The staircases that are tried: square windows anywhere on the crossbar, in four orientations, and
 * for Pegasus those that use the whole width although its lines begin at three different places.
 */
import { PEGASUS_LINES } from "../graph/pegasus.ts";
import type { Topology } from "../graph/topology.ts";
import type { Crossbar } from "./crossbar.ts";
import type { Staircase } from "./staircase.ts";

/** Windows of one size that are looked at. */
const WINDOWS_MAX = 400;

/** Windows of `size` places each way, spread over the crossbar where there are too many. */
export function* windows({ vertical, horizontal }: Crossbar, size: number): Generator<Staircase> {
  const [freeX, freeY] = [vertical.length - size + 1, horizontal.length - size + 1];
  const stride = Math.max(1, Math.ceil(Math.sqrt((4 * freeX * freeY) / WINDOWS_MAX)));
  for (let y = 0; y < freeY; y += stride) {
    for (let x = 0; x < freeX; x += stride) {
      const [rows, columns] = [upwards(y, y + size - 1), upwards(x, x + size - 1)];
      for (const rowOrder of [rows, rows.toReversed()]) {
        for (const columnOrder of [columns, columns.toReversed()]) {
          yield { rows: rowOrder, columns: columnOrder };
        }
      }
    }
  }
}

/**
 * Staircases over the whole width, which windows do not reach on Pegasus. Of its horizontal lines
 * only 4 to 7 of a bundle cross the outermost columns, and 0 to 3 all but the first four of them;
 * so rows begin in such a part of a bundle, and columns, by symmetry, end in lines 8 to 11 of one
 * bundle and 0 to 3 of the next.
 */
export function* wholeWidth(topology: Topology): Generator<Staircase> {
  if (topology.kind !== "pegasus") return;
  const last = PEGASUS_LINES * (topology.m - 1) + 1;
  for (let bundle = 1; bundle <= topology.m - 2; bundle += 1) {
    const first = PEGASUS_LINES * bundle;
    const rows = [
      ...upwards(first + 4, first + 7),
      ...upwards(10, first + 3).reverse(),
      ...upwards(first + 8, last),
      ...upwards(2, 9).reverse(),
    ];
    for (let other = 1; other <= topology.m - 3; other += 1) {
      const end = PEGASUS_LINES * other + 8;
      const columns = [
        ...upwards(2, 9),
        ...upwards(end + 8, last).reverse(),
        ...upwards(10, end + 7),
      ];
      yield { rows, columns };
    }
  }
}

function upwards(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
