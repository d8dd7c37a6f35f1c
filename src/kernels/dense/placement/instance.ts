/**
 * Quadratic assignment as sums of products: n facilities, each at a location of its own, a cost for
 * each placement and for each pair of facilities flow times distance (T. Koopmans and M. Beckmann,
 * "Assignment problems and the location of economic activities", Econometrica 25, 1957).
 */
import { assert } from "#foundation";

/**
 * Two matrices with a diagonal of 0, `size` times `size`: either both symmetric, or both
 * antisymmetric (entry (j, i) is minus entry (i, j)).
 */
export interface FlowTerm {
  readonly isSymmetric: boolean;
  readonly flows: Float64Array;
  readonly distances: Float64Array;
}

/**
 * To be made small: the sum of each facility's cost at its location and, over all unordered pairs
 * of facilities and all terms, the flow between them times the distance of their locations.
 */
export interface FlowPlacement {
  readonly size: number;
  /** Facility times `size` plus location. */
  readonly costs: Float64Array;
  readonly terms: readonly FlowTerm[];
}

/** Refuses matrices of the wrong length or without the symmetry they claim. */
export function assertFlowPlacement({ size, costs, terms }: FlowPlacement): void {
  assert(costs.length === size * size, `costs: expected ${size} squared`);
  for (const { isSymmetric, flows, distances } of terms) {
    for (const matrix of [flows, distances]) {
      assert(matrix.length === size * size, `flows and distances: expected ${size} squared`);
      for (let row = 0; row < size; row += 1) {
        assert(matrix[row * size + row] === 0, "flows and distances: expected a diagonal of 0");
        for (let column = 0; column < row; column += 1) {
          const mirrored = (isSymmetric ? 1 : -1) * matrix[column * size + row];
          assert(matrix[row * size + column] === mirrored, "the symmetry that is claimed");
        }
      }
    }
  }
}

/** Whether each facility has a location of its own. */
export function isPlacement({ size }: FlowPlacement, locationOf: Int32Array): boolean {
  if (locationOf.length !== size || new Set(locationOf).size !== size) return false;
  return locationOf.every((location) => location >= 0 && location < size);
}

/** What it costs that facility i is at `locationOf[i]`, from the instance alone. */
export function placementCost(
  { size, costs, terms }: FlowPlacement,
  locationOf: ArrayLike<number>,
): number {
  let cost = 0;
  for (let one = 0; one < size; one += 1) {
    const from = locationOf[one];
    cost += costs[one * size + from];
    for (const { flows, distances } of terms) {
      for (let other = 0; other < one; other += 1) {
        cost += flows[one * size + other] * distances[from * size + locationOf[other]];
      }
    }
  }
  return cost;
}
