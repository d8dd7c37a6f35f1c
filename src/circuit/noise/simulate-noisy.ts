/**
 * Simulation under noise, with the same keys and results as without.
 */
import { randomStream } from "#foundation";
import type { Circuit } from "../circuit.ts";
import { stateVectorEngine } from "../fast-engine/state-vector-engine.ts";
import {
  boundCircuit,
  drawnCounts,
  type SimulateOptions,
  type Simulation,
  sorted,
} from "../simulate.ts";
import { withMeasurements } from "./deferred.ts";
import type { NoiseModel } from "./noise-model.ts";
import { noisyDistribution } from "./noisy-distribution.ts";
import { trajectoryCounts } from "./trajectories.ts";

/**
 * Simulates `circuit` on what `model` describes: exactly by density matrices if the exact
 * distribution is wanted (to 13 qubits), else shot by shot.
 *
 * @throws Fault `circuit-input-invalid`, `circuit-noise-unknown`, `circuit-qubits-too-many`,
 *   `circuit-distribution-too-large`, `circuit-steps-exhausted`.
 */
export function simulateNoisy(
  circuit: Circuit,
  model: NoiseModel,
  options: Omit<SimulateOptions, "stepsMax">,
): Simulation {
  const {
    shots,
    seed,
    exact,
    inputs = {},
    engine = stateVectorEngine({ precision: "f64" }),
  } = options;
  const measured = withMeasurements(boundCircuit(circuit, inputs));
  const random = randomStream(seed, "circuit", "noisy shots");
  const distribution = exact ? noisyDistribution(measured, model) : undefined;
  const counts =
    distribution === undefined
      ? trajectoryCounts(measured, model, engine, shots, random)
      : drawnCounts(distribution, shots, () => random.unit());
  return Object.freeze({
    qubits: circuit.qubitCount,
    clbits: circuit.bitCount,
    counts: sorted(counts),
    probabilities: distribution === undefined ? undefined : sorted(distribution),
  });
}
