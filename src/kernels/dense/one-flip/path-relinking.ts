/**
 * Path relinking for dense quadratic functions of binary variables: a few good samples that differ,
 * walks from one towards another by the best flips, and tabu search from what lies between (Y.
 * Wang, Z. Lu, F. Glover and J.-K. Hao, "Path relinking for unconstrained binary quadratic
 * programming", European Journal of Operational Research 223, 2012).
 */
import { type RandomStream, type WorkBudget, workBudget } from "#foundation";
import type { AnswerExchange } from "../../answer-exchange.ts";
import { Effort } from "../effort.ts";
import { type BinarySample, Elite } from "../elite.ts";
import { assertBinaryQuadratic, type BinaryQuadratic, isBinarySample } from "./instance.ts";
import { OneFlipState } from "./state.ts";
import { OneFlipTabu } from "./tabu.ts";

const ELITE_MAX = 10;
/** Random samples tried for each place among the elite: few problems have so many that differ. */
const TRIES_EACH = 3;
/** Flips without anything better that end a tabu run: for each variable, and at least. */
const PATIENCE_EACH = 5;
const PATIENCE_MIN = 100;
/** What a path passes close to either end is one of the ends again after a tabu run. */
const END_SHARE = 1 / 3;

/**
 * Minimises until the budget ends; deterministic in instance, stream and tick replies. Work is
 * counted in gains brought up to date.
 */
export function pathRelinking(
  instance: BinaryQuadratic,
  stream: RandomStream,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
  { start, onBetter }: AnswerExchange<Uint8Array> = {},
): BinarySample {
  assertBinaryQuadratic(instance);
  if (instance.size === 0) return { values: new Uint8Array(0), value: 0 };
  const search = new PathRelinking(instance, stream, new Effort(budget), onBetter);
  if (start !== undefined && isBinarySample(instance, start)) search.improveFrom(start);
  while (search.round());
  return search.best;
}

class PathRelinking {
  best: BinarySample;
  readonly #state: OneFlipState;
  readonly #tabu: OneFlipTabu;
  readonly #elite = new Elite(ELITE_MAX);
  readonly #stream: RandomStream;
  readonly #effort: Effort;
  readonly #onBetter: AnswerExchange<Uint8Array>["onBetter"];

  constructor(
    instance: BinaryQuadratic,
    stream: RandomStream,
    effort: Effort,
    onBetter: AnswerExchange<Uint8Array>["onBetter"],
  ) {
    const { size } = instance;
    this.#state = new OneFlipState(instance);
    this.#tabu = new OneFlipTabu(this.#state, stream, effort);
    this.#stream = stream;
    this.#effort = effort;
    this.#onBetter = onBetter;
    this.best = { values: new Uint8Array(size), value: this.#state.value };
  }

  /** Fills the elite, and walks all paths between its samples. False once the run has to end. */
  round(): boolean {
    this.#elite.reduce();
    const { size } = this.#state;
    for (let tried = 0; tried < TRIES_EACH * ELITE_MAX && !this.#elite.isFull; tried += 1) {
      const drawn = new Uint8Array(size).map(() => this.#stream.below(2));
      if (!this.improveFrom(drawn)) return false;
    }
    let pair = this.#elite.takePair(this.#stream);
    for (; pair !== undefined; pair = this.#elite.takePair(this.#stream)) {
      const [one, other] = pair;
      if (!this.#relink(one, other) || !this.#relink(other, one)) return false;
    }
    return true;
  }

  /** A tabu run from `values`, whose best is offered to the elite. False once it has to end. */
  improveFrom(values: Uint8Array): boolean {
    this.#effort.spend(this.#state.moveTo(values));
    const tabu = this.#tabu;
    tabu.run(Math.max(PATIENCE_MIN, PATIENCE_EACH * this.#state.size));
    const found = { values: tabu.best.slice(), value: tabu.bestValue };
    if (found.value < this.best.value) {
      this.best = found;
      this.#onBetter?.(found.values.slice());
    }
    this.#elite.add(found);
    return !this.#effort.isOver;
  }

  /** Improves the best sample of the middle of a path. False once the run has to end. */
  #relink(from: BinarySample, to: BinarySample): boolean {
    const state = this.#state;
    this.#effort.spend(state.moveTo(from.values));
    const apart = this.#admitDifferences(from.values, to.values);
    const end = Math.floor(apart * END_SHARE);
    let least = Number.POSITIVE_INFINITY;
    const middle = from.values.slice();
    for (let step = 1; step <= apart - end; step += 1) {
      const variable = state.admittedFrom(this.#stream.below(state.size));
      state.bar(variable);
      state.flip(variable);
      if (step >= end && state.value < least) {
        least = state.value;
        state.copyTo(middle);
      }
      if (!this.#effort.spend(state.size)) return false;
    }
    return this.improveFrom(middle);
  }

  /** Bars every flip but those of variables that differ; how many these are. */
  #admitDifferences(from: Uint8Array, to: Uint8Array): number {
    const state = this.#state;
    let apart = 0;
    for (let variable = 0; variable < state.size; variable += 1) {
      if (from[variable] === to[variable]) state.bar(variable);
      else {
        state.admit(variable);
        apart += 1;
      }
    }
    state.look();
    return apart;
  }
}
