/**
 * Flows and distances from the costs of pairs of placements. Facility i at k and j at l cost
 * f(i, j) d(k, l) + f(j, i) d(l, k) together. Their sum with k and l exchanged is a product of the
 * symmetric parts of flow and distance, their difference one of the antisymmetric parts: each is a
 * matrix of rank one, read off a row and a column through its greatest entry.
 */
import type { FlowPlacement, FlowTerm } from "#kernels";
import {
  type QuadraticAssignment,
  type QuadraticProblem,
  recogniseQuadraticAssignment,
  remembered,
} from "#problem";

/** What products may differ from costs by, relative to the greatest cost. */
const ROUNDING = 1e-9;

/** Facilities of one instance: all costs of pairs take 70 MB. */
const FACILITIES_MAX = 64;

/** A quadratic assignment of flows, and the placements its columns stand for. */
export interface FlowAssignment {
  readonly found: QuadraticAssignment;
  readonly instance: FlowPlacement;
}

/** The flows and distances of a quadratic assignment, if it is one and its costs are such. */
export const recogniseFlows = remembered(findFlows);

function findFlows(problem: QuadraticProblem): FlowAssignment | undefined {
  const found = recogniseQuadraticAssignment(problem);
  if (found === undefined || found.size > FACILITIES_MAX) return undefined;
  const { size, form, columnOf } = found;
  const pairs = pairCosts(found);
  const terms: FlowTerm[] = [];
  for (const isSymmetric of [true, false]) {
    const mixture = { costs: pairs, size, sign: isSymmetric ? 1 : -1 } as const;
    const pivot = greatestAt(mixture);
    if (pivot === undefined) continue;
    const term = { isSymmetric, ...productThrough(mixture, pivot) };
    if (!isProduct(mixture, term, Math.abs(mixedAt(mixture, pivot)))) return undefined;
    terms.push(term);
  }
  const costs = Float64Array.from(columnOf, (column) => form.costs[column]);
  return { found, instance: { size, costs, terms } };
}

/** The number of facilities i and j > i among all pairs. */
function pairOf(i: number, j: number, size: number): number {
  return i * size - (i * (i + 1)) / 2 + (j - i - 1);
}

/**
 * Cost of each pair, i at k and j > i at l, at (pair times `size` plus k) times `size` plus l. What
 * two placements of one facility or at one location cost together is left out: it is never paid.
 */
function pairCosts({ size, columnOf, form }: QuadraticAssignment): Float64Array {
  const facilityOf = new Int32Array(form.columnCount);
  const locationOf = new Int32Array(form.columnCount);
  for (let placement = 0; placement < size * size; placement += 1) {
    facilityOf[columnOf[placement]] = Math.floor(placement / size);
    locationOf[columnOf[placement]] = placement % size;
  }
  const { count, firsts, seconds, biases } = form.pairs;
  const costs = new Float64Array(((size * (size - 1)) / 2) * size * size);
  for (let pair = 0; pair < count; pair += 1) {
    const isTurned = facilityOf[firsts[pair]] > facilityOf[seconds[pair]];
    const first = isTurned ? seconds[pair] : firsts[pair];
    const second = isTurned ? firsts[pair] : seconds[pair];
    const [i, k] = [facilityOf[first], locationOf[first]];
    const [j, l] = [facilityOf[second], locationOf[second]];
    if (i !== j && k !== l) costs[(pairOf(i, j, size) * size + k) * size + l] += biases[pair];
  }
  return costs;
}

/** The costs plus, or less, those with the locations exchanged. */
interface Mixture {
  readonly costs: Float64Array;
  readonly size: number;
  readonly sign: 1 | -1;
}

/** One entry of a mixture: where its pair begins, and the two locations. */
interface Entry {
  readonly pairStart: number;
  readonly k: number;
  readonly l: number;
}

function mixedAt({ costs, size, sign }: Mixture, { pairStart, k, l }: Entry): number {
  return costs[pairStart + k * size + l] + sign * costs[pairStart + l * size + k];
}

/** Where the greatest number in size stands; `undefined` where all are 0. */
function greatestAt({ costs, size, sign }: Mixture): Entry | undefined {
  let [pairStart, k, l] = [-1, 0, 0];
  let greatest = 0;
  for (let start = 0; start < costs.length; start += size * size) {
    for (let one = 0; one < size; one += 1) {
      for (let other = 0; other < size; other += 1) {
        const back = sign * costs[start + other * size + one];
        const number = Math.abs(costs[start + one * size + other] + back);
        if (number <= greatest) continue;
        greatest = number;
        [pairStart, k, l] = [start, one, other];
      }
    }
  }
  return pairStart < 0 ? undefined : { pairStart, k, l };
}

/**
 * Flows and distances by the row and the column through `pivot`. The costs are half the mixture:
 * the distances have the half. Whole costs give whole flows and twice whole distances.
 */
function productThrough(mixture: Mixture, pivot: Entry) {
  const { size, sign } = mixture;
  const area = size * size;
  const { pairStart } = pivot;
  const slice = Float64Array.from({ length: area }, (_, places) =>
    mixedAt(mixture, { pairStart, k: Math.floor(places / size), l: places % size }),
  );
  const unit = slice.every(Number.isSafeInteger) ? slice.reduce(divisorOf, 0) : 1;
  const distances = slice.map((cost) => cost / unit / 2);
  const distance = distances[pivot.k * size + pivot.l];
  const flows = new Float64Array(area);
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const at = { ...pivot, pairStart: pairOf(i, j, size) * area };
      const flow = mixedAt(mixture, at) / distance / 2;
      flows[i * size + j] = flow;
      flows[j * size + i] = sign * flow;
    }
  }
  return { flows, distances };
}

/** The greatest common divisor of whole numbers, from 0 up. */
function divisorOf(a: number, b: number): number {
  let [greater, lesser] = [Math.abs(a), Math.abs(b)];
  while (lesser > 0) [greater, lesser] = [lesser, greater % lesser];
  return greater;
}

/** Whether the products are the mixture of the costs, up to rounding. */
function isProduct(
  { costs, size, sign }: Mixture,
  { flows, distances }: Pick<FlowTerm, "flows" | "distances">,
  greatest: number,
): boolean {
  let start = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const flow = 2 * flows[i * size + j];
      for (let k = 0; k < size; k += 1) {
        for (let l = 0; l < size; l += 1) {
          const mixed = costs[start + k * size + l] + sign * costs[start + l * size + k];
          const error = Math.abs(flow * distances[k * size + l] - mixed);
          if (error > ROUNDING * greatest) return false;
        }
      }
      start += size * size;
    }
  }
  return true;
}
