/**
 * A solver asked for by name: found and able, or refused with the reason and with those that would
 * do.
 */
import { Fault } from "#foundation";
import type { Problem, Solver } from "#problem";
import { runtimeFaults } from "../faults.ts";

/**
 * The solver called `name`.
 *
 * @throws Fault `solver-unknown`, or `solver-unsuitable` when it does not take the problem.
 */
export function namedSolver(name: string, problem: Problem, solvers: readonly Solver[]): Solver {
  const found = solvers.find((solver) => solver.name === name);
  if (found === undefined) {
    const ofKind = solvers.filter(({ problemKind }) => problemKind === problem.kind);
    const detail = `expected one of ${namesOf(ofKind)}, got ${name}`;
    throw new Fault(runtimeFaults.solverUnknown, { detail });
  }
  const support = found.supports(problem);
  if (support.kind === "yes") return found;
  const able = solvers.filter((solver) => solver.supports(problem).kind === "yes");
  const detail = `${name}: ${support.reason}; this problem is solved by ${namesOf(able)}`;
  throw new Fault(runtimeFaults.solverUnsuitable, { detail });
}

function namesOf(solvers: readonly Solver[]): string {
  return solvers.map(({ name }) => name).join(", ");
}
