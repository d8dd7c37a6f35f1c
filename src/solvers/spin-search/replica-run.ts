/**
 * One run of a search by spin kernels: the budget's ticks while replicas are swept, and the best
 * sample. While sweeping, a bounded number of vector operations lies between two ticks. What comes
 * before the first and between sweeps - laying out, reading temperatures and samples off, and
 * exchanging clusters - has no ticks and takes longer the more spins there are.
 */
import { BLOCK_SPINS, type SpinReplicas } from "#kernels";
import type { QuadraticProblem, SolveOptions, SolveResult } from "#problem";
import { BestSample } from "../best-sample.ts";
import type { SpinForm } from "./spin-form.ts";

/** Vector operations between two ticks: about a millisecond. */
const TICK_OPERATIONS = 500_000;

/** Vector operations that count as one unit of work: as much as a term of other searches. */
const OPERATIONS_PER_WORK = 16;

/** Budget and incumbent of one run. */
export class ReplicaRun {
  isStopped = false;
  readonly #form: SpinForm;
  readonly #budget: SolveOptions["budget"];
  readonly #best: BestSample;
  #energyBest = Number.POSITIVE_INFINITY;
  #work = 0;
  /** Share of visits that flipped a spin, lately. */
  #flipShare = 1;

  constructor(problem: QuadraticProblem, options: SolveOptions, form: SpinForm) {
    this.#form = form;
    this.#budget = options.budget;
    this.#best = new BestSample(problem, options);
    if (options.start !== undefined) this.#best.begin(options.start);
  }

  /** Sweeps `count` times over all spins; true once the run has to end. */
  sweep(replicas: SpinReplicas, count: number): boolean {
    const { spinCount } = this.#form.glass;
    let left = count;
    while (left > 0 && !this.isStopped) {
      const sweeps = Math.min(left, this.#sweepsPerTick());
      if (sweeps >= 1) {
        this.#visit(replicas, 0, spinCount, sweeps);
        left -= sweeps;
      } else {
        this.#sweepInParts(replicas);
        left -= 1;
      }
    }
    return this.isStopped;
  }

  /** Gives every replica random spins; true once the run has to end. */
  scatter(replicas: SpinReplicas): boolean {
    replicas.setInfiniteTemperature();
    return this.sweep(replicas, 1);
  }

  /** Counts work done outside sweeps; true once the run has to end. */
  spend(work: number): boolean {
    this.#work += work;
    if (!this.isStopped) this.isStopped = this.#budget.tick(work) === "stop";
    return this.isStopped;
  }

  /** Lets every replica fall into a local minimum, and takes the best of them. */
  descend(replicas: SpinReplicas): boolean {
    replicas.setZeroTemperature();
    let flips = 1;
    while (flips > 0 && !this.isStopped) flips = this.#sweepInParts(replicas);
    this.harvest(replicas);
    return this.isStopped;
  }

  /** Takes the best replica if it is better than what is known. */
  harvest(replicas: SpinReplicas): void {
    const energies = replicas.energies();
    const lane = energies.indexOf(energies.reduce((a, b) => Math.min(a, b)));
    if (energies[lane] >= this.#energyBest) return;
    this.#energyBest = energies[lane];
    this.#best.take(this.#form.lift(replicas.spinsOf(lane)));
  }

  /** Closes the run. */
  result(): SolveResult {
    const best = this.#best.known;
    const status = best === undefined ? "unknown" : "feasible";
    return Object.freeze({ status, best, bound: undefined, work: this.#work });
  }

  /** Whole sweeps that fit between two ticks, even if suddenly everything flips: 0 if none does. */
  #sweepsPerTick(): number {
    const { spinCount, neighbours } = this.#form.glass;
    const expected = spinCount + this.#flipShare * neighbours.length;
    const worst = spinCount + neighbours.length;
    return Math.floor(Math.min(TICK_OPERATIONS / expected, (4 * TICK_OPERATIONS) / worst));
  }

  /** One sweep with ticks in between; how many visits flipped a spin. */
  #sweepInParts(replicas: SpinReplicas): number {
    const { spinCount, neighbours } = this.#form.glass;
    const perSpin = 1 + neighbours.length / Math.max(1, spinCount);
    const part = BLOCK_SPINS * Math.ceil(TICK_OPERATIONS / perSpin / BLOCK_SPINS);
    let flips = 0;
    for (let first = 0; first < spinCount && !this.isStopped; first += part) {
      flips += this.#visit(replicas, first, Math.min(spinCount, first + part), 1);
    }
    return flips;
  }

  #visit(replicas: SpinReplicas, first: number, end: number, sweeps: number): number {
    const { spinCount, neighbours } = this.#form.glass;
    const visits = (end - first) * sweeps;
    const flips = replicas.sweep(first, end, sweeps);
    this.#flipShare = flips / visits;
    const operations = visits + (flips * neighbours.length) / spinCount;
    this.spend(Math.ceil(operations / OPERATIONS_PER_WORK));
    return flips;
  }
}
