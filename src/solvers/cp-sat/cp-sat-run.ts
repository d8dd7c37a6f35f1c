/**
 * Runs of CP-SAT: slices of its own deterministic time, each twice as long as the one before and
 * begun from the best sample known, with a tick after each. So the same ticks give the same answer,
 * and starting over costs at most as much again. A stop is heard at the end of a slice; the samples
 * found until then have been told. Nothing it says is believed before it is judged.
 */
import { Fault } from "#foundation";
import {
  isBetterObjective,
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  type Solver,
  type SolveStatus,
  type Support,
  sampleFlaw,
  solverOf,
} from "#problem";
import { BestSample } from "../best-sample.ts";
import type { CpSatEngine } from "./engine.ts";
import { cpSatFaults } from "./faults.ts";
import type { CpEnd, CpModel } from "./messages.ts";
import { modelOf } from "./model.ts";
import { supportsModel } from "./support.ts";

const METHOD = "CP-SAT";
/** In CP-SAT's deterministic time, of which a unit is some seconds as WebAssembly. */
const FIRST_SLICE = 0.02;
/** Units of work in one of deterministic time. */
const WORK_PER_TIME = 1_000_000;

/** CP-SAT run by `engine`. */
export function cpSatBy(engine: CpSatEngine): Solver {
  return solverOf("quadratic", {
    name: "cp-sat",
    version: 1,
    guarantee: "exact",
    supports: (problem: QuadraticProblem): Support => {
      if (engine.isInstalled) return supportsModel(problem);
      return { kind: "no", reason: "or-tools-wasm is not installed" };
    },
    solve: (problem, options) => new CpSatRun(problem, options, engine).solve(),
  });
}

/** Solves one problem once. */
class CpSatRun {
  readonly #problem: QuadraticProblem;
  readonly #options: SolveOptions;
  readonly #engine: CpSatEngine;
  readonly #model: CpModel;
  readonly #best: BestSample;
  #bound: number | undefined;
  #work = 0;

  constructor(problem: QuadraticProblem, options: SolveOptions, engine: CpSatEngine) {
    this.#problem = problem;
    this.#options = options;
    this.#engine = engine;
    this.#model = modelOf(problem);
    this.#best = new BestSample(problem, options);
  }

  /** @throws Fault `cp-sat-failed`, also when what it claims does not hold. */
  solve(): SolveResult {
    if (this.#options.start !== undefined) this.#take(this.#options.start.values);
    for (let slice = FIRST_SLICE; ; slice *= 2) {
      const end = this.#run(slice);
      const status = this.#conclude(end);
      if (status !== undefined) {
        this.#work += workOf(end.deterministicTime);
        return this.#result(status);
      }
      if (this.#isToStop(slice)) {
        return this.#result(this.#best.known === undefined ? "unknown" : "feasible");
      }
    }
  }

  #run(slice: number): CpEnd {
    const hint = this.#best.known?.sample.values;
    const vars = hint === undefined ? [] : [...hint.keys()];
    const order = {
      model: { ...this.#model, solutionHint: { vars, values: [...(hint ?? [])] } },
      parameters: {
        numSearchWorkers: 1 as const,
        randomSeed: this.#options.seed & 0x7fffffff,
        maxDeterministicTime: slice,
      },
    };
    return this.#engine.run(order, (solution) => this.#takeSolution(solution));
  }

  /** What a slice proved; `undefined` when it ended with its time. */
  #conclude({ status, solution, bound, remark }: CpEnd): SolveStatus | undefined {
    switch (status) {
      case "UNKNOWN":
        return undefined;
      case "FEASIBLE":
        this.#takeSolution(solution);
        this.#narrow(bound);
        return undefined;
      case "OPTIMAL":
        this.#takeSolution(solution);
        this.#narrow(bound);
        if (this.#best.known === undefined || this.#best.known.objective !== this.#bound) {
          throw failure(
            `an optimum of ${this.#bound}, and a sample of ${this.#best.known?.objective}`,
          );
        }
        return "optimal";
      case "INFEASIBLE":
        if (this.#best.known !== undefined) throw failure("no solution where there is one");
        return "infeasible";
      default:
        throw failure(`status ${status} ${remark}`);
    }
  }

  /** One tick, of what the slice was given. */
  #isToStop(slice: number): boolean {
    const work = workOf(slice);
    this.#work += work;
    if (this.#options.budget.tick(work) === "stop") return true;
    const offered = this.#options.exchange?.();
    if (offered !== undefined) this.#take(offered.values);
    return false;
  }

  /** Keeps the better of two bounds; the engine's is of a sum made small, without the offset. */
  #narrow(engineBound: number): void {
    const { objective, sense } = this.#problem;
    // Its objectives are whole, and so is the least of them; it is told as a double.
    const whole = Math.ceil(engineBound - 1e-6);
    const bound = objective.offset + (sense === "minimise" ? whole : -whole);
    if (!Number.isSafeInteger(bound)) return;
    const known = this.#bound;
    if (known === undefined || isBetterObjective(sense, known, bound)) this.#bound = bound;
  }

  #takeSolution(solution: readonly number[]): void {
    const values = solution.slice(0, this.#problem.variableCount);
    if (values.every(Number.isInteger) && this.#take(Int32Array.from(values))) return;
    throw failure("a solution that breaks a constraint");
  }

  /** Whether the sample is feasible; it becomes the best one if it is better. */
  #take(values: Int32Array): boolean {
    if (sampleFlaw(this.#problem, values) !== undefined) return false;
    return this.#best.take({ values }) !== undefined;
  }

  #result(status: SolveStatus): SolveResult {
    const bound = status === "infeasible" ? undefined : this.#bound;
    return Object.freeze({
      status,
      best: this.#best.known,
      bound,
      method: METHOD,
      work: this.#work,
    });
  }
}

function workOf(deterministicTime: number): number {
  return Math.ceil(deterministicTime * WORK_PER_TIME);
}

function failure(got: string): Fault {
  return new Fault(cpSatFaults.failed, { detail: `CP-SAT: expected an answer, got ${got}` });
}
