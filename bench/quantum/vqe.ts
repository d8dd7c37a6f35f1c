/**
 * The variational eigensolver: ground states of sums that are no diagonal, and what its choice of
 * angles costs and brings on optimisation problems beside circuits whose angles are given.
 */
import { hardwareEfficientAnsatz, pauliSumOfText, problemAnsatz, type ZTerm } from "#circuit";
import { randomStream } from "#foundation";
import { PauliState, PauliSum, type PauliTerm } from "#kernels";
import { ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { AnsatzEnergy, COMMON_CIRCUIT, minimiseEnergy, studyCircuit } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { median, range, shown } from "../exact/statistics.ts";

const ENERGY_DIFFERENCE_MAX = 1e-6;
const EVALUATIONS = 120;
const PROBLEMS = 20;
const SPINS = 8;

/** Ground states, then optimisation. */
export function measureVqe({ isQuick }: FigureOptions): readonly Reading[] {
  return [...groundStates(isQuick), ...onProblems(isQuick ? 3 : PROBLEMS)];
}

/** A ring of spins in a transverse field as strong as their coupling. */
function groundStates(isQuick: boolean): readonly Reading[] {
  return [4, 6, 8].slice(0, isQuick ? 1 : 3).map((size) => {
    const text = Array.from({ length: size }, (_, at) => `- Z${at} Z${(at + 1) % size} - X${at}`);
    const terms = pauliSumOfText(text.join(" "), size);
    const pairs = Array.from({ length: size }, (_, at): ZTerm => {
      return { coefficient: -1, qubits: [at, (at + 1) % size] };
    });
    const ansatz = problemAnsatz(size, pairs, size / 2);
    const options = { method: "gradients", evaluationsMax: 1000, seed: 1 } as const;
    const { value, evaluations } = minimiseEnergy(ansatz, terms, options);
    const exact = leastEigenvalue(terms, size);
    return {
      what: `ring of ${size} in a transverse field, problem ansatz of ${size / 2} layers`,
      goal: `least eigenvalue to ${ENERGY_DIFFERENCE_MAX}`,
      reached: `${value.toFixed(8)}, exactly ${exact.toFixed(8)}`,
      spread: `${evaluations} evaluations of ${size} angles`,
      isMet: Math.abs(value - exact) <= ENERGY_DIFFERENCE_MAX,
    };
  });
}

const ITERATIONS = 20_000;

/** By repeated multiplication with the sum, shifted until the least eigenvalue is the largest. */
function leastEigenvalue(terms: readonly PauliTerm[], size: number): number {
  const sum = new PauliSum(terms, size);
  const bound = terms.reduce((total, { coefficient }) => total + Math.abs(coefficient), 0);
  const random = randomStream(size, "eigenvector");
  const state = new PauliState(size);
  for (let z = 0; z < state.re.length; z += 1) state.re[z] = 1 + random.unit();
  for (let iteration = 0; iteration < ITERATIONS / size; iteration += 1) {
    const image = sum.applied(state);
    const next = state.re.map((x, z) => bound * x - image.re[z]);
    const length = Math.sqrt(next.reduce((square, x) => square + x * x, 0));
    state.re.set(next.map((x) => x / length));
  }
  return sum.mean(state);
}

/** The chance of the optimum in one measurement, on random spins with fields. */
function onProblems(count: number): readonly Reading[] {
  const problems = Array.from({ length: count }, (_, seed) => spinGlass(seed));
  const layered = problems.map((problem) => {
    const circuit = { ...COMMON_CIRCUIT, mixer: "x", layers: 3 } as const;
    return studyCircuit(problem, circuit).optimumProbability;
  });
  const uniform = problems.map((problem) => {
    const circuit = { ...COMMON_CIRCUIT, mixer: "x", layers: 1 } as const;
    return studyCircuit(problem, circuit).uniformProbability;
  });
  const what = `${SPINS} spins, all pairs coupled`;
  const told = (name: string, chances: readonly number[], spread: string): Reading => {
    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    const [middle, average] = [shown(100 * median(chances)), shown(100 * mean)];
    const all = range(
      chances.map((chance) => 100 * chance),
      "%",
    );
    return {
      what: `${what}: ${name}`,
      goal: "",
      reached: `optimum in ${middle} % of measurements (median), ${average} % (mean)`,
      spread: `${all}; ${spread}`,
      isMet: null,
    };
  };
  return [
    told("a state drawn uniformly", uniform, "no circuit"),
    told("QAOA of 3 layers", layered, "1 run, no angle chosen"),
    ...[1, 2].map((layers) =>
      told(
        `hardware-efficient ansatz, CX along the line ${layers === 1 ? "once" : "twice"}`,
        problems.map((problem, seed) => chanceOf(problem, layers, seed)),
        `${2 * SPINS * (layers + 1)} angles, up to ${EVALUATIONS} gradients of three runs`,
      ),
    ),
  ];
}

function chanceOf(problem: QuadraticProblem, layers: number, seed: number): number {
  const ansatz = hardwareEfficientAnsatz(SPINS, layers);
  const terms = termsOf(problem);
  const options = { method: "gradients", evaluationsMax: EVALUATIONS, seed } as const;
  const { angles } = minimiseEnergy(ansatz, terms, options);
  const energy = new AnsatzEnergy(ansatz, terms);
  const { re, im } = energy.state(Float64Array.from(energy.symbols, (name) => angles[name]));
  const sum = new PauliSum(terms, SPINS);
  let [least, chance] = [Number.POSITIVE_INFINITY, 0];
  for (let z = 0; z < re.length; z += 1) {
    const basis = new PauliState(SPINS);
    [basis.re[0], basis.re[z]] = [0, 1];
    const own = sum.mean(basis);
    if (own < least) [least, chance] = [own, re[z] * re[z] + im[z] * im[z]];
  }
  return chance;
}

function spinGlass(seed: number): QuadraticProblem {
  const random = randomStream(seed, "vqe spins");
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(SPINS);
  for (let second = 0; second < SPINS; second += 1) {
    assembly.restrict(second, VARTYPE.spin);
    assembly.addLinear(second, random.unit() - 0.5);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, random.unit() - 0.5);
    }
  }
  return assembly.finish();
}

/** Spins as Z. */
function termsOf({ objective, variableCount }: QuadraticProblem): readonly PauliTerm[] {
  const terms: PauliTerm[] = [];
  for (let first = 0; first < variableCount; first += 1) {
    terms.push({ coefficient: objective.linear[first], operators: [{ qubit: first, pauli: "Z" }] });
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      const operators = [first, objective.columns[entry]].map((qubit) => {
        return { qubit, pauli: "Z" } as const;
      });
      terms.push({ coefficient: objective.biases[entry], operators });
    }
  }
  return terms;
}
