/**
 * Chooses the angles that `transferred` schedules hold, and prints them: for each number of layers
 * the medians of what minimises the mean energy of some random problems, at a scale of 1. `npx node
 * bench/quantum/choose-angles.ts`.
 */
import { randomStream } from "#foundation";
import { ProblemAssembly, type QuadraticProblem } from "#problem";
import { COMMON_CIRCUIT, optimiseAngles } from "#solvers";
import { median } from "../exact/statistics.ts";
import { oneHot } from "./qaoa.ts";

const LAYERS_MAX = 5;
const EVALUATIONS = 150;
/** Seeds that no figure draws its problems by. */
const SEEDS = Object.freeze([1000, 1001, 1002, 1003]);

const problems = SEEDS.flatMap((seed) => [
  oneHot(seed, 4, 4),
  oneHot(seed, 5, 3),
  oneHot(seed, 3, 5),
  ungrouped(seed, 10),
]);
for (let layers = 1; layers <= LAYERS_MAX; layers += 1) {
  const circuit = { ...COMMON_CIRCUIT, schedule: "ramp", layers } as const;
  const objective = { kind: "mean" } as const;
  const options = { method: "gradients", objective, evaluationsMax: EVALUATIONS, seed: 1 } as const;
  const best = problems.map((problem) => optimiseAngles(problem, circuit, options).unscaled);
  const middle = (kind: "gammas" | "betas") =>
    best[0][kind].map((_, layer) =>
      Number(median(best.map((angles) => angles[kind][layer])).toFixed(4)),
    );
  const chosen = { gammas: middle("gammas"), betas: middle("betas") };
  process.stdout.write(`${JSON.stringify(chosen)}\n`);
}

/** Whole interactions of -10 to 10 between all variables. */
function ungrouped(seed: number, size: number): QuadraticProblem {
  const random = randomStream(seed, "ungrouped", size);
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let second = 0; second < size; second += 1) {
    assembly.addLinear(second, random.below(21) - 10);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, random.below(21) - 10);
    }
  }
  return assembly.finish();
}
