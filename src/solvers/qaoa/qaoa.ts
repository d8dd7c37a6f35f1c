/**
 * QAOA, simulated without noise: the quantum approximate optimisation algorithm with angles that
 * need no optimisation. Groups of which a row fixes the count keep it; other rows are penalties.
 * Samples are judged as they were measured, then mended by a classical search.
 */
import { Fault } from "#foundation";
import {
  cqmToBqm,
  detectStructure,
  isPolynomial,
  type QuadraticProblem,
  type Solver,
  type Support,
  solverOf,
} from "#problem";
import { FIXED_LAYERS_MAX } from "./angles/angles.ts";
import type { QaoaCircuit } from "./circuit.ts";
import { formulate } from "./formulation.ts";
import { runQaoa } from "./qaoa-run.ts";
import { stateCount } from "./sites.ts";

/** What needs more variables than this has too many states anyway, or groups of no choice. */
const VARIABLES_MAX = 256;

/**
 * A solver by `circuit`, whose samples `polisher` makes feasible and better; it also makes the
 * incumbent of a circuit that wants one and is given none. It ends by itself after some samples.
 */
export function qaoa(name: string, circuit: QaoaCircuit, polisher: Solver): Solver {
  return solverOf("quadratic", {
    name,
    version: 3,
    guarantee: "heuristic",
    supports: (problem) => supports(problem, circuit),
    solve: (problem, options) => runQaoa(problem, options, { circuit, polisher }),
  });
}

function supports(problem: QuadraticProblem, circuit: QaoaCircuit): Support {
  const { schedule, layers, statesMax, mixer } = circuit;
  if (schedule === "fixed" && layers > FIXED_LAYERS_MAX) {
    return { kind: "no", reason: `fixed angles end at ${FIXED_LAYERS_MAX} layers, got ${layers}` };
  }
  const { variableCount } = problem;
  if (variableCount > VARIABLES_MAX) {
    return { kind: "no", reason: `${variableCount} variables; at most ${VARIABLES_MAX} are tried` };
  }
  const { kind } = detectStructure(problem);
  if (isPolynomial(kind)) {
    return { kind: "no", reason: `a problem of structure ${kind} is solved exactly without it` };
  }
  try {
    const states = stateCount(formulate(problem, cqmToBqm(problem), mixer));
    if (states <= statesMax) return { kind: "yes" };
    return { kind: "no", reason: `${states} basis states; at most ${statesMax} are simulated` };
  } catch (error) {
    if (error instanceof Fault) return { kind: "no", reason: error.message };
    throw error;
  }
}
