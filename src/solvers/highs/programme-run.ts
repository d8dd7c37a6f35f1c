/**
 * One run of the engine on one problem: ticks and incumbents while it runs, and what its status
 * comes to afterwards.
 */
import type { Highs, HighsCallbackMap, Model } from "highs";
import { Fault } from "#foundation";
import type { QuadraticProblem, Sample, SolveOptions, SolveResult, SolveStatus } from "#problem";
import { BestSample } from "../best-sample.ts";
import { TIME_LIMIT_SECONDS } from "./engine-clock.ts";
import { highsFaults } from "./faults.ts";
import { boundWithin, meets } from "./objective-bound.ts";
import { Programme } from "./programme.ts";
import { engine } from "./thread-engine.ts";

const METHOD = "HiGHS branch and cut";
/** The engine's tightest; used when rounding an answer of the usual tolerance breaks a row. */
const TIGHT_TOLERANCE = 1e-10;

/** How one call of the engine ended. */
type Ending = "optimal" | "infeasible" | "stopped" | "ambiguous";

/** Solves one problem once. */
export class ProgrammeRun {
  readonly #problem: QuadraticProblem;
  readonly #options: SolveOptions;
  readonly #programme: Programme;
  readonly #best: BestSample;
  /** A sample of another solver, to be offered to the engine when it asks. */
  #received: Sample | undefined;
  #iterations = 0;
  #work = 0;
  #stopped = false;

  constructor(problem: QuadraticProblem, options: SolveOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#programme = new Programme(problem);
    this.#best = new BestSample(problem, options);
  }

  /**
   * @throws Fault `highs-not-loaded`, `highs-failed`, or `problem-unbounded`.
   */
  solve(): SolveResult {
    if (this.#problem.variableCount === 0) return this.#constant();
    if (this.#options.start !== undefined) this.#best.take(this.#options.start);
    return engine.use(({ highs, clock }) =>
      clock.during(
        () => this.#isToStop(0),
        () => highs.withModel((model) => this.#run(highs, model)),
      ),
    );
  }

  #run(highs: Highs, model: Model): SolveResult {
    const { maximize, minimize } = highs.constants.objectiveSense;
    const sense = this.#problem.sense === "maximise" ? maximize : minimize;
    const seed = this.#options.seed & 0x7fffffff;
    const gaps = { mip_rel_gap: 0, mip_abs_gap: 0 };
    model.options.set({ output_flag: false, ...gaps, random_seed: seed });
    model.options.set("time_limit", TIME_LIMIT_SECONDS);
    model.passModel(this.#programme.modelData(sense));
    let ending = this.#call(highs, model);
    if (ending === "ambiguous") {
      model.options.set("presolve", "off");
      model.clearSolver();
      ending = this.#call(highs, model);
    }
    if (ending === "optimal" && this.#best.known === undefined) {
      model.options.set({
        mip_feasibility_tolerance: TIGHT_TOLERANCE,
        primal_feasibility_tolerance: TIGHT_TOLERANCE,
      });
      model.clearSolver();
      ending = this.#call(highs, model);
    }
    return this.#conclude(ending, Number(model.info.get("mip_dual_bound")));
  }

  #call(highs: Highs, model: Model): Ending {
    this.#iterations = 0;
    const start = this.#best.known?.sample.values;
    if (start !== undefined) {
      const indices = Int32Array.from(start, (_, variable) => variable);
      model.setSolution({ indices, values: this.#programme.columnsOf(start) });
    }
    const { modelStatus } = model.run(this.#callbacks(highs));
    const { modelStatus: codes } = highs.constants;
    switch (modelStatus) {
      case codes.optimal:
        this.#best.take({ values: this.#programme.sampleOf(model.getSolution().colValue) });
        return "optimal";
      case codes.infeasible:
        return "infeasible";
      case codes.interrupted:
      case codes.timeLimit:
        return "stopped";
      case codes.unboundedOrInfeasible:
        if (model.options.get("presolve") !== "off") return "ambiguous";
        throw unbounded();
      case codes.unbounded:
        throw unbounded();
      default: {
        const detail = `HiGHS: expected an answer, got model status ${modelStatus}`;
        throw new Fault(highsFaults.failed, { detail });
      }
    }
  }

  #callbacks(highs: Highs): HighsCallbackMap {
    const { mipInterrupt, mipImprovingSolution, mipUserSolution } = highs.constants.callbackType;
    return {
      [mipInterrupt]: (event) => {
        const { mip_total_lp_iterations: iterations, mip_node_count: nodes } = event.data;
        if (this.#isToStop(this.#workBy(Number(iterations ?? 0) + Number(nodes ?? 0)))) {
          event.interrupt();
        }
        return undefined;
      },
      [mipImprovingSolution]: (event) => {
        const columns = event.data.mip_solution;
        if (columns !== undefined) this.#best.take({ values: this.#programme.sampleOf(columns) });
        return undefined;
      },
      [mipUserSolution]: (event) => {
        const sample = this.#received;
        this.#received = undefined;
        if (sample === undefined || this.#programme.auxiliaryCount > 0) return undefined;
        event.setSolution(this.#programme.columnsOf(sample.values));
        return undefined;
      },
    };
  }

  /** Work since HiGHS last called back: what was iterated and branched, and 1. */
  #workBy(iterations: number): number {
    const work = 1 + Math.max(0, iterations - this.#iterations);
    this.#iterations = iterations;
    return work;
  }

  /** One tick. Readings of the clock come with no work: what it was is known when it calls back. */
  #isToStop(work: number): boolean {
    if (this.#stopped) return true;
    this.#work += work;
    this.#stopped = this.#options.budget.tick(work) === "stop";
    if (!this.#stopped) this.#received = this.#options.exchange?.() ?? this.#received;
    return this.#stopped;
  }

  #conclude(ending: Ending, engineBound: number): SolveResult {
    const best = this.#best.known;
    if (ending === "infeasible" && best === undefined) return this.#result("infeasible", undefined);
    const isKnown = Number.isFinite(engineBound);
    const { units } = this.#programme;
    const bound = isKnown ? boundWithin(this.#problem, engineBound, units) : undefined;
    if (best === undefined) return this.#result("unknown", bound);
    if (bound === undefined) return this.#result("feasible", undefined);
    if (ending === "optimal" && meets(this.#problem, best.objective, bound, units)) {
      return this.#result("optimal", best.objective);
    }
    return this.#result("feasible", bound);
  }

  /** Without variables there is one sample, and nothing to run. */
  #constant(): SolveResult {
    this.#best.take({ values: new Int32Array(0) });
    const best = this.#best.known;
    if (best === undefined) return this.#result("infeasible", undefined);
    return this.#result("optimal", best.objective);
  }

  #result(status: SolveStatus, bound: number | undefined): SolveResult {
    return Object.freeze({
      status,
      best: this.#best.known,
      bound,
      method: METHOD,
      work: this.#work,
    });
  }
}

function unbounded(): Fault {
  const detail = "the objective: expected a finite optimum, got one without end";
  return new Fault(highsFaults.unbounded, { detail });
}
