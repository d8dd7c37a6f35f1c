/**
 * Simulation as the command line and other rooms see it: a program or circuit in, counts and on
 * request exact probabilities out.
 */
import { randomStream } from "#foundation";
import type { PauliTerm } from "#kernels";
import type { Circuit } from "./circuit.ts";
import { stateVectorEngine } from "./fast-engine/state-vector-engine.ts";
import { programOfCircuit } from "./machine/circuit-code.ts";
import { outputWidth, type Program } from "./machine/code.ts";
import { exactDistribution, exactExpectation } from "./machine/explore.ts";
import { type InputValues, inputFault, writeInputs } from "./machine/inputs.ts";
import { type Run, STEPS_MAX, startRun } from "./machine/run.ts";
import { type Counts, sampledCounts } from "./machine/sampled-counts.ts";
import type { StateEngine } from "./state-engine.ts";
import { bindSymbols, unboundSymbols } from "./transform.ts";

/** What a caller can choose. */
export interface SimulateOptions {
  /** How many shots to count; 0 for none. */
  readonly shots: number;
  /** A safe integer; the same program, seed and shots give the same counts. */
  readonly seed: number;
  /** Whether the exact distribution is wanted too; the counts are then drawn from it. */
  readonly exact: boolean;
  /** Values of `input` declarations, or of a circuit's symbols (radians). */
  readonly inputs?: InputValues;
  readonly engine?: StateEngine;
  /** Instructions and gates that one course of events may take; ten million if not given. */
  readonly stepsMax?: number;
}

/**
 * What comes out. Keys name the classical registers in the order of declaration, separated by a
 * space, each with its most significant bit first; a program without classical registers is
 * reported as if all its qubits were measured at the end.
 */
export interface Simulation {
  readonly qubits: number;
  readonly clbits: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly probabilities: Readonly<Record<string, number>> | undefined;
}

/**
 * Simulates `source`.
 *
 * @throws Fault `circuit-input-invalid`, `circuit-qubits-too-many`,
 *   `circuit-distribution-too-large`, `circuit-steps-exhausted`, `openqasm-run-time-error`,
 *   `openqasm-unsupported`.
 */
export function simulate(source: Program | Circuit, options: SimulateOptions): Simulation {
  const {
    shots,
    seed,
    exact,
    inputs = {},
    engine = stateVectorEngine({ precision: "f64" }),
  } = options;
  const { program, run } = started(source, inputs, options.stepsMax);
  const random = randomStream(seed, "circuit", "shots");
  const distribution = exact ? exactDistribution(program, run, engine) : undefined;
  const counts =
    distribution === undefined
      ? ascending(sampledCounts(program, run, engine, shots, random))
      : sorted(drawnCounts(distribution, shots, () => random.unit()));
  return Object.freeze({
    qubits: program.qubitCount,
    clbits: program.outputs.reduce((bits, register) => bits + outputWidth(register), 0),
    counts,
    probabilities: distribution === undefined ? undefined : sorted(distribution),
  });
}

/** What the mean of an observable depends on. */
export type ExpectationOptions = Pick<SimulateOptions, "inputs" | "engine" | "stepsMax">;

/**
 * The exact mean of `observable`, a sum of Pauli products, in the states `source` ends in. The
 * state is not copied.
 *
 * @throws Fault the same as {@link simulate}.
 */
export function expectationValue(
  source: Program | Circuit,
  observable: readonly PauliTerm[],
  options: ExpectationOptions = {},
): number {
  const { inputs = {}, engine = stateVectorEngine({ precision: "f64" }), stepsMax } = options;
  const { program, run } = started(source, inputs, stepsMax);
  return exactExpectation(program, run, engine, observable);
}

/** `source` as a program, and a run of it that knows its inputs. */
function started(
  source: Program | Circuit,
  inputs: InputValues,
  stepsMax = STEPS_MAX,
): { readonly program: Program; readonly run: Run } {
  const isCircuit = "operations" in source;
  const program = isCircuit ? programOfCircuit(boundCircuit(source, inputs)) : source;
  const run = startRun(program, stepsMax);
  if (!isCircuit) writeInputs(program, run.memory, inputs);
  return { program, run };
}

/**
 * `circuit` with its symbols bound to `inputs`.
 *
 * @throws Fault `circuit-input-invalid` unless every symbol has a number.
 */
export function boundCircuit(circuit: Circuit, inputs: InputValues): Circuit {
  const values: Record<string, number> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value !== "number")
      throw inputFault(`symbol ${name}, expected a number, got ${value}`);
    values[name] = value;
  }
  const bound = bindSymbols(circuit, values);
  const open = unboundSymbols(bound);
  if (open.length > 0)
    throw inputFault(`the circuit's symbols, expected values, got none for ${open}`);
  return bound;
}

/** The counts of `shots` draws from `distribution`; `unit` gives numbers in [0, 1). */
export function drawnCounts(
  distribution: ReadonlyMap<string, number>,
  shots: number,
  unit: () => number,
): ReadonlyMap<string, number> {
  const keys = [...distribution.keys()];
  const running = new Float64Array(keys.length);
  let total = 0;
  for (const [index, key] of keys.entries()) {
    total += distribution.get(key) ?? 0;
    running[index] = total;
  }
  const counts = new Map<string, number>();
  for (let shot = 0; shot < shots; shot += 1) {
    const level = unit() * total;
    let low = 0;
    let high = running.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (running[middle] > level) high = middle;
      else low = middle + 1;
    }
    counts.set(keys[low], (counts.get(keys[low]) ?? 0) + 1);
  }
  return counts;
}

/** `entries` as a record, keys ascending. */
export function sorted(entries: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.freeze(Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1))));
}

function ascending({ byKey, isAscending }: Counts): Readonly<Record<string, number>> {
  return isAscending ? Object.freeze(byKey) : sorted(new Map(Object.entries(byKey)));
}
