/**
 * The Ising model: what an annealing processor takes. Fields and couplings over spins -1 and +1.
 */
import { assert } from "#foundation";
import {
  asMinimisation,
  isAll,
  ProblemAssembly,
  type QuadraticProblem,
  toSpin,
  VARTYPE,
} from "#problem";

/**
 * offset + sum_i fields[i] s_i + sum_k couplings[k] s_firsts[k] s_seconds[k], to be made small. A
 * pair stands once. Every array is made once and never changed.
 */
export interface Ising {
  readonly spinCount: number;
  readonly offset: number;
  readonly fields: Float64Array;
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly couplings: Float64Array;
}

/** A problem over binary or spin variables without constraints as an Ising model, minimised. */
export function isingOf(problem: QuadraticProblem): Ising {
  const spins = toSpin(asMinimisation(problem)).problem;
  assert(isAll(spins, VARTYPE.spin) && spins.constraints.count === 0, "a BQM");
  const { offset, linear, starts, columns, biases } = spins.objective;
  const firsts = new Int32Array(columns.length);
  for (let spin = 0; spin < spins.variableCount; spin += 1) {
    firsts.fill(spin, starts[spin], starts[spin + 1]);
  }
  return Object.freeze({
    spinCount: spins.variableCount,
    offset,
    fields: linear,
    firsts,
    seconds: columns,
    couplings: biases,
  });
}

/** The Ising model as a problem, for solvers. */
export function problemOfIsing(ising: Ising): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(ising.spinCount);
  assembly.addOffset(ising.offset);
  for (let spin = 0; spin < ising.spinCount; spin += 1) {
    assembly.restrict(spin, VARTYPE.spin);
    assembly.addLinear(spin, ising.fields[spin]);
  }
  for (let pair = 0; pair < ising.couplings.length; pair += 1) {
    assembly.addQuadratic(ising.firsts[pair], ising.seconds[pair], ising.couplings[pair]);
  }
  return assembly.finish();
}
