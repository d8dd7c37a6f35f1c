/**
 * Where the search stands: which agents each task may still go to. A task with one agent left is
 * assigned, and an agent without room for a task cannot have it. Steps are taken back in reverse.
 */
import type { GeneralisedAssignment } from "./instance.ts";

/** The state of one path from the root. */
export class Node {
  readonly problem: GeneralisedAssignment;
  /** 1 where the task may still go to the agent; `agents` times `tasks`. */
  readonly allowed: Uint8Array;
  /** Agents left for each task. */
  readonly options: Int32Array;
  /** Agent of each assigned task, -1 for open ones. */
  readonly agentOf: Int32Array;
  /** Capacity left by assigned tasks. */
  readonly room: Float64Array;
  cost = 0;
  openTasks: number;
  /** Some task has no agent left. */
  isDead = false;
  private readonly trail: number[] = [];
  /** Per assigned task: its agent's room, and the cost, before; so that undoing cannot drift. */
  private readonly roomBefore: Float64Array;
  private readonly costBefore: Float64Array;

  constructor(problem: GeneralisedAssignment) {
    const { agents, tasks, costs, uses, capacities } = problem;
    this.problem = problem;
    this.allowed = new Uint8Array(agents * tasks).fill(1);
    this.options = new Int32Array(tasks).fill(agents);
    this.agentOf = new Int32Array(tasks).fill(-1);
    this.room = capacities.slice();
    this.roomBefore = new Float64Array(tasks);
    this.costBefore = new Float64Array(tasks);
    this.openTasks = tasks;
    this.isDead = agents === 0 && tasks > 0;
    for (let agent = 0; agent < agents; agent += 1) {
      for (let task = 0; task < tasks; task += 1) {
        const pair = agent * tasks + task;
        const isPossible =
          uses[pair] <= capacities[agent] && costs[pair] < Number.POSITIVE_INFINITY;
        if (!isPossible) this.forbid(agent, task);
      }
    }
    this.settle();
  }

  /** A mark to undo to. */
  get depth(): number {
    return this.trail.length;
  }

  /** Rules a pair out; call `settle` when done ruling out. */
  forbid(agent: number, task: number): void {
    const pair = agent * this.problem.tasks + task;
    if (this.allowed[pair] === 0) return;
    this.allowed[pair] = 0;
    this.options[task] -= 1;
    this.trail.push(pair);
    if (this.options[task] === 0) this.isDead = true;
  }

  /** Rules out all other agents for `task`; call `settle` when done. */
  require(agent: number, task: number): void {
    for (let other = 0; other < this.problem.agents; other += 1) {
      if (other !== agent) this.forbid(other, task);
    }
  }

  /** Assigns tasks with one agent left and rules out what no longer fits, until nothing changes. */
  settle(): void {
    const { tasks } = this.problem;
    for (let isChanged = true; isChanged && !this.isDead; ) {
      isChanged = false;
      for (let task = 0; task < tasks && !this.isDead; task += 1) {
        if (this.agentOf[task] >= 0 || this.options[task] !== 1) continue;
        this.assign(this.onlyAgent(task), task);
        isChanged = true;
      }
    }
  }

  /** Takes back everything since `depth`. */
  undoTo(depth: number): void {
    const { tasks } = this.problem;
    while (this.trail.length > depth) {
      const step = this.trail.pop() ?? 0;
      if (step >= 0) {
        this.allowed[step] = 1;
        this.options[step % tasks] += 1;
        continue;
      }
      const task = -1 - step;
      this.room[this.agentOf[task]] = this.roomBefore[task];
      this.cost = this.costBefore[task];
      this.agentOf[task] = -1;
      this.openTasks += 1;
    }
    this.isDead = false;
  }

  private onlyAgent(task: number): number {
    let agent = 0;
    while (this.allowed[agent * this.problem.tasks + task] === 0) agent += 1;
    return agent;
  }

  private assign(agent: number, task: number): void {
    const { tasks, costs, uses } = this.problem;
    const start = agent * tasks;
    this.agentOf[task] = agent;
    this.roomBefore[task] = this.room[agent];
    this.costBefore[task] = this.cost;
    this.room[agent] -= uses[start + task];
    this.cost += costs[start + task];
    this.openTasks -= 1;
    this.trail.push(-1 - task);
    for (let other = 0; other < tasks; other += 1) {
      if (this.agentOf[other] >= 0 || this.allowed[start + other] === 0) continue;
      if (uses[start + other] > this.room[agent]) this.forbid(agent, other);
    }
  }
}
