/**
 * The multiple-choice knapsack, solved to proof by dynamic programming that begins at the linear
 * optimum and takes up classes in the order in which leaving that optimum costs least, until it
 * costs more than the gap: the core of the problem, expanded as far as needed (D. Pisinger, "A
 * minimal algorithm for the multiple-choice knapsack problem", EJOR 83 (1995)).
 */
import { type WorkBudget, workBudget } from "#foundation";
import { Incumbent } from "../../incumbent.ts";
import { assertMultipleChoice, type MultipleChoiceKnapsack } from "./instance.ts";
import { type LinearOptimum, linearOptimum } from "./linear-optimum.ts";
import { History, StateList } from "./state-list.ts";

/** The best choice found, and what is known of better ones. */
export interface Choice {
  /** Option of each class; `undefined` if no choice fits. */
  readonly optionOf: Int32Array | undefined;
  readonly objective: number;
  /** No choice is worth more. */
  readonly bound: number;
  readonly isProved: boolean;
}

const NO_CHOICE: Choice = Object.freeze({
  optionOf: undefined,
  objective: Number.NEGATIVE_INFINITY,
  bound: Number.NEGATIVE_INFINITY,
  isProved: true,
});

/** An option worth leaving the base choice for, with what that costs at the linear price. */
interface Deviation {
  readonly option: number;
  readonly weight: number;
  readonly profit: number;
  readonly loss: number;
}

/** Maximises. Work is counted in states made. With integral profits and weights it is exact. */
export function multipleChoiceKnapsack(
  problem: MultipleChoiceKnapsack,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
): Choice {
  assertMultipleChoice(problem);
  const optimum = linearOptimum(problem);
  if (optimum === undefined) return NO_CHOICE;
  return new Expansion(problem, optimum, budget).run();
}

class Expansion {
  private readonly problem: MultipleChoiceKnapsack;
  private readonly optimum: LinearOptimum;
  private readonly incumbent: Incumbent<Int32Array>;
  private readonly history = new History();
  private states = new StateList();
  private spare = new StateList();
  private bestEntry = -1;

  constructor(problem: MultipleChoiceKnapsack, optimum: LinearOptimum, budget: WorkBudget) {
    this.problem = problem;
    this.optimum = optimum;
    this.incumbent = new Incumbent(problem.profits, budget);
    let weight = 0;
    let profit = 0;
    for (const option of optimum.choice) {
      weight += problem.weights[option];
      profit += problem.profits[option];
    }
    this.states.append(weight, profit, -1);
    if (weight <= problem.capacity) this.incumbent.value = profit;
  }

  run(): Choice {
    const { incumbent, problem, optimum } = this;
    for (const deviations of this.deviationsByClass()) {
      // Classes come in order of their least loss, so no later one has anything to offer either.
      if (incumbent.isCutOff(optimum.bound - deviations[0].loss)) break;
      this.expand(deviations);
      if (this.states.count === 0 || !incumbent.spend(this.states.count)) break;
    }
    const objective = incumbent.value;
    const bound = incumbent.isStopped ? Math.max(objective, this.boundOfStates()) : objective;
    if (objective === Number.NEGATIVE_INFINITY)
      return { ...NO_CHOICE, bound, isProved: !incumbent.isStopped };
    const optionOf = optimum.choice.slice();
    for (const option of this.history.path(this.bestEntry)) {
      optionOf[classOf(problem, option)] = option;
    }
    return { optionOf, objective, bound, isProved: !incumbent.isStopped };
  }

  private deviationsByClass(): readonly (readonly Deviation[])[] {
    const { offsets, profits, weights } = this.problem;
    const { choice, price } = this.optimum;
    const classes = Array.from(choice, (base, at) => {
      const deviations: Deviation[] = [];
      for (let option = offsets[at]; option < offsets[at + 1]; option += 1) {
        if (option === base) continue;
        const weight = weights[option] - weights[base];
        const profit = profits[option] - profits[base];
        deviations.push({ option, weight, profit, loss: Math.max(0, price * weight - profit) });
      }
      return deviations.sort((one, other) => one.loss - other.loss || one.option - other.option);
    });
    return classes
      .filter((deviations) => deviations.length > 0)
      .sort((one, other) => one[0].loss - other[0].loss || one[0].option - other[0].option);
  }

  /** Adds to the states those that deviate in one more class. */
  private expand(deviations: readonly Deviation[]): void {
    const base = this.states;
    let merged = base;
    for (const deviation of deviations) {
      if (this.incumbent.isCutOff(this.optimum.bound - deviation.loss)) break;
      const into = merged === base ? this.spare : new StateList();
      this.merge(merged, base, deviation, into);
      merged = into;
    }
    if (merged === base) return;
    this.spare = base;
    this.spare.count = 0;
    this.states = merged;
  }

  /** Merges `kept` with `base` shifted by `deviation`, leaving out states without prospects. */
  private merge(kept: StateList, base: StateList, deviation: Deviation, into: StateList): void {
    const { option, weight, profit } = deviation;
    let first = 0;
    let second = 0;
    while (first < kept.count || second < base.count) {
      const keptWeight = first < kept.count ? kept.weights[first] : Number.POSITIVE_INFINITY;
      const nextWeight =
        second < base.count ? base.weights[second] + weight : Number.POSITIVE_INFINITY;
      if (keptWeight <= nextWeight) {
        this.admit(into, keptWeight, kept.profits[first], kept.entries[first], -1);
        first += 1;
      } else {
        this.admit(into, nextWeight, base.profits[second] + profit, base.entries[second], option);
        second += 1;
      }
    }
  }

  private admit(
    into: StateList,
    weight: number,
    profit: number,
    entry: number,
    option: number,
  ): void {
    const { incumbent, history } = this;
    const { capacity } = this.problem;
    const last = into.count - 1;
    if (last >= 0 && profit <= into.profits[last]) return;
    const improves = weight <= capacity && profit > incumbent.value;
    if (!improves && incumbent.isCutOff(profit + this.optimum.price * (capacity - weight))) return;
    const path = option < 0 ? entry : history.add(option, entry);
    if (improves) {
      incumbent.value = profit;
      this.bestEntry = path;
    }
    into.append(weight, profit, path);
  }

  private boundOfStates(): number {
    const { states } = this;
    const { capacity } = this.problem;
    let bound = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < states.count; at += 1) {
      const room = capacity - states.weights[at];
      bound = Math.max(bound, states.profits[at] + this.optimum.price * room);
    }
    return bound;
  }
}

function classOf({ offsets }: MultipleChoiceKnapsack, option: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsets[middle] <= option) low = middle;
    else high = middle;
  }
  return low;
}
