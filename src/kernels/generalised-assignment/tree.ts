/**
 * Branch and bound for generalised assignment: prices are improved while that helps, assignments
 * are ruled out whose bound reaches the best known cost, and the task whose alternatives differ
 * most is given to its cheapest agent, or forbidden it.
 */
import type { Incumbent } from "../incumbent.ts";
import type { GeneralisedAssignment } from "./instance.ts";
import { Node } from "./node.ts";
import { PriceBound } from "./price-bound.ts";

const ROOT_STEPS = 600;
const NODE_STEPS = 12;
const TIE_SHARE = 1e-3;
/** Where to aim the bound, above it, before any assignment is known. */
const AIM_SHARE = 0.05;

/** One search over a tree of its own. */
export class Tree {
  readonly node: Node;
  readonly bound: PriceBound;
  private readonly problem: GeneralisedAssignment;
  private readonly incumbent: Incumbent<Int32Array>;
  private workMax = Number.POSITIVE_INFINITY;
  private reported = 0;

  constructor(problem: GeneralisedAssignment, incumbent: Incumbent<Int32Array>) {
    this.problem = problem;
    this.incumbent = incumbent;
    this.node = new Node(problem);
    this.bound = new PriceBound(problem);
  }

  /** Raises the bound of the root and rules out assignments. */
  openRoot(): number {
    return this.tighten(Number.NEGATIVE_INFINITY, ROOT_STEPS);
  }

  /**
   * Searches below the present node, or until the budget ends or `workMax` is used up; returns the
   * bound of what was not searched. `beside` is called at every node.
   */
  search(least: number, workMax: number, beside: (work: number) => void): number {
    this.workMax = this.bound.work + workMax;
    return this.descend(least, beside);
  }

  /** Whether the last search ended early for want of work. */
  get isExhausted(): boolean {
    return this.bound.work >= this.workMax;
  }

  private descend(parentBound: number, beside: (work: number) => void): number {
    const { node, incumbent, bound } = this;
    const depth = node.depth;
    const least = node.isDead ? Number.POSITIVE_INFINITY : this.tighten(parentBound, NODE_STEPS);
    let open = Number.POSITIVE_INFINITY;
    if (!incumbent.isCutOff(-least)) {
      beside(bound.work);
      if (incumbent.isStopped || this.isExhausted) open = least;
      else if (node.openTasks === 0) incumbent.offer(node.agentOf, -node.cost);
      else open = this.branch(least, beside);
    }
    node.undoTo(depth);
    return open;
  }

  private branch(least: number, beside: (work: number) => void): number {
    const { node, incumbent } = this;
    const { task, agent, otherBound, ownBound } = this.pivotalTask();
    const depth = node.depth;
    let open = Number.POSITIVE_INFINITY;
    if (!incumbent.isCutOff(-Math.max(least, ownBound))) {
      node.require(agent, task);
      node.settle();
      open = this.descend(Math.max(least, ownBound), beside);
      node.undoTo(depth);
    }
    if (!incumbent.isCutOff(-Math.max(least, otherBound))) {
      node.forbid(agent, task);
      node.settle();
      open = Math.min(open, this.descend(Math.max(least, otherBound), beside));
      node.undoTo(depth);
    }
    return open;
  }

  /** Raises the bound of the node and rules out assignments until neither gets further. */
  private tighten(parentBound: number, steps: number): number {
    const { node, bound, incumbent } = this;
    let greatest = parentBound;
    let reached = Number.NEGATIVE_INFINITY;
    let scale = 1;
    let idle = 0;
    for (let step = 0; step < steps; step += 1) {
      const cost = bound.evaluate(node);
      const gap = Math.abs(this.aim(cost) - cost);
      idle = cost > reached + 1e-3 * gap ? 0 : idle + 1;
      reached = Math.max(reached, cost);
      greatest = Math.max(greatest, cost);
      if (!this.spend() || incumbent.isCutOff(-greatest)) return greatest;
      if (step % 10 === 9 || step === steps - 1) {
        greatest = Math.max(greatest, this.ruleOut(cost));
        if (node.isDead) return Number.POSITIVE_INFINITY;
        if (node.openTasks === 0 || incumbent.isCutOff(-greatest)) return greatest;
      }
      if (idle >= 10) {
        scale *= 0.6;
        idle = 0;
        if (scale < 0.01) break;
      }
      bound.step(node, cost, this.aim(cost), scale);
    }
    return greatest;
  }

  /** Forbids assignments cut off at the present prices; returns the bound this gives. */
  private ruleOut(cost: number): number {
    const { node, bound, incumbent } = this;
    const { agents, tasks } = this.problem;
    bound.priceAssignments(node, cost);
    let greatest = cost;
    for (let task = 0; task < tasks; task += 1) {
      if (node.agentOf[task] >= 0) continue;
      let cheapest = Number.POSITIVE_INFINITY;
      for (let agent = 0; agent < agents; agent += 1) {
        const least = bound.assignmentBound[agent * tasks + task];
        cheapest = Math.min(cheapest, least);
        if (incumbent.isCutOff(-least)) node.forbid(agent, task);
      }
      greatest = Math.max(greatest, cheapest);
    }
    node.settle();
    return greatest;
  }

  /** The open task that is dearest even at its cheapest agent, and that agent. */
  private pivotalTask() {
    const { node, bound } = this;
    const { agents, tasks } = this.problem;
    const best = { task: -1, agent: -1, ownBound: 0, otherBound: Number.NEGATIVE_INFINITY };
    let score = Number.NEGATIVE_INFINITY;
    for (let task = 0; task < tasks; task += 1) {
      if (node.agentOf[task] >= 0) continue;
      let first = -1;
      let own = Number.POSITIVE_INFINITY;
      let other = Number.POSITIVE_INFINITY;
      for (let agent = 0; agent < agents; agent += 1) {
        if (node.allowed[agent * tasks + task] === 0) continue;
        const least = bound.assignmentBound[agent * tasks + task];
        if (least < own || first < 0) {
          other = own;
          own = least;
          first = agent;
        } else if (least < other) other = least;
      }
      // Ties go to the task whose other agents are dearer too.
      const urgency = own + TIE_SHARE * other;
      if (urgency <= score) continue;
      score = urgency;
      best.task = task;
      best.agent = first;
      best.ownBound = own;
      best.otherBound = other;
    }
    return best;
  }

  /** The cost subgradient steps aim at: the best known, or somewhat above the `bound`. */
  private aim(bound: number): number {
    const { answer, value } = this.incumbent;
    return answer === undefined ? bound + AIM_SHARE * Math.abs(bound) + 1 : -value;
  }

  private spend(): boolean {
    const work = this.bound.work - this.reported;
    this.reported = this.bound.work;
    return this.incumbent.spend(work);
  }
}
