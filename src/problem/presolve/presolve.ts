/**
 * Presolve: what can be said of a problem before anyone searches. Rounds of reductions, each on the
 * problem the one before left, until nothing changes or the work is gone. Every optimum that is
 * found for the smaller problem is one of the original.
 */
import { allIndices, entryCount } from "../model/extent.ts";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import type { Sample } from "../problem.ts";
import { dropExclusiveProducts, moveToBetterBound } from "./columns.ts";
import { fixDominated } from "./dominated-columns.ts";
import { Draft } from "./draft.ts";
import { type Fold, fold, mergeDuplicates, unfold } from "./duplicate-columns.ts";
import { type Settled, setLooseVariables } from "./loose-variables.ts";
import { mergeParallelRows } from "./parallel-rows.ts";
import { fixPersistent } from "./persistency.ts";
import { propagate } from "./propagate.ts";
import { rebuild } from "./rebuild.ts";
import type { Reduction, ReductionStep } from "./reduction.ts";
import { rewriteRows, scaleDecimals } from "./rewrite-rows.ts";

/** Rounds; each later one works on what fixed variables have made of products. */
const ROUNDS_MAX = 8;
/** Entries looked at, for each entry there is. */
const WORK_PER_ENTRY = 60;
/** Enough for a small problem whatever its shape. */
const WORK_MIN = 100_000;
/** A round on a large problem has to remove this share of it to be worth another. */
const WORTHWHILE_SHARE = 0.001;

/** Limits of a presolve. */
export interface PresolveOptions {
  /** Entries looked at, in all; absent: in proportion to the problem's size. */
  readonly workLimit?: number | undefined;
  /** Asked every few thousand entries: whether what has been found has to do. */
  readonly isOver?: (() => boolean) | undefined;
}

/**
 * Reduces `problem`, with a pause after each pass over it: whoever drives it may look around.
 * Deterministic but for `isOver`; nothing is left half-done when the work is gone.
 */
export function* presolve(
  problem: QuadraticProblem,
  { workLimit, isOver }: PresolveOptions = {},
): Generator<void, Reduction> {
  const steps: ReductionStep[] = [];
  const loose = setLooseVariables(problem);
  if (loose !== undefined) steps.push(looseStep(loose));
  yield;
  const values = loose?.values ?? new Int32Array(problem.variableCount);
  let workLeft = workLimit ?? Math.max(WORK_MIN, WORK_PER_ENTRY * entryCount(problem));
  let variables = loose?.variables ?? allIndices(problem.variableCount);
  let rows = allIndices(problem.constraints.count);
  let current = loose?.problem ?? problem;
  let folds: readonly Fold[] = [];
  // A round that cannot look at every entry is not begun.
  for (let round = 0; round < ROUNDS_MAX && workLeft > entryCount(current); round += 1) {
    const draft = new Draft(current, { variables, rows }, workLeft, isOver);
    scaleDecimals(draft);
    yield;
    if (round === 0) {
      folds = mergeDuplicates(draft).map((one) => inOrigin(one, variables));
      yield;
    }
    yield* reduce(draft);
    for (const step of draft.steps) steps.push(step);
    if (draft.conflict !== undefined) {
      return Object.freeze({ kind: "infeasible", conflict: draft.conflict, steps });
    }
    if (draft.steps.length === 0) break;
    workLeft = draft.workLeft;
    const rebuilt = rebuild(draft);
    yield;
    for (const [place, origin] of variables.entries()) {
      if (draft.isFixed(place)) values[origin] = draft.lower[place];
    }
    const sizeBefore = entryCount(current);
    variables = rebuilt.variables.map((place) => variables[place]);
    rows = rebuilt.rows.map((place) => rows[place]);
    current = rebuilt.problem;
    if (draft.steps.length < WORTHWHILE_SHARE * sizeBefore) break;
  }
  return reductionOf(problem, current, { variables, values, steps, folds });
}

function looseStep({ first, looseCount }: Settled): ReductionStep {
  const rule = "loose-variables";
  return { rule, variable: first, row: undefined, change: "set", value: looseCount };
}

function* reduce(draft: Draft): Generator<void, void> {
  const isOver = () => draft.conflict !== undefined || draft.workLeft <= 0;
  const phases = [
    propagate,
    rewriteRows,
    propagate,
    mergeParallelRows,
    dropExclusiveProducts,
    fixDominated,
    moveToBetterBound,
    propagate,
    fixPersistent,
  ];
  for (const phase of phases) {
    if (isOver()) return;
    phase(draft);
    yield;
  }
}

function reductionOf(
  original: QuadraticProblem,
  problem: QuadraticProblem,
  found: {
    readonly variables: Int32Array;
    readonly values: Int32Array;
    readonly steps: readonly ReductionStep[];
    readonly folds: readonly Fold[];
  },
): Reduction {
  const { variables: kept, values: fixed, steps, folds } = found;
  const isKept = new Uint8Array(original.variableCount);
  for (const variable of kept) isKept[variable] = 1;
  const folded = (sample: Sample) => fold(sample.values.slice(), folds);
  const gathered = (values: Int32Array) => kept.map((origin) => values[origin]);
  return Object.freeze({
    kind: "reduced",
    problem,
    kept,
    steps,
    lift: (sample: Sample): Sample => {
      const values = fixed.slice();
      kept.forEach((origin, place) => {
        values[origin] = sample.values[place];
      });
      return { values: unfold(values, folds) };
    },
    project: (sample: Sample): Sample => ({ values: gathered(folded(sample)) }),
    restrict: (sample: Sample): Sample | undefined => {
      const values = folded(sample);
      const agrees = fixed.every((value, index) => isKept[index] === 1 || values[index] === value);
      const brought = gathered(values);
      const fits = brought.every(
        (value, place) =>
          value >= problem.lowerBounds[place] && value <= problem.upperBounds[place],
      );
      return agrees && fits ? { values: brought } : undefined;
    },
  });
}

function inOrigin(one: Fold, variables: Int32Array): Fold {
  return { ...one, kept: variables[one.kept], gone: variables[one.gone] };
}
