/**
 * The peer: HiGHS as its npm package gives it, with its own defaults, on an instance that has
 * already solved something. Its default gap of 1e-4 counts as a proof here, which favours it.
 */
import { createRequire } from "node:module";
import type highsPackage from "highs";
import type { Highs } from "highs";
import { COMPARISON, type QuadraticProblem } from "#problem";
import { cpuSeconds } from "./measured.ts";

/** What the peer came to. */
export interface PeerRun {
  readonly isProved: boolean;
  readonly objective: number;
  readonly bound: number;
  readonly cpuSeconds: number;
}

/** Loads the peer and solves `problem` once, thrown away. */
export async function warmHighs(problem: QuadraticProblem): Promise<Highs> {
  const load: typeof highsPackage.default = createRequire(import.meta.url)("highs");
  const highs = await load();
  solveWithHighs(highs, problem, 20);
  return highs;
}

/** Solves a linear problem of binary and integer variables. */
export function solveWithHighs(
  highs: Highs,
  problem: QuadraticProblem,
  cpuSecondsMax: number,
): PeerRun {
  const { objective, constraints: rows, variableCount } = problem;
  const begin = cpuSeconds();
  const { maximize, minimize } = highs.constants.objectiveSense;
  return highs.withModel((model) => {
    model.options.set({ output_flag: false });
    model.passModel({
      numCols: variableCount,
      numRows: rows.count,
      sense: problem.sense === "maximise" ? maximize : minimize,
      offset: objective.offset,
      colCost: objective.linear,
      colLower: problem.lowerBounds,
      colUpper: problem.upperBounds,
      rowLower: rows.rightSides.map((right, row) =>
        rows.comparisons[row] === COMPARISON.atMost ? -Infinity : right,
      ),
      rowUpper: rows.rightSides.map((right, row) =>
        rows.comparisons[row] === COMPARISON.atLeast ? Infinity : right,
      ),
      matrix: {
        format: "csr",
        numRows: rows.count,
        numCols: variableCount,
        starts: rows.starts,
        indices: rows.columns,
        values: rows.biases,
      },
      integrality: new Int32Array(variableCount).fill(1),
    });
    const { modelStatus } = model.run({
      [highs.constants.callbackType.mipInterrupt]: (event) => {
        if (cpuSeconds() - begin > cpuSecondsMax) event.interrupt();
        return undefined;
      },
    });
    return {
      isProved: modelStatus === highs.constants.modelStatus.optimal,
      objective: Math.round(model.getObjectiveValue()),
      bound: Number(model.info.get("mip_dual_bound")),
      cpuSeconds: cpuSeconds() - begin,
    };
  });
}
