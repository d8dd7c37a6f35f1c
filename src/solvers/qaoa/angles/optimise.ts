/**
 * Angles chosen for one problem: for studies, which may take their time. Solvers take theirs from a
 * schedule.
 */
import { randomStream } from "#foundation";
import { type Minimum, nelderMead, quasiNewton, spsa } from "#kernels";
import { cqmToBqm, type QuadraticProblem, type Sample } from "#problem";
import type { QaoaCircuit } from "../circuit.ts";
import { bitsOfSample, formulate } from "../formulation.ts";
import { runLayers } from "../layers.ts";
import { prepareCircuit } from "../prepared-circuit.ts";
import { type Angles, transferred } from "./angles.ts";
import { angleSlope, type Differentiable } from "./gradient.ts";
import { type CircuitObjective, readObjective, risingOrder } from "./objective.ts";

/** How to choose, and how long. */
export interface OptimiseOptions {
  readonly objective: CircuitObjective;
  /** Exact gradients; or values alone. */
  readonly method: "gradients" | "nelder-mead" | "spsa";
  readonly evaluationsMax: number;
  readonly seed: number;
  readonly incumbent?: Sample | undefined;
}

/** Angles, what they reach, and what they are worth on problems of another scale. */
export interface OptimisedAngles {
  readonly angles: Angles;
  readonly value: number;
  readonly evaluations: number;
  /** The same angles for a problem whose energies have a deviation of 1 per root of a site. */
  readonly unscaled: Angles;
}

/** Length of first steps, and of looks to either side: radians, gammas at a scale of 1. */
const STEP = 0.1;
const PERTURBATION = 0.05;

/** Optimises from the angles of the circuit's schedule. */
export function optimiseAngles(
  problem: QuadraticProblem,
  circuit: QaoaCircuit,
  { objective, method, evaluationsMax, seed, incumbent }: OptimiseOptions,
): OptimisedAngles {
  const conversion = cqmToBqm(problem);
  const sites = formulate(problem, conversion, circuit.mixer);
  const known = incumbent && bitsOfSample(conversion, incumbent);
  const { ansatz, angles, energies, scale } = prepareCircuit(
    conversion.problem,
    sites,
    circuit,
    known,
  );
  const order = risingOrder(energies);
  const whole = { ansatz, energies, order, objective };
  const layers = angles.gammas.length;
  const start = transferred(angles, scale, 1);
  const anglesAt = (point: Float64Array): Angles => {
    const [gammas, betas] = [point.subarray(0, layers), point.subarray(layers)];
    return transferred({ gammas: [...gammas], betas: [...betas] }, 1, scale);
  };
  const limits = { evaluationsMax, step: STEP };
  const value = (point: Float64Array) => objectiveAt(whole, anglesAt(point));
  const from = Float64Array.from([...start.gammas, ...start.betas]);
  let found: Minimum;
  if (method === "gradients") {
    found = quasiNewton((point) => slopeAt(whole, anglesAt(point), scale), from, limits);
  } else if (method === "nelder-mead") {
    found = nelderMead(value, from, limits);
  } else {
    const stream = randomStream(seed, "angles");
    found = spsa(value, from, { ...limits, perturbation: PERTURBATION, stream });
  }
  const best = anglesAt(found.point);
  const { evaluations } = found;
  return {
    angles: best,
    value: found.value,
    evaluations,
    unscaled: transferred(best, scale, 1),
  };
}

function objectiveAt({ ansatz, energies, order, objective }: Differentiable, angles: Angles) {
  const final = runLayers(ansatz, angles, () => false);
  if (final === undefined) return Number.NaN;
  return readObjective(objective, final.probabilities(), energies, order).value;
}

/** The slope by gammas at a scale of 1. */
function slopeAt(whole: Differentiable, angles: Angles, scale: number) {
  const { value, gammas, betas } = angleSlope(whole, angles);
  const perScale = scale > 0 ? 1 / scale : 0;
  const gradient = Float64Array.from([...gammas.map((by) => by * perScale), ...betas]);
  return { value, gradient };
}
