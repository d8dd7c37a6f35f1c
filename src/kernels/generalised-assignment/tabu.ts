/**
 * Tabu search by moving one task or exchanging two. Agents may be overloaded at a price that rises
 * while the search stays outside and falls while it stays inside, so it keeps crossing the border
 * where good assignments lie (M. Yagiura, T. Ibaraki and F. Glover, "An ejection chain approach for
 * the generalized assignment problem", INFORMS Journal on Computing 16 (2004), without the chains).
 */
import { type RandomStream, shuffle } from "#foundation";
import type { GeneralisedAssignment } from "./instance.ts";

const TENURE_MIN = 4;
const TENURE_SPREAD = 12;
const OVERLOAD_RISE = 1.06;
const OVERLOAD_FALL = 0.94;
/** Tasks whose moves are looked at in one step. */
const SAMPLE_MAX = 64;

/** One search; it can be resumed. */
export class Tabu {
  readonly agentOf: Int32Array;
  cost = 0;
  /** Moves evaluated so far. */
  work = 0;
  private readonly problem: GeneralisedAssignment;
  private readonly stream: RandomStream;
  private readonly load: Float64Array;
  /** Until which step a task may not return to an agent. */
  private readonly barredUntil: Int32Array;
  /** 1 where a task may move to an agent; task by task. */
  private readonly isCandidate: Uint8Array;
  private readonly order: Int32Array;
  private cursor = 0;
  private overloadPrice: number;
  private now = 0;
  private move = { gain: 0, task: -1, agent: -1, partner: -1 };

  constructor(problem: GeneralisedAssignment, stream: RandomStream) {
    const { agents, tasks, costs, uses } = problem;
    this.problem = problem;
    this.stream = stream;
    this.agentOf = new Int32Array(tasks);
    this.load = new Float64Array(agents);
    this.barredUntil = new Int32Array(agents * tasks);
    this.isCandidate = new Uint8Array(agents * tasks).fill(1);
    this.order = Int32Array.from({ length: tasks }, (_, task) => task);
    const finite = costs.filter((cost) => cost < Number.POSITIVE_INFINITY);
    const costMean = finite.reduce((sum, cost) => sum + Math.abs(cost), 0) / finite.length;
    const useMean = uses.reduce((sum, use) => sum + use, 0) / uses.length;
    this.overloadPrice = (0.1 * costMean) / Math.max(useMean, Number.MIN_VALUE);
  }

  /** Whether no agent is overloaded. */
  get isFeasible(): boolean {
    return this.load.every((load, agent) => load <= this.problem.capacities[agent]);
  }

  /** Starts from `agentOf`, overloaded or not. */
  start(agentOf: Int32Array): void {
    const { tasks, costs, uses } = this.problem;
    this.agentOf.set(agentOf);
    this.load.fill(0);
    this.cost = 0;
    for (let task = 0; task < tasks; task += 1) {
      const pair = agentOf[task] * tasks + task;
      this.load[agentOf[task]] += uses[pair];
      this.cost += costs[pair];
    }
  }

  /** Lets each task move only to agents for which `isWanted`. */
  focus(isWanted: (agent: number, task: number) => boolean): void {
    const { agents, tasks } = this.problem;
    for (let task = 0; task < tasks; task += 1) {
      for (let agent = 0; agent < agents; agent += 1) {
        this.isCandidate[task * agents + agent] = isWanted(agent, task) ? 1 : 0;
      }
    }
  }

  /** Makes the best move that is not barred, of those of the next tasks in turn. */
  step(): void {
    const { tasks } = this.problem;
    this.now += 1;
    this.move.gain = Number.POSITIVE_INFINITY;
    for (let count = Math.min(SAMPLE_MAX, tasks); count > 0; count -= 1) {
      const task = this.nextTask();
      this.tryMoving(task);
      this.tryExchanging(task);
    }
    if (this.move.gain === Number.POSITIVE_INFINITY) return;
    const { task, agent, partner } = this.move;
    const left = this.agentOf[task];
    this.reassign(task, partner < 0 ? agent : this.agentOf[partner]);
    if (partner >= 0) this.reassign(partner, left);
    this.overloadPrice *= this.isFeasible ? OVERLOAD_FALL : OVERLOAD_RISE;
  }

  private nextTask(): number {
    if (this.cursor === 0) shuffle(this.order, this.stream);
    const task = this.order[this.cursor];
    this.cursor = (this.cursor + 1) % this.order.length;
    return task;
  }

  private reassign(task: number, agent: number): void {
    const { tasks, costs, uses } = this.problem;
    const left = this.agentOf[task];
    this.load[left] -= uses[left * tasks + task];
    this.load[agent] += uses[agent * tasks + task];
    this.cost += costs[agent * tasks + task] - costs[left * tasks + task];
    this.agentOf[task] = agent;
    this.barredUntil[left * tasks + task] =
      this.now + TENURE_MIN + this.stream.below(TENURE_SPREAD);
  }

  private overload(agent: number, change: number): number {
    const over = this.load[agent] + change - this.problem.capacities[agent];
    return over > 0 ? over : 0;
  }

  private tryMoving(task: number): void {
    const { agents, tasks, costs, uses } = this.problem;
    const { barredUntil, now, move, overloadPrice, isCandidate } = this;
    const from = this.agentOf[task];
    const use = uses[from * tasks + task];
    const relief = this.overload(from, -use) - this.overload(from, 0);
    const cost = costs[from * tasks + task];
    for (let agent = 0; agent < agents; agent += 1) {
      const pair = agent * tasks + task;
      if (isCandidate[task * agents + agent] === 0 || agent === from) continue;
      if (barredUntil[pair] > now) continue;
      const burden = this.overload(agent, uses[pair]) - this.overload(agent, 0);
      const gain = costs[pair] - cost + overloadPrice * (relief + burden);
      if (gain >= move.gain) continue;
      move.gain = gain;
      move.task = task;
      move.agent = agent;
      move.partner = -1;
    }
    this.work += agents;
  }

  private tryExchanging(task: number): void {
    const { agents, tasks, costs, uses, capacities } = this.problem;
    const { agentOf, load, barredUntil, now, move, overloadPrice, isCandidate } = this;
    const from = agentOf[task];
    const use = uses[from * tasks + task];
    const cost = costs[from * tasks + task];
    const spare = load[from] - use - capacities[from];
    const overNow = this.overload(from, 0);
    for (let partner = 0; partner < tasks; partner += 1) {
      const to = agentOf[partner];
      if (to === from || isCandidate[task * agents + to] === 0) continue;
      if (isCandidate[partner * agents + from] === 0) continue;
      const there = to * tasks + task;
      const here = from * tasks + partner;
      const costChange = costs[there] + costs[here] - cost - costs[to * tasks + partner];
      const toNow = load[to] - capacities[to];
      const fromThen = spare + uses[here];
      const toThen = toNow + uses[there] - uses[to * tasks + partner];
      const over =
        (fromThen > 0 ? fromThen : 0) +
        (toThen > 0 ? toThen : 0) -
        overNow -
        (toNow > 0 ? toNow : 0);
      const gain = costChange + overloadPrice * over;
      if (gain >= move.gain || barredUntil[there] > now || barredUntil[here] > now) continue;
      move.gain = gain;
      move.task = task;
      move.partner = partner;
    }
    this.work += tasks;
  }
}
