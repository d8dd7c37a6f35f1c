/**
 * The circuit by itself, without mending: its chance of the best in one measurement, its gates on a
 * device, and what the device would have to be like.
 */
import { bases, completeMap, heavyHexMap, transpile } from "#circuit";
import type { QuadraticProblem } from "#problem";
import { COMMON_CIRCUIT, circuitProgram, solverNamed, studyCircuit } from "#solvers";
import { type ErrorAllowed, errorRateAllowed, sampleMsAllowed } from "./break-even.ts";

/** Between two samples a superconducting device waits so long by default; an assumption. */
export const CIRCUIT_SAMPLE_MS = 0.25;
/** Rows and columns of the device that gates are counted on. */
const HEAVY_HEX = Object.freeze([7, 15] as const);
/** More bits than this take too long to route. */
const ROUTED_BITS_MAX = 24;
const TRIALS = 2;

/** What became of a circuit. */
export type CircuitOutlook =
  | { readonly kind: "not-simulated"; readonly reason: string }
  | {
      readonly kind: "simulated";
      readonly bits: number;
      readonly states: number;
      readonly chance: number;
      /** Of a state drawn uniformly in its groups. */
      readonly uniformChance: number;
      /** With all qubits coupled, and on a heavy-hex device; `null` where not routed. */
      readonly gates: number;
      readonly heavyHexGates: number | null;
      readonly sampleMsAllowed: number;
      /** At {@link CIRCUIT_SAMPLE_MS}, and at half the sample time allowed. */
      readonly errorAllowed: ErrorAllowed;
      readonly errorAllowedAtHalf: ErrorAllowed;
    };

/** Looks at the common circuit on `problem`; a classical solver takes `classicalMs`. */
export function circuitOutlook(problem: QuadraticProblem, classicalMs: number): CircuitOutlook {
  const support = solverNamed("qaoa")?.supports(problem);
  if (support === undefined || support.kind === "no") {
    return { kind: "not-simulated", reason: support?.reason ?? "there is no such solver" };
  }
  const study = studyCircuit(problem, COMMON_CIRCUIT);
  const program = circuitProgram(problem, COMMON_CIRCUIT);
  const bits = program.qubitCount;
  const on = (map: ReturnType<typeof completeMap>): number => {
    const options = { seed: 1, trials: TRIALS };
    return transpile(program, { basis: bases[0], map }, options).entanglerCount;
  };
  const gates = on(completeMap(bits));
  const heavyHexGates = bits > ROUTED_BITS_MAX ? null : on(heavyHexMap(...HEAVY_HEX));
  const { states, optimumProbability: chance, uniformProbability: uniformChance } = study;
  const blindChance = (uniformChance * states) / 2 ** bits;
  const contest = { classicalMs, chance, blindChance, twoQubitGates: gates };
  const allowedMs = sampleMsAllowed(classicalMs, chance);
  return {
    kind: "simulated",
    bits,
    states,
    chance,
    uniformChance,
    gates,
    heavyHexGates,
    sampleMsAllowed: allowedMs,
    errorAllowed: errorRateAllowed({ ...contest, sampleMs: CIRCUIT_SAMPLE_MS }),
    errorAllowedAtHalf: errorRateAllowed({ ...contest, sampleMs: allowedMs / 2 }),
  };
}
