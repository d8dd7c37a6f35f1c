/**
 * A lower bound for generalised assignment: every task offers a price and each agent takes, within
 * its capacity, what pays best. Subgradient steps raise the price of tasks nobody takes and lower
 * that of tasks several take (M. Fisher, Management Science 27 (1981)). Because agents choose
 * apart, the price of every single assignment is known too (M. Posta, J. Ferland and P. Michelon,
 * "An exact method with variable fixing for solving the generalized assignment problem",
 * Computational Optimization and Applications 52 (2012)).
 */
import { AgentKnapsack, levelsLeft, levelsUsed, levelUnit } from "./agent-knapsack.ts";
import type { GeneralisedAssignment } from "./instance.ts";
import type { Node } from "./node.ts";

const IMPOSSIBLE = Number.POSITIVE_INFINITY;
/**
 * How far prices may go beyond the dearest cost. Where no assignment fits they would grow without
 * end, and differences of huge prices round to anything.
 */
const PRICE_SHARE_MAX = 4096;

/** The bound of one node after another; prices are kept, for neighbouring nodes differ little. */
export class PriceBound {
  readonly prices: Float64Array;
  /** How many agents took each open task at the last evaluation. */
  readonly takers: Int32Array;
  /** Lower bound of giving the task to the agent, after `priceAssignments`. */
  readonly assignmentBound: Float64Array;
  /** Entries of dynamic programmes filled. */
  work = 0;
  private readonly problem: GeneralisedAssignment;
  private readonly unit: number;
  private readonly knapsack: AgentKnapsack;
  private readonly outCost: Float64Array;
  private readonly direction: Float64Array;
  private readonly priceMax: number;

  constructor(problem: GeneralisedAssignment) {
    const { agents, tasks, costs, uses, capacities } = problem;
    this.problem = problem;
    this.unit = levelUnit(uses, capacities);
    const largest = capacities.reduce((most, each) => Math.max(most, each), 0);
    this.knapsack = new AgentKnapsack(tasks, levelsLeft(largest, this.unit));
    this.prices = new Float64Array(tasks);
    this.takers = new Int32Array(tasks);
    this.assignmentBound = new Float64Array(agents * tasks);
    this.outCost = new Float64Array(tasks);
    this.direction = new Float64Array(tasks);
    const dearest = costs.reduce(
      (most, cost) => (cost < IMPOSSIBLE ? Math.max(most, Math.abs(cost)) : most),
      1,
    );
    this.priceMax = PRICE_SHARE_MAX * dearest;
    for (let task = 0; task < tasks; task += 1) {
      const offers = Array.from({ length: agents }, (_, agent) => costs[agent * tasks + task]);
      offers.sort((one, other) => one - other);
      // The second cheapest agent sets the price at which the cheapest is worth having.
      const price = offers[1] ?? offers[0] ?? 0;
      this.prices[task] = price < IMPOSSIBLE ? price : (offers[0] ?? 0);
    }
  }

  /** No completion of `node` costs less. */
  evaluate(node: Node): number {
    const { knapsack, takers, prices } = this;
    const { agents, tasks } = this.problem;
    let bound = node.cost;
    let volume = Math.abs(bound);
    for (let task = 0; task < tasks; task += 1) {
      takers[task] = 0;
      if (node.agentOf[task] >= 0) continue;
      bound += prices[task];
      volume += Math.abs(prices[task]);
    }
    for (let agent = 0; agent < agents; agent += 1) {
      this.offer(node, agent);
      bound -= knapsack.solve();
      knapsack.eachTaken((entry) => {
        takers[knapsack.tasks[entry]] += 1;
      });
    }
    // What adding up and taking off sums of this size can round away is taken off the bound.
    return bound - Number.EPSILON * (agents + tasks) * volume;
  }

  /** Moves the prices by `scale` times Polyak's step towards the cost `aim`. */
  step(node: Node, bound: number, aim: number, scale: number): void {
    const { takers, prices, direction, priceMax } = this;
    let norm = 0;
    for (let task = 0; task < prices.length; task += 1) {
      if (node.agentOf[task] >= 0) continue;
      direction[task] = 1 - takers[task] + 0.3 * direction[task];
      norm += direction[task] * direction[task];
    }
    if (norm === 0) return;
    const length = (scale * (aim - bound)) / norm;
    for (let task = 0; task < prices.length; task += 1) {
      if (node.agentOf[task] >= 0) continue;
      const price = prices[task] + length * direction[task];
      prices[task] = Math.max(-priceMax, Math.min(priceMax, price));
    }
  }

  /**
   * Sets the bound of every allowed assignment of an open task, given the node's `bound` at the
   * present prices: what it costs the agent to take the task, and the others to leave it.
   */
  priceAssignments(node: Node, bound: number): void {
    const { assignmentBound, outCost } = this;
    const { agents, tasks } = this.problem;
    outCost.fill(bound);
    assignmentBound.fill(IMPOSSIBLE);
    for (let agent = 0; agent < agents; agent += 1) this.priceAgent(node, agent);
    for (let agent = 0; agent < agents; agent += 1) {
      for (let task = 0; task < tasks; task += 1) {
        assignmentBound[agent * tasks + task] += outCost[task];
      }
    }
  }

  private priceAgent(node: Node, agent: number): void {
    const { knapsack, assignmentBound, outCost, prices, unit } = this;
    const { tasks, costs, uses } = this.problem;
    this.offer(node, agent);
    const value = knapsack.solve();
    knapsack.solveBothWays();
    this.work += 3 * knapsack.count * knapsack.capacity;
    for (let entry = 0; entry < knapsack.count; entry += 1) {
      const task = knapsack.tasks[entry];
      const out = value - knapsack.without(entry, knapsack.capacity);
      const left = knapsack.capacity - knapsack.levels[entry];
      const taken = value - knapsack.values[entry] - knapsack.without(entry, left);
      assignmentBound[agent * tasks + task] = taken - out;
      outCost[task] += out;
    }
    for (let task = 0; task < tasks; task += 1) {
      const pair = agent * tasks + task;
      if (node.agentOf[task] >= 0 || node.allowed[pair] === 0) continue;
      const gain = prices[task] - costs[pair];
      if (gain > 0) continue;
      const left = knapsack.capacity - levelsUsed(uses[pair], unit);
      assignmentBound[pair] = value - gain - knapsack.best[left];
    }
  }

  /** Puts into the knapsack what `agent` may take and what pays. */
  private offer(node: Node, agent: number): void {
    const { knapsack, prices, unit } = this;
    const { tasks, costs, uses } = this.problem;
    knapsack.count = 0;
    knapsack.capacity = levelsLeft(node.room[agent], unit);
    for (let task = 0; task < tasks; task += 1) {
      const pair = agent * tasks + task;
      if (node.allowed[pair] === 0 || node.agentOf[task] >= 0) continue;
      const value = prices[task] - costs[pair];
      if (value <= 0) continue;
      knapsack.values[knapsack.count] = value;
      knapsack.levels[knapsack.count] = levelsUsed(uses[pair], unit);
      knapsack.tasks[knapsack.count] = task;
      knapsack.count += 1;
    }
    this.work += knapsack.count * (knapsack.capacity + 1) + tasks;
  }
}
