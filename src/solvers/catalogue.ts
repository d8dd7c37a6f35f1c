/**
 * The catalogue: every solver there is, once. Conformance tests, help and plans read this list.
 */
import type { Solver } from "#problem";
import { annealerTwin } from "./annealer-twin/annealer-twin.ts";
import { ADVANTAGE } from "./annealer-twin/twin-device.ts";
import { annealing } from "./annealing/annealing.ts";
import { bound } from "./bound/bound.ts";
import { branchAndBound } from "./branch-and-bound/branch-and-bound.ts";
import { constraintSearch } from "./constraint-search/constraint-search.ts";
import { mending } from "./constraint-search/mending.ts";
import { cpSat } from "./cp-sat/cp-sat.ts";
import { decomposition } from "./decomposition/decomposition.ts";
import { enumeration } from "./enumeration/enumeration.ts";
import { generalisedAssignment } from "./generalised-assignment/generalised-assignment.ts";
import { greedySwap } from "./greedy-swap/greedy-swap.ts";
import { highs, highsLinearised } from "./highs/highs.ts";
import { engine } from "./highs/thread-engine.ts";
import { intervalBound } from "./interval-bound/interval-bound.ts";
import { knapsack } from "./knapsack/knapsack.ts";
import { linearAssignment } from "./linear-assignment/linear-assignment.ts";
import { minCostFlow } from "./min-cost-flow/min-cost-flow.ts";
import { multiKnapsack } from "./multi-knapsack/multi-knapsack.ts";
import { multipleChoiceKnapsack } from "./multiple-choice-knapsack/multiple-choice-knapsack.ts";
import { pathRelinking } from "./path-relinking/path-relinking.ts";
import { COMMON_CIRCUIT, WARM_CIRCUIT } from "./qaoa/circuit.ts";
import { qaoa } from "./qaoa/qaoa.ts";
import { recursiveQaoa } from "./qaoa/recursive/recursive-qaoa.ts";
import { vqe } from "./qaoa/vqe/vqe.ts";
import { quadraticBranchAndBound } from "./quadratic-branch-and-bound/quadratic-tree.ts";
import { quadraticKnapsack } from "./quadratic-knapsack/quadratic-knapsack.ts";
import { descent } from "./quadratic-search/descent.ts";
import { quadraticAnnealing } from "./quadratic-search/quadratic-annealing.ts";
import { robustTabu } from "./robust-tabu/robust-tabu.ts";
import { selectK } from "./select-k/select-k.ts";
import { selectKSearch } from "./select-k-search/select-k-search.ts";
import { separable } from "./separable/separable.ts";
import { parallelTempering } from "./spin-search/parallel-tempering.ts";
import { pathIntegralAnnealing } from "./spin-search/path-integral-annealing.ts";
import { rankTwo } from "./spin-search/rank-two.ts";
import { simulatedBifurcation } from "./spin-search/simulated-bifurcation.ts";
import { spinAnnealing } from "./spin-search/spin-annealing.ts";
import { tabu } from "./tabu/tabu.ts";
import { transportation } from "./transportation/transportation.ts";
import { treewidth } from "./treewidth/treewidth.ts";

/** All solvers, by increasing effort. */
export const solverCatalogue: readonly Solver[] = Object.freeze([
  bound,
  greedySwap,
  annealing,
  tabu,
  branchAndBound,
  intervalBound,
  separable,
  linearAssignment,
  transportation,
  minCostFlow,
  knapsack,
  multipleChoiceKnapsack,
  generalisedAssignment,
  multiKnapsack,
  selectK,
  quadraticKnapsack,
  treewidth,
  quadraticBranchAndBound,
  enumeration,
  descent,
  mending,
  selectKSearch,
  robustTabu,
  parallelTempering,
  pathRelinking,
  simulatedBifurcation,
  pathIntegralAnnealing,
  rankTwo,
  spinAnnealing,
  quadraticAnnealing,
  decomposition({
    name: "decomposition",
    starter: descent,
    inner: [
      { solver: spinAnnealing, workPerTerm: 300 },
      { solver: quadraticAnnealing, workPerTerm: 100 },
    ],
    sizeMax: 2000,
  }),
  decomposition({
    name: "decomposition-relinking",
    starter: descent,
    inner: [
      { solver: pathRelinking, workPerTerm: 6000 },
      { solver: quadraticAnnealing, workPerTerm: 300 },
    ],
    sizeMax: 200,
  }),
  decomposition({
    name: "decomposition-exact",
    starter: descent,
    inner: [
      { solver: treewidth, workPerTerm: 100_000 },
      { solver: quadraticBranchAndBound, workPerTerm: 10_000 },
    ],
    sizeMax: 100,
  }),
  constraintSearch,
  highs,
  highsLinearised,
  cpSat,
  annealerTwin(ADVANTAGE, { sampler: quadraticAnnealing, polisher: descent }),
  qaoa("qaoa", COMMON_CIRCUIT, descent),
  qaoa("qaoa-warm", WARM_CIRCUIT, descent),
  recursiveQaoa(descent),
  vqe(descent),
]);

/** The solver called `name`, or `undefined` if there is none. */
export function solverNamed(name: string): Solver | undefined {
  return solverCatalogue.find((solver) => solver.name === name);
}

/**
 * Readies what solvers need in this thread besides their code; the solvers that need it say so by a
 * fault when it has not been called. Warm, they are as fast at first as later.
 */
export function prepareSolvers(isWarm: boolean): Promise<void> {
  return engine.prepare(isWarm);
}
