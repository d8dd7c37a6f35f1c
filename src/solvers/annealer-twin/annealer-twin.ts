/**
 * The annealer twin: what a quantum annealer would return, studied offline. The problem is stated
 * as an Ising model, embedded into the graph of a processor, scaled into its ranges, disturbed as
 * its controls would disturb it, sampled, read back and polished. Sampling is classical annealing:
 * the twin shows what embedding, noise and precision cost, not what quantum effects may gain.
 */
import type { HardwareGraph } from "#annealer";
import { counted, Fault } from "#foundation";
import {
  cqmToBqm,
  detectStructure,
  isPolynomial,
  type QuadraticProblem,
  type SolveResult,
  type Solver,
  type Support,
  solverOf,
} from "#problem";
import { explanationOf } from "./explanation.ts";
import type { TwinDevice, TwinParts } from "./twin-device.ts";
import { runTwin } from "./twin-run.ts";

/** A twin of `device`. It runs until its budget ends, or until there is nothing to sample. */
export function annealerTwin(device: TwinDevice, parts: TwinParts): Solver {
  let made: HardwareGraph | undefined;
  const graphOf = () => {
    made ??= device.graph();
    return made;
  };
  return solverOf("quadratic", {
    name: "annealer-twin",
    version: 1,
    guarantee: "heuristic",
    supports: (problem) => supports(problem, graphOf()),
    solve: (problem, options): SolveResult => {
      const { best, work, report } = runTwin(problem, options, { ...device, ...parts }, graphOf());
      const status = best === undefined ? "unknown" : "feasible";
      const method = explanationOf(problem, report);
      return Object.freeze({ status, best, bound: undefined, method, work });
    },
  });
}

/** Yes to what can be a BQM that may fit and that no polynomial method solves. */
function supports(problem: QuadraticProblem, graph: HardwareGraph): Support {
  const refused = refusalOfSize("problem", problem, graph);
  if (refused !== undefined) return refused;
  const { kind } = detectStructure(problem);
  if (isPolynomial(kind)) {
    return { kind: "no", reason: `a problem of structure ${kind} is solved exactly without it` };
  }
  try {
    return refusalOfSize("BQM", cqmToBqm(problem).problem, graph) ?? { kind: "yes" };
  } catch (error) {
    if (error instanceof Fault) return { kind: "no", reason: error.message };
    throw error;
  }
}

/** Every variable needs a qubit and every interaction a coupler of its own. */
function refusalOfSize(
  what: string,
  { variableCount, objective }: QuadraticProblem,
  { qubitCount, couplerCount }: HardwareGraph,
): Support | undefined {
  const isSmall = variableCount <= qubitCount && objective.columns.length <= couplerCount;
  if (isSmall) return undefined;
  const got =
    `${counted(variableCount, "variable")} and ` +
    `${counted(objective.columns.length, "interaction")}`;
  const there = `${counted(qubitCount, "qubit")} and ${counted(couplerCount, "coupler")}`;
  return { kind: "no", reason: `the ${what} has ${got}, the device ${there}` };
}
