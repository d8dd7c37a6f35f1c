/**
 * What starts, objectives and choices of angles change: the chance that one measurement is the
 * optimum, on the same problems. No goal: a figure to choose by.
 */
import { present, randomStream } from "#foundation";
import type { QuadraticProblem, Sample } from "#problem";
import {
  type CircuitChanges,
  COMMON_CIRCUIT,
  type OptimiseOptions,
  optimiseAngles,
  type QaoaCircuit,
  runCircuit,
  studyCircuit,
  WARM_CIRCUIT,
} from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { median, range, shown } from "../exact/statistics.ts";
import { oneHot } from "./qaoa.ts";

const [GROUPS, SIZE] = [4, 4];
const PROBLEMS = 20;
const LAYERS = [1, 3];
const EVALUATIONS = 150;
interface Posed {
  readonly problem: QuadraticProblem;
  /** Optimal but for changes of more than one group. */
  readonly incumbent: Sample;
}

interface Variant {
  readonly what: string;
  readonly circuit: QaoaCircuit;
  readonly changes: (posed: Posed) => CircuitChanges;
}

/** Each variant at each number of layers. */
export function measureVariants({ isQuick }: FigureOptions): readonly Reading[] {
  const posed = posedProblems(isQuick ? 3 : PROBLEMS);
  return LAYERS.flatMap((layers) => variantsOf(layers).map((variant) => reading(variant, posed)));
}

function reading({ what, circuit, changes }: Variant, posed: readonly Posed[]): Reading {
  const studies = posed.map((one) => studyCircuit(one.problem, circuit, changes(one)));
  const chances = studies.map(({ optimumProbability }) => 100 * optimumProbability);
  return {
    what: `${circuit.layers} ${circuit.layers === 1 ? "layer" : "layers"}, ${what}`,
    goal: "",
    reached: `optimum in ${shown(median(chances))} % of measurements`,
    spread: `${range(chances, "%")} on ${posed.length} problems of ${GROUPS} groups of ${SIZE}`,
    isMet: null,
  };
}

function variantsOf(layers: number): readonly Variant[] {
  const ramp = { ...COMMON_CIRCUIT, schedule: "ramp", layers } as const;
  const plain = () => ({});
  const chosen = (change: Pick<OptimiseOptions, "method" | "objective">) => (one: Posed) => {
    return { angles: chosenAngles(one.problem, ramp, change).angles };
  };
  const mean = { kind: "mean" } as const;
  const toIncumbent = ({ incumbent }: Posed) => ({ incumbent });
  return [
    { what: "ramp", circuit: ramp, changes: plain },
    {
      what: "angles chosen on other problems, transferred",
      circuit: { ...ramp, schedule: "transferred" },
      changes: plain,
    },
    {
      what: "fixed angles of 3-regular graphs",
      circuit: { ...ramp, schedule: "fixed" },
      changes: plain,
    },
    {
      what: `warm start near a local optimum (epsilon ${WARM_CIRCUIT.epsilon})`,
      circuit: { ...WARM_CIRCUIT, layers },
      changes: toIncumbent,
    },
    {
      what: "begun at a local optimum in place of a W state, ring mixer",
      circuit: { ...ramp, mixer: "ring", epsilon: 0 },
      changes: toIncumbent,
    },
    {
      what: "mean minimised by gradients",
      circuit: ramp,
      changes: chosen({ method: "gradients", objective: mean }),
    },
    {
      what: "CVaR of the best 10 % minimised by gradients",
      circuit: ramp,
      changes: chosen({ method: "gradients", objective: { kind: "cvar", share: 0.1 } }),
    },
    {
      what: "mean minimised by Nelder and Mead's simplices",
      circuit: ramp,
      changes: chosen({ method: "nelder-mead", objective: mean }),
    },
    {
      what: "mean minimised by simultaneous perturbation",
      circuit: ramp,
      changes: chosen({ method: "spsa", objective: mean }),
    },
  ];
}

function chosenAngles(
  problem: QuadraticProblem,
  circuit: QaoaCircuit,
  change: Pick<OptimiseOptions, "method" | "objective">,
) {
  return optimiseAngles(problem, circuit, { ...change, evaluationsMax: EVALUATIONS, seed: 1 });
}

/** Problems that have a local optimum besides their optimum, and one of these. */
function posedProblems(count: number): readonly Posed[] {
  const posed: Posed[] = [];
  for (let seed = 0; posed.length < count; seed += 1) {
    const problem = oneHot(seed, GROUPS, SIZE);
    const run = runCircuit(problem, { ...COMMON_CIRCUIT, layers: 1 });
    const state = localOptimum(run.energies, seed);
    if (state === undefined) continue;
    posed.push({ problem, incumbent: run.bitsOf(state) });
  }
  return posed;
}

const DRAWS = 100;

/** A state that no change of one group betters, and that is not the best. */
function localOptimum(energies: Float64Array, seed: number): number | undefined {
  const random = randomStream(seed, "local optimum");
  const least = energies.reduce((a, b) => Math.min(a, b));
  const starts = Array.from({ length: DRAWS }, () => random.below(energies.length));
  return starts.map((start) => descended(energies, start)).find((z) => energies[z] > least);
}

function descended(energies: Float64Array, start: number): number {
  for (let z = start; ; ) {
    const neighbours = Array.from({ length: GROUPS }, (_, group) => SIZE ** group).flatMap(
      (stride) =>
        Array.from({ length: SIZE }, (_, option) => {
          return z + (option - (Math.floor(z / stride) % SIZE)) * stride;
        }),
    );
    const best = present(
      neighbours.sort((a, b) => energies[a] - energies[b]).at(0),
      "a neighbour, the state itself at least",
    );
    if (energies[best] >= energies[z]) return z;
    z = best;
  }
}
