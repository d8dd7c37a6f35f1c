/**
 * Generalised assignment: each task goes to one agent, at a cost and using up some of the agent's
 * capacity, both of which depend on the pair.
 */
import { assert } from "#foundation";

/**
 * Far above what sums of uses that have no exact double can differ by when they are added in
 * another order, far below any use that matters.
 */
const ROUNDING = 1e-12;

/** One problem, to minimise. */
export interface GeneralisedAssignment {
  readonly agents: number;
  readonly tasks: number;
  /** `agents` times `tasks`, agent by agent. `Infinity` forbids the pair. */
  readonly costs: Float64Array;
  /** As `costs`, non-negative. */
  readonly uses: Float64Array;
  readonly capacities: Float64Array;
}

/** Refuses arrays of the wrong length, and what the bounds cannot take. */
export function assertGeneralisedAssignment(problem: GeneralisedAssignment): void {
  const { agents, tasks, costs, uses, capacities } = problem;
  assert(costs.length === agents * tasks, `costs: expected ${agents} rows of ${tasks}`);
  assert(uses.length === agents * tasks, `uses: expected ${agents} rows of ${tasks}`);
  assert(capacities.length === agents, `capacities: expected ${agents}, got ${capacities.length}`);
  for (const capacity of capacities)
    assert(capacity < Number.POSITIVE_INFINITY, "infinite capacity");
  for (const use of uses) assert(use >= 0, `use: expected at least 0, got ${use}`);
}

/**
 * The problem as the search sees it: where uses are not whole, capacities have room for the
 * rounding of their sums, so that a load which fills one exactly fits however it was added up.
 */
export function withRoundingRoom(problem: GeneralisedAssignment): GeneralisedAssignment {
  if (problem.uses.every(Number.isInteger)) return problem;
  const capacities = problem.capacities.map((capacity) => capacity + ROUNDING * Math.abs(capacity));
  return { ...problem, capacities };
}

/** Total cost of giving each task to the agent in `agentOf`. */
export function assignmentCost({ costs, tasks }: GeneralisedAssignment, agentOf: Int32Array) {
  let total = 0;
  for (let task = 0; task < tasks; task += 1) total += costs[agentOf[task] * tasks + task];
  return total;
}

/** Whether every task may go to its agent, and no agent is overloaded. */
export function fits(problem: GeneralisedAssignment, agentOf: Int32Array): boolean {
  const { tasks, uses, capacities } = problem;
  const load = new Float64Array(capacities.length);
  for (let task = 0; task < tasks; task += 1) {
    load[agentOf[task]] += uses[agentOf[task] * tasks + task];
  }
  const isLight = load.every((each, agent) => each <= capacities[agent]);
  return isLight && assignmentCost(problem, agentOf) < Number.POSITIVE_INFINITY;
}
