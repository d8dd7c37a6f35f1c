/**
 * What chain strength does to what an annealer returns: the twin on complete spin glasses, at
 * strengths around the one uniform torque compensation chooses. No goal: a figure to look at.
 */

import { present, randomStream, workBudget } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { ADVANTAGE, annealerTwin, solverNamed } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";

const SIZE = 40;
const WORK = 4_000_000;
const PREFACTORS = Object.freeze([0.1, 0.35, 0.7, 1, 1.4, 2.8, 10]);

/** One reading for each strength. */
export function measureTwin({ isQuick }: FigureOptions): readonly Reading[] {
  const sampler = present(solverNamed("quadratic-annealing"), "the sampler");
  const polisher = present(solverNamed("descent"), "the polisher");
  const problem = spinGlass(isQuick ? 10 : SIZE);
  const budget = () => workBudget(isQuick ? WORK / 20 : WORK);
  const reference = sampler.solve(problem, { seed: 1, budget: workBudget(WORK) }).best?.objective;
  return PREFACTORS.map((prefactor) => {
    const chainStrength = { kind: "uniform-torque-compensation", prefactor } as const;
    const twin = annealerTwin({ ...ADVANTAGE, chainStrength }, { sampler, polisher });
    const { best, method } = twin.solve(problem, { seed: 1, budget: budget() });
    return {
      what: `spin glass of ${problem.variableCount}, strength ${prefactor} rms(J) sqrt(degree)`,
      goal: "",
      reached: `${best?.objective ?? "nothing"} polished; annealing without a device ${reference}`,
      spread: method ?? "",
      isMet: null,
    };
  });
}

/** Every pair coupled by -1 or +1. */
function spinGlass(size: number): QuadraticProblem {
  const random = randomStream(1, "spin glass");
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let second = 0; second < size; second += 1) {
    assembly.restrict(second, VARTYPE.spin);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, 2 * random.below(2) - 1);
    }
  }
  return assembly.finish();
}
