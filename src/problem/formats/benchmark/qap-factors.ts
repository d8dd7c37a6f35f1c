/**
 * The two matrices of a quadratic assignment, found again in its products. For facilities i < j the
 * cost at locations (k, l) is C = f_ij d_kl + f_ji d_lk. Its symmetric part is a product of
 * f_ij + f_ji and d_kl + d_lk, its antisymmetric part one of the differences; each is a matrix of
 * rank one and splits up to a factor, which does not matter because only the products do.
 */
import { interactionsOf, type QuadraticProblem } from "../../model/quadratic-problem.ts";

/** Two matrices, row by row: size^2 numbers each. */
export interface QuadraticAssignment {
  readonly size: number;
  readonly flows: readonly number[];
  readonly distances: readonly number[];
}

/** A rank-one matrix over pairs of facilities i < j and pairs of locations k < l. */
interface Factors {
  readonly ofFacilities: Float64Array;
  readonly ofLocations: Float64Array;
}

/**
 * Matrices whose products are the problem's, if it is a quadratic assignment at all; the caller
 * poses them again to see.
 */
export function factored(problem: QuadraticProblem): QuadraticAssignment {
  const size = Math.round(Math.sqrt(problem.variableCount));
  const symmetric = factors(problem, size, 1);
  const antisymmetric = factors(problem, size, -1);
  const flows = new Array<number>(size * size).fill(0);
  const distances = new Array<number>(size * size).fill(0);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const place = Math.min(i, j) * size + Math.max(i, j);
      const sign = i < j ? 1 : -1;
      const { ofFacilities: sums, ofLocations: locationSums } = symmetric;
      flows[i * size + j] = (sums[place] + sign * antisymmetric.ofFacilities[place]) / 2;
      distances[i * size + j] = (locationSums[place] + sign * antisymmetric.ofLocations[place]) / 2;
    }
  }
  addDiagonals(problem, size, flows, distances);
  return { size, flows, distances };
}

/** C_kl + sign * C_lk for every i < j and k < l, split into its two factors. */
function factors(problem: QuadraticProblem, size: number, sign: 1 | -1): Factors {
  const count = size * size;
  const ofFacilities = new Float64Array(count);
  const ofLocations = new Float64Array(count);
  const pivot = pivotOf(problem, size, sign);
  if (pivot === undefined) return { ofFacilities, ofLocations };
  for (const [place, k, l, cost] of costs(problem, size)) {
    const locations = Math.min(k, l) * size + Math.max(k, l);
    const part = k < l ? cost : sign * cost;
    if (place === pivot.place) ofLocations[locations] += part;
    if (locations === pivot.locations) ofFacilities[place] += part;
  }
  const divisor = commonDivisor(ofLocations);
  for (let index = 0; index < count; index += 1) ofLocations[index] /= divisor;
  const scale = ofLocations[pivot.locations];
  for (let index = 0; index < count; index += 1) ofFacilities[index] /= scale;
  return { ofFacilities, ofLocations };
}

/** A pair of facilities and a pair of locations at which the part is not zero. */
function pivotOf(problem: QuadraticProblem, size: number, sign: 1 | -1) {
  const sums = new Map<number, number>();
  let current = -1;
  const found = () => {
    for (const [locations, sum] of sums) if (sum !== 0) return { place: current, locations };
    return undefined;
  };
  const sorted = [...costs(problem, size)].sort((a, b) => a[0] - b[0]);
  for (const [place, k, l, cost] of sorted) {
    if (place !== current) {
      const pivot = found();
      if (pivot !== undefined) return pivot;
      sums.clear();
      current = place;
    }
    const locations = Math.min(k, l) * size + Math.max(k, l);
    sums.set(locations, (sums.get(locations) ?? 0) + (k < l ? cost : sign * cost));
  }
  return found();
}

/** `[i * size + j, k, l, cost]` of every interaction. */
function* costs(
  problem: QuadraticProblem,
  size: number,
): Generator<readonly [place: number, k: number, l: number, cost: number]> {
  for (const [first, second, cost] of interactionsOf(problem)) {
    const place = Math.floor(first / size) * size + Math.floor(second / size);
    yield [place, first % size, second % size, cost];
  }
}

/** f_ii d_kk is the linear bias of facility i at location k. */
function addDiagonals(
  { objective: { linear } }: QuadraticProblem,
  size: number,
  flows: number[],
  distances: number[],
): void {
  const pivot = linear.findIndex((bias) => bias !== 0);
  if (pivot < 0) return;
  const facility = Math.floor(pivot / size);
  const row = linear.slice(facility * size, (facility + 1) * size);
  const divisor = commonDivisor(row);
  const scale = linear[pivot] / divisor;
  for (let one = 0; one < size; one += 1) {
    distances[one * size + one] = row[one] / divisor;
    flows[one * size + one] = linear[one * size + (pivot % size)] / scale;
  }
}

/** The greatest common divisor where all are integers, otherwise 1. */
function commonDivisor(values: Float64Array): number {
  let divisor = 0;
  for (const value of values) {
    if (!Number.isInteger(value)) return 1;
    let rest = Math.abs(value);
    while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  }
  return divisor === 0 ? 1 : divisor;
}
