/**
 * The bound at the root, and what it leaves of the candidates. Shares by vectors come first: they
 * price every candidate. Shares by the similarities themselves cover few and bound more closely;
 * what they drop makes the next ones tighter still.
 */
import type { Search } from "../local-search.ts";
import { CELLS_PER_WORK, type Relaxation } from "../relaxation.ts";
import { COVERED_MAX, ConvexShares } from "./convex-shares.ts";
import { SimilarityMatrix } from "./similarity-matrix.ts";

/** Steps of the multipliers by vectors. */
const STEPS = 60;
/** Shares by similarity stay if they leave at most this part of the excess over the target. */
const EXCESS_MAX = 0.5;
/** Steps between two looks at whether to drop candidates, or to end. */
const STEPS_BETWEEN_LOOKS = 4;
/** Candidates are dropped, and new shares made, once at most this part is left. */
const LEFT_MAX = 0.85;
/** What part of the excess must have gone since the last look for more steps to be worthwhile. */
const WORTHWHILE = 0.1;
/** What part of the step that would close the gap the multipliers take, to begin with. */
const MULTIPLIER_PACE = 0.5;
/** Multiplications that count as one move looked at. */
const PRODUCTS_PER_WORK = 20;

/**
 * Tightens `relaxation` towards the run's best, and drops what is in nothing better. Returns the
 * similarities of what is left and of the fixed ranks, where they are at hand.
 */
export function tightenRoot(search: Search, relaxation: Relaxation): SimilarityMatrix | undefined {
  const { run } = search;
  const floor = run.bestObjective;
  const { shares, multipliers } = relaxation;
  relaxation.tighten(floor, STEPS, (work) => run.spend(work));
  if (shares.scale === 0 || relaxation.freeWeights.length < 2) return undefined;
  const excess = relaxation.bound - floor;
  const before = multipliers.slice();
  const known = tightenConvex(search, relaxation);
  if (relaxation.bound - floor > EXCESS_MAX * excess) {
    multipliers.set(before);
    relaxation.shares = shares;
  }
  return known;
}

/** Similarities of all that is left, if it is covered. */
function tightenConvex(search: Search, relaxation: Relaxation): SimilarityMatrix | undefined {
  const { run } = search;
  let matrix: SimilarityMatrix | undefined;
  let isOpen = !run.stopped && relaxation.bound > run.bestObjective;
  while (isOpen) {
    matrix = coveredSimilarity(search, relaxation, matrix);
    isOpen = tightenRound(search, relaxation, matrix);
  }
  const isOver = run.stopped || relaxation.bound <= run.bestObjective;
  if (isOver || relaxation.candidates.length > COVERED_MAX) return undefined;
  return coveredSimilarity(search, relaxation, matrix);
}

/** Steps until candidates are dropped; tells whether more steps might drop more. */
function tightenRound(search: Search, relaxation: Relaxation, matrix: SimilarityMatrix): boolean {
  const { run } = search;
  const floor = run.bestObjective;
  const shares = openShares(search, relaxation, matrix);
  relaxation.shares = shares;
  let centreValue = startValue(search, relaxation);
  let pace = MULTIPLIER_PACE;
  let sinceBetter = 0;
  let least = Number.POSITIVE_INFINITY;
  let marked = Number.POSITIVE_INFINITY;
  for (let step = 1; ; step += 1) {
    const merit = relaxation.evaluate();
    relaxation.bound = Math.min(relaxation.bound, merit);
    const cells = relaxation.candidates.length * (relaxation.freeWeights.length + 1);
    if (run.spend(Math.ceil((2 * cells) / CELLS_PER_WORK))) return false;
    if (relaxation.bound <= floor || merit === Number.NEGATIVE_INFINITY) return false;
    sinceBetter = merit < least ? 0 : sinceBetter + 1;
    least = Math.min(least, merit);
    if (sinceBetter === 2) {
      pace *= 0.5;
      sinceBetter = 0;
    }
    if (step % STEPS_BETWEEN_LOOKS === 0) {
      const isLast = step === STEPS || marked - least < WORTHWHILE * (least - floor);
      if (relaxation.dropHopeless(floor, isLast ? 1 : LEFT_MAX)) return !isLast;
      marked = least;
    }
    centreValue += follow(relaxation, shares, merit, centreValue);
    relaxation.moveMultipliers(relaxation.choice(), pace * (merit - floor));
  }
}

/**
 * Moves the shares towards the relaxed choice; returns what that adds to the value of their centre.
 */
function follow(
  { assignment, freeWeights, values, costs, constant }: Relaxation,
  shares: ConvexShares,
  merit: number,
  centreValue: number,
): number {
  const { chosen } = assignment;
  let chosenValue = 0;
  for (let slot = 0; slot < chosen.length; slot += 1) {
    chosenValue += freeWeights[slot] * values[chosen[slot]];
  }
  const slope = merit - constant - (centreValue - shares.centreCost(costs));
  return shares.approach(chosen, slope) * (chosenValue - centreValue);
}

function openShares(
  { layout, run }: Search,
  { candidates, fixed, shares, freeWeights }: Relaxation,
  similarity: SimilarityMatrix,
): ConvexShares {
  const opened = new ConvexShares({
    itemCount: layout.itemCount,
    scale: shares.scale,
    ranks: candidates.subarray(0, COVERED_MAX),
    fixed,
    similarity,
    start: run.bestOrder.subarray(0, run.bestLength),
    missingMax: freeWeights.length,
  });
  run.spend(Math.ceil((opened.size * opened.size * opened.size) / (3 * PRODUCTS_PER_WORK)));
  return opened;
}

/** Similarities of the candidates worth most, and then of the fixed ranks. */
function coveredSimilarity(
  { layout, run }: Search,
  { candidates, fixed }: Relaxation,
  known: SimilarityMatrix | undefined,
): SimilarityMatrix {
  const size = Math.min(COVERED_MAX, candidates.length);
  const ranks = new Int32Array(size + fixed.length);
  ranks.set(candidates.subarray(0, size));
  ranks.set(fixed, size);
  const matrix = new SimilarityMatrix(layout, ranks, known);
  run.spend(matrix.takeWork());
  return matrix;
}

/** What the run's best order is worth in the positions no hard pin holds, by values alone. */
function startValue({ layout, run }: Search, { fixedMerit, length }: Relaxation): number {
  let value = -fixedMerit;
  for (let position = 0; position < length; position += 1) {
    value += layout.problem.positionWeights[position] * layout.values[run.bestOrder[position]];
  }
  return value;
}
