/**
 * Circuits as OpenQASM: simulated from their text they end where the simulation in the space of the
 * groups ends, and what they cost in a device's gates.
 */
import {
  bases,
  type Circuit,
  completeMap,
  heavyHexMap,
  programOfOpenQasm,
  simulate,
  transpile,
  writeOpenQasm3,
} from "#circuit";
import { COMMON_CIRCUIT, circuitProgram, type QaoaCircuit, runCircuit } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { oneHot } from "./qaoa.ts";

const MIXERS = ["x", "complete", "ring", "matching", "grover"] as const;
const DIFFERENCE_MAX = 1e-9;

/** One layer of every mixer on three groups of four. */
export function measurePrograms({ isQuick }: FigureOptions): readonly Reading[] {
  const problem = oneHot(1, 3, isQuick ? 3 : 4);
  return MIXERS.map((mixer) => {
    const circuit: QaoaCircuit = { ...COMMON_CIRCUIT, mixer, layers: 1 };
    const program = circuitProgram(problem, circuit);
    const apart = difference(program, runCircuit(problem, circuit));
    const basis = bases[0];
    const trials = isQuick ? 1 : 8;
    const on = (map: ReturnType<typeof completeMap>) =>
      transpile(program, { basis, map }, { seed: 1, trials }).entanglerCount;
    const everywhere = on(completeMap(program.qubitCount));
    return {
      what: `${program.qubitCount} bits in 3 groups, 1 layer, ${mixer} mixer`,
      goal: `distribution to ${DIFFERENCE_MAX}`,
      reached: `${apart.toExponential(1)} apart in all`,
      spread: `${everywhere} cz with all qubits coupled, ${on(heavyHexMap(3, 9))} on heavy-hex`,
      isMet: apart <= DIFFERENCE_MAX,
    };
  });
}

/** By how much probabilities differ, added up over all states of the groups. */
function difference(circuit: Circuit, run: ReturnType<typeof runCircuit>): number {
  const text = writeOpenQasm3(circuit);
  const options = { shots: 0, seed: 1, exact: true };
  const { probabilities = {} } = simulate(programOfOpenQasm(text), options);
  return run.probabilities.reduce((sum, chance, state) => {
    const key = [...run.bitsOf(state).values].reverse().join("");
    return sum + Math.abs((probabilities[key] ?? 0) - chance);
  }, 0);
}
