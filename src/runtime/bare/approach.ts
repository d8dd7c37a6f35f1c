/**
 * How a problem is gone about: as presolve left it or as it came, as a whole or part by part, and
 * by which plan. Made in steps, because on large problems each takes a while.
 */
import {
  detectStructure,
  type QuadraticProblem,
  type Reduced,
  type Reduction,
  type Solver,
  type Structure,
  splitApart,
  type ValueRange,
} from "#problem";
import type { Plan } from "../plan.ts";
import type { SolveReport } from "../report.ts";
import type { Lessons } from "../selector/selector.ts";
import type { SolveMeans, SolveRequest } from "../solve.ts";
import type { Opening } from "./opening.ts";
import type { Pace } from "./pace.ts";
import type { SolvedPart } from "./parts.ts";
import { isLedByOwn, isSolvedWhole, planFor } from "./portfolio.ts";

/** What to solve, with what, and until when. */
export interface BareRequest extends Pick<SolveRequest, "seed" | "budget" | "signal" | "onBetter"> {
  readonly problem: QuadraticProblem;
  /**
   * `auto` presolves and lets the portfolio choose from all solvers; a solver by itself gets the
   * problem as it is.
   */
  readonly choice:
    | {
        readonly kind: "auto";
        readonly solvers: readonly Solver[];
        /** What the portfolio goes by; absent: what ships with the project. */
        readonly lessons?: Lessons | undefined;
      }
    | { readonly kind: "named"; readonly solver: Solver };
  readonly threads: number;
  readonly workLimit: number;
  /**
   * Work alone limits the search, and the answer is the same however many threads there are;
   * absent: time may end it.
   */
  readonly isRepeatable?: boolean | undefined;
  /** Entries that presolve may look at; absent: in proportion to the problem's size. */
  readonly presolveWorkLimit?: number | undefined;
}

/** What was understood of the problem, and how it was solved. */
export interface Approach {
  /** Absent when the problem was solved as it is. */
  readonly reduction: Reduction | undefined;
  readonly structure: Structure | undefined;
  readonly plan: Plan;
  /** What is solved by itself, each with a plan of its own; absent: the problem as a whole. */
  readonly parts?: readonly SolvedPart[] | undefined;
  /** What was left out because samples are 32-bit; absent: nothing. */
  readonly cut?: Extract<ValueRange, { readonly kind: "cut" }> | undefined;
}

/** The verified outcome, in the variables of the problem that was brought. */
export interface BareReport extends SolveReport {
  /** `ruleObjective` is what the baseline alone made of the problem, where that was feasible. */
  readonly approach: Approach;
}

/** What one solve goes by. */
export interface Scene {
  readonly request: BareRequest;
  readonly solvers: readonly Solver[];
  readonly lessons: Lessons | undefined;
  readonly means: SolveMeans;
  readonly pace: Pace;
  readonly opening: Opening | undefined;
}

/**
 * The reduced problem, unless only the original has a structure that is solved to proof; part by
 * part where there are several, unless the whole has a fast method of its own.
 */
export function* chosenView(scene: Scene, reduction: Reduced): Generator<void, Approach> {
  const { problem } = scene.request;
  const isReduced = reduction.steps.length > 0;
  const smaller = isReduced ? reduction : undefined;
  const view = yield* approachTo(scene, reduction.problem, { reduction: smaller });
  if (isSolvedWhole(view)) return view;
  const parts = splitApart(reduction.problem);
  yield;
  if (parts.length > 1) return { ...view, parts };
  if (isOwn(view) || !isReduced || scene.pace.isOver()) return view;
  const original = yield* approachTo(scene, problem);
  return isOwn(original) ? original : view;
}

/** The approach to one problem, by its structure; a part has a budget of its own. */
export function* approachTo(
  { request, solvers, lessons, means }: Scene,
  problem: QuadraticProblem,
  from: {
    readonly reduction?: Reduction | undefined;
    readonly budget?: SolveRequest["budget"];
  } = {},
): Generator<void, Approach & { readonly structure: Structure }> {
  const { threads, workLimit, isRepeatable } = request;
  const { reduction, budget = request.budget } = from;
  const structure = detectStructure(problem);
  yield;
  const searchMs = isRepeatable ? undefined : budget.searchUntilMs - means.clock.monotonicMs();
  const options = { threads, workLimit, searchMs, solvers, lessons, structure: structure.kind };
  const plan = planFor(problem, options);
  yield;
  return { reduction, structure, plan };
}

/** Whether the plan leads with the solver of the structure. */
function isOwn({ structure, plan }: Approach): boolean {
  return structure !== undefined && isLedByOwn(structure.kind, plan);
}
