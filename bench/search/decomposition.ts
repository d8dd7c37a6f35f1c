/**
 * Decomposition beside searches of the whole at the same CPU time: lattices, random sparse QUBO,
 * and one-hot groups, all drawn.
 */
import { randomStream } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { readContest } from "./equal-time.ts";
import { lattice } from "./ticks.ts";

const BY_PARTS = ["decomposition", "decomposition-relinking", "decomposition-exact"];

/** The figure. */
export async function measureDecomposition({
  isQuick,
}: FigureOptions): Promise<readonly Reading[]> {
  const seeds = isQuick ? [1] : [1, 2, 3];
  const spins = [...BY_PARTS, "spin-annealing"];
  const rows = [...BY_PARTS, "quadratic-annealing"];
  const size = isQuick ? 2000 : 20_000;
  const drawn = [
    ...(isQuick ? [50] : [142, 316]).map((side) => ({
      ...{ what: `${side} x ${side} lattice`, problem: lattice(side), solvers: spins },
      cpuSeconds: isQuick ? 0.5 : side > 200 ? 5 : 2,
    })),
    {
      ...{ what: `QUBO, ${size} variables, degree 6`, problem: sparseQubo(size), solvers: spins },
      cpuSeconds: isQuick ? 0.5 : 2,
    },
    {
      ...{ what: `${size / 10} one-hot groups of 10`, problem: groups(size / 10), solvers: rows },
      cpuSeconds: isQuick ? 0.5 : 2,
    },
  ];
  return drawn.map((contest) => readContest({ ...contest, seeds }));
}

/** Biases of -100 to 100, three products drawn for each variable. */
function sparseQubo(size: number): QuadraticProblem {
  const stream = randomStream(1, "sparse QUBO");
  const bias = () => stream.below(201) - 100;
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let variable = 0; variable < size; variable += 1) {
    assembly.addLinear(variable, bias());
    for (let product = 0; product < 3; product += 1) {
      const other = stream.below(size);
      if (other !== variable) assembly.addQuadratic(variable, other, bias());
    }
  }
  return assembly.finish();
}

/** Ten options in each group, with costs, and products with those of three other groups. */
function groups(count: number): QuadraticProblem {
  const options = 10;
  const stream = randomStream(1, "groups");
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(count * options);
  for (let group = 0; group < count; group += 1) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
    for (let option = 0; option < options; option += 1) {
      assembly.addRowLinear(row, group * options + option, 1);
      assembly.addLinear(group * options + option, stream.below(50));
    }
    for (let link = 0; link < 3; link += 1) {
      const other = stream.below(count);
      if (other === group) continue;
      for (let pair = 0; pair < options * options; pair += 1) {
        if (stream.below(4) !== 0) continue;
        const [one, two] = [pair % options, Math.floor(pair / options)];
        const bias = stream.below(201) - 100;
        assembly.addQuadratic(group * options + one, other * options + two, bias);
      }
    }
  }
  return assembly.finish();
}
