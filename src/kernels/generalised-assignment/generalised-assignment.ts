/**
 * Generalised assignment, solved to proof: tabu search for an answer, prices for the bound, and a
 * tree in which every node rules out what can no longer be part of a better answer.
 */
import { type RandomStream, type WorkBudget, workBudget } from "#foundation";
import type { AnswerExchange } from "../answer-exchange.ts";
import { Incumbent } from "../incumbent.ts";
import {
  assertGeneralisedAssignment,
  assignmentCost,
  fits,
  type GeneralisedAssignment,
  withRoundingRoom,
} from "./instance.ts";
import { Neighbourhoods } from "./neighbourhoods.ts";
import { Tree } from "./tree.ts";
import { Walk } from "./walk.ts";

/** Moves of tabu search before the first bound, and once the bounds say where to look. */
const WALK_FIRST_PER_TASK = 5;
const WALK_NEXT_PER_TASK = 10;
/** Work spent on improving the best assignment, beside the tree's own. */
const NEIGHBOURHOOD_SHARE = 1;

/** The best assignment found, and what is known of better ones. */
export interface TaskAssignment {
  /** Agent of each task; `undefined` if none was found. */
  readonly agentOf: Int32Array | undefined;
  readonly objective: number;
  /** No assignment costs less. */
  readonly bound: number;
  /** Whether the whole tree was searched: then `objective` is least, or there is no assignment. */
  readonly isProved: boolean;
}

/**
 * Minimises; deterministic in problem, stream and tick replies. Work is counted in entries of
 * dynamic programmes and moves evaluated. Bounds are computed in doubles and compared with an
 * allowance of 1e-5, so a proof stands for integral costs while objectives stay below 2^30.
 * Loads of whole uses are exact; loads of others may exceed a capacity by 1e-12 of it.
 */
export function generalisedAssignment(
  given: GeneralisedAssignment,
  stream: RandomStream,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
  { start, onBetter }: AnswerExchange<Int32Array> = {},
): TaskAssignment {
  assertGeneralisedAssignment(given);
  const problem = withRoundingRoom(given);
  const allowed = problem.costs.filter((cost) => cost < Number.POSITIVE_INFINITY);
  const incumbent = new Incumbent(allowed, budget, onBetter);
  if (start !== undefined && fits(problem, start)) {
    incumbent.offer(start, -assignmentCost(problem, start));
  }
  const tree = new Tree(problem, incumbent);
  const open = tree.node.isDead
    ? Number.POSITIVE_INFINITY
    : searchAll(problem, tree, incumbent, stream);
  const agentOf = incumbent.answer;
  const objective =
    agentOf === undefined ? Number.POSITIVE_INFINITY : assignmentCost(problem, agentOf);
  return { agentOf, objective, bound: Math.min(open, objective), isProved: !incumbent.isStopped };
}

/** The bound of what was left unsearched. */
function searchAll(
  problem: GeneralisedAssignment,
  tree: Tree,
  incumbent: Incumbent<Int32Array>,
  stream: RandomStream,
): number {
  const walk = new Walk(problem, incumbent, stream.fork("tabu"));
  walk.run(problem.tasks * WALK_FIRST_PER_TASK);
  const least = tree.openRoot();
  if (incumbent.isCutOff(-least) || incumbent.isStopped) return least;
  tree.bound.priceAssignments(tree.node, least);
  const regret = tree.bound.assignmentBound.map((each) => each - least);
  walk.focus(tree.bound.assignmentBound);
  walk.run(problem.tasks * WALK_NEXT_PER_TASK);
  const repair = new Neighbourhoods(problem, incumbent, tree.bound.prices.slice(), regret, stream);
  return tree.search(least, Number.POSITIVE_INFINITY, (work) => {
    while (repair.work < NEIGHBOURHOOD_SHARE * work && !incumbent.isStopped) repair.searchOne();
  });
}
