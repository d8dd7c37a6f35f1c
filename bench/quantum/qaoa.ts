/**
 * Figures 2 and 3: circuits in the space of their groups, how long they take and what they find
 * beside qubits and penalties. Nothing is mended, nothing searched: probabilities alone.
 */
import { present, randomStream, workBudget } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem } from "#problem";
import { COMMON_CIRCUIT, type QaoaCircuit, solverNamed, studyCircuit } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { cpuSeconds } from "../exact/measured.ts";
import { median, range, shown } from "../exact/statistics.ts";

const SECONDS_MAX = 1;
const RATIO_MIN = 5;
const REPEATS = 5;
const PROBLEMS = 50;

/** Figure 2: eight groups of five, ten layers, and where the solver's measurements lie. */
export function measureSubspace({ isQuick }: FigureOptions): readonly Reading[] {
  const problem = oneHot(1, 8, isQuick ? 3 : 5);
  const mixers = ["complete", "ring", "grover"] as const;
  const circuits = mixers.map((mixer) => {
    const seconds: number[] = [];
    let states = 0;
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const from = cpuSeconds();
      states = studyCircuit(problem, { ...COMMON_CIRCUIT, mixer, layers: 10 }).states;
      seconds.push(cpuSeconds() - from);
    }
    return {
      what: `${states} states, 10 layers, ${mixer} mixer`,
      goal: `below ${SECONDS_MAX} s on one thread`,
      reached: `${shown(median(seconds))} CPU-s, energies and probabilities included`,
      spread: range(seconds, "CPU-s"),
      isMet: median(seconds) < SECONDS_MAX,
    };
  });
  const solver = present(solverNamed("qaoa"), "the solver");
  const { method = "" } = solver.solve(problem, { seed: 1, budget: workBudget(1e9) });
  const [, feasible, shots] = /(\d+) of (\d+) measurements feasible/.exec(method) ?? [];
  const inside = {
    what: "measurements inside their groups",
    goal: "all",
    reached: `${feasible} of ${shots}`,
    spread: method,
    isMet: feasible !== undefined && feasible === shots,
  };
  return [...circuits, inside];
}

/** Figure 3: the chance of the optimum in groups, over that of X and penalties, at 5 layers. */
export function measureGroups({ isQuick }: FigureOptions): readonly Reading[] {
  const shapes = [
    ...[[6, 2] as const, [4, 3] as const, [3, 4] as const],
    ...[[3, 5] as const, [4, 4] as const],
  ];
  return shapes.flatMap(([groups, size]) => {
    const seeds = Array.from({ length: isQuick ? 5 : PROBLEMS }, (_, seed) => seed);
    const problems = seeds.map((seed) => oneHot(seed, groups, size));
    const chances = (change: Partial<QaoaCircuit>) =>
      problems.map((problem) => studyCircuit(problem, { ...COMMON_CIRCUIT, ...change }));
    const ramp = chances({ mixer: "x", schedule: "ramp" });
    const fixed = chances({ mixer: "x", schedule: "fixed" });
    const chosen = chances({ mixer: "x", schedule: "transferred" });
    const rivals = ramp.map((_, at) =>
      Math.max(...[ramp, fixed, chosen].map((all) => all[at].optimumProbability)),
    );
    return (["complete", "ring"] as const).map((mixer) => {
      const own = chances({ mixer });
      const ratios = own.map(({ optimumProbability }, at) => optimumProbability / rivals[at]);
      const uniform = median(own.map(({ uniformProbability }) => uniformProbability));
      const found = median(own.map(({ optimumProbability }) => optimumProbability));
      return {
        what: `${groups} groups of ${size} (${groups * size} bits), ${mixer} mixer`,
        goal: `at least ${RATIO_MIN} times X with penalties`,
        reached:
          `${shown(median(ratios))} times: ${percent(found)} to ${percent(median(rivals))}; ` +
          `uniform in groups ${percent(uniform)}`,
        spread: `${range(ratios, "times")} on ${problems.length} problems`,
        isMet: median(ratios) >= RATIO_MIN,
      };
    });
  });
}

function percent(share: number): string {
  return `${shown(100 * share)} %`;
}

/** Exactly one of each group; whole interactions of -10 to 10 between groups. */
export function oneHot(seed: number, groups: number, size: number): QuadraticProblem {
  const random = randomStream(seed, "one-hot", groups, size);
  const assembly = new ProblemAssembly("minimise");
  const groupOf = (variable: number) => Math.floor(variable / size);
  assembly.addVariables(groups * size);
  for (let second = 0; second < groups * size; second += 1) {
    assembly.addLinear(second, random.below(21) - 10);
    for (let first = 0; first < second; first += 1) {
      if (groupOf(first) === groupOf(second)) continue;
      assembly.addQuadratic(first, second, random.below(21) - 10);
    }
  }
  for (let group = 0; group < groups; group += 1) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
    for (let member = 0; member < size; member += 1) {
      assembly.addRowLinear(row, group * size + member, 1);
    }
  }
  return assembly.finish();
}
