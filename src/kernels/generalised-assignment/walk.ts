/** Tabu search on the account of the tree: it runs beside it and feeds the incumbent. */
import type { RandomStream } from "#foundation";
import type { Incumbent } from "../incumbent.ts";
import type { GeneralisedAssignment } from "./instance.ts";
import { Tabu } from "./tabu.ts";

/** Agents a task may move to once bounds are known. */
const CANDIDATES = 4;

/** One walk; it can be resumed. */
export class Walk {
  private readonly tabu: Tabu;
  private readonly problem: GeneralisedAssignment;
  private readonly incumbent: Incumbent<Int32Array>;

  constructor(
    problem: GeneralisedAssignment,
    incumbent: Incumbent<Int32Array>,
    stream: RandomStream,
  ) {
    const { agents, tasks, costs } = problem;
    this.problem = problem;
    this.tabu = new Tabu(problem, stream);
    this.incumbent = incumbent;
    const cheapest = Int32Array.from({ length: tasks }, (_, task) => {
      let agent = 0;
      for (let other = 1; other < agents; other += 1) {
        if (costs[other * tasks + task] < costs[agent * tasks + task]) agent = other;
      }
      return agent;
    });
    this.tabu.start(cheapest);
  }

  /** Work done so far. */
  get work(): number {
    return this.tabu.work;
  }

  /**
   * Goes on from the cheapest assignment at these bounds, moving tasks only to agents whose bound
   * is among the least for them.
   */
  focus(bounds: Float64Array): void {
    const { agents, tasks } = this.problem;
    const limits = new Float64Array(tasks);
    const cheapest = Int32Array.from({ length: tasks }, (_, task) => {
      const own = Array.from({ length: agents }, (_each, agent) => bounds[agent * tasks + task]);
      const sorted = own.toSorted((one, other) => one - other);
      limits[task] = sorted[Math.min(CANDIDATES, agents) - 1];
      return own.indexOf(sorted[0]);
    });
    this.tabu.focus((agent, task) => bounds[agent * tasks + task] <= limits[task]);
    this.tabu.start(cheapest);
  }

  /** Makes `count` more moves, or fewer if the budget ends. */
  run(count: number): void {
    const { tabu, incumbent } = this;
    for (let step = 0; step < count && !incumbent.isStopped; step += 1) {
      const before = tabu.work;
      tabu.step();
      incumbent.spend(tabu.work - before);
      if (-tabu.cost <= incumbent.value || !tabu.isFeasible) continue;
      // Loads and cost are kept up move by move; added up anew they are free of what that rounded.
      tabu.start(tabu.agentOf);
      if (tabu.isFeasible) incumbent.offer(tabu.agentOf, -tabu.cost);
    }
  }
}
