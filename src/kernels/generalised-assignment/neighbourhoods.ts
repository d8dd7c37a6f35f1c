/**
 * Large neighbourhoods of the best assignment: some tasks are set free, those above all whose agent
 * looks dear at the root's prices; everything else stays, and a small tree finds the best way to
 * put them back. How many are freed adapts to what a small tree can search.
 */
import type { RandomStream } from "#foundation";
import type { Incumbent } from "../incumbent.ts";
import type { GeneralisedAssignment } from "./instance.ts";
import { Tree } from "./tree.ts";

const WORK_MAX = 8_000_000;
const FREE_TASKS_FIRST = 30;
/** Whole agents are freed once in so many searches, dear tasks otherwise. */
const AGENTS_EVERY = 5;
const GROWTH = 1.02;
const SHRINKAGE = 0.9;

/** A series of searches, each in one neighbourhood. */
export class Neighbourhoods {
  private readonly problem: GeneralisedAssignment;
  private readonly incumbent: Incumbent<Int32Array>;
  private readonly tree: Tree;
  private readonly prices: Float64Array;
  private readonly stream: RandomStream;
  private readonly regret: Float64Array;
  private readonly isFree: Uint8Array;
  private freeTasks = FREE_TASKS_FIRST;

  /**
   * `prices` are those of the root, from which every search starts; `regret` is what each pair
   * costs there above the bound, agent by agent.
   */
  constructor(
    problem: GeneralisedAssignment,
    incumbent: Incumbent<Int32Array>,
    prices: Float64Array,
    regret: Float64Array,
    stream: RandomStream,
  ) {
    this.problem = problem;
    this.incumbent = incumbent;
    this.prices = prices;
    this.stream = stream;
    this.regret = regret;
    this.isFree = new Uint8Array(problem.tasks);
    this.tree = new Tree(problem, incumbent);
  }

  /** Work done so far. */
  get work(): number {
    return this.tree.bound.work;
  }

  /** Searches one neighbourhood of the best assignment; without one, everything, for a while. */
  searchOne(): void {
    const { tree, incumbent, prices } = this;
    const depth = tree.node.depth;
    tree.bound.prices.set(prices);
    if (incumbent.answer !== undefined) {
      if (this.stream.below(AGENTS_EVERY) === 0) this.freeAgents(incumbent.answer);
      else this.freeDearTasks(incumbent.answer);
      this.fixOthers(incumbent.answer);
    }
    tree.search(Number.NEGATIVE_INFINITY, WORK_MAX, () => {});
    this.freeTasks *= tree.isExhausted ? SHRINKAGE : GROWTH;
    this.freeTasks = Math.min(Math.max(this.freeTasks, 2), this.problem.tasks);
    tree.node.undoTo(depth);
  }

  /** Frees all tasks of a few agents. */
  private freeAgents(agentOf: Int32Array): void {
    const { stream, isFree } = this;
    const { agents } = this.problem;
    isFree.fill(0);
    let count = 0;
    for (let turn = 0; turn < agents && count < this.freeTasks; turn += 1) {
      const agent = stream.below(agents);
      for (let task = 0; task < agentOf.length; task += 1) {
        if (agentOf[task] !== agent || isFree[task] === 1) continue;
        isFree[task] = 1;
        count += 1;
      }
    }
  }

  /** Frees tasks whose agent looks dear at the root's prices, and some others. */
  private freeDearTasks(agentOf: Int32Array): void {
    const { stream, isFree, regret } = this;
    const { tasks } = this.problem;
    const pairs = agentOf.map((agent, task) => agent * tasks + task);
    // What the whole assignment costs too much is shared out, so that no task is left out for ever.
    const share = pairs.reduce((sum, pair) => sum + regret[pair], 0) / tasks;
    const rank = Float64Array.from(pairs, (pair) => (share + regret[pair]) * stream.unit());
    const order = Int32Array.from(agentOf, (_, task) => task);
    order.sort((one, other) => rank[other] - rank[one] || one - other);
    isFree.fill(0);
    for (const task of order.subarray(0, this.freeTasks)) isFree[task] = 1;
  }

  private fixOthers(agentOf: Int32Array): void {
    const { node } = this.tree;
    for (let task = 0; task < agentOf.length; task += 1) {
      if (this.isFree[task] === 0) node.require(agentOf[task], task);
    }
    node.settle();
  }
}
