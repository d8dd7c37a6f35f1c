/**
 * Figure 1: circuits against a dense simulation of the same circuit, and the published angles
 * against the ratios they promise.
 */
import { ProblemAssembly, type QuadraticProblem } from "#problem";
import { COMMON_CIRCUIT, runCircuit } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { denseCase, denseResult } from "../../test/qaoa/dense-circuit.ts";

const MIXERS = ["x", "complete", "ring", "matching", "grover"] as const;
const PROBLEMS = 200;
const DIFFERENCE_MAX = 1e-10;
const RATIO_DIFFERENCE_MAX = 1e-6;

/** Ratios of the fixed angles on 3-regular graphs by layers (Wurtz and Lykov, 2021). */
const RATIOS = [0.6924500474, 0.7559062918];

/** 3-regular graphs in LCF notation: name, vertices, chords; layers for which girth > 2p + 1. */
const GRAPHS: readonly (readonly [string, number, readonly number[], readonly number[]])[] = [
  ["cube, girth 4", 8, [3, -3], [1]],
  ["Petersen graph, girth 5", 10, [], [1]],
  ["Heawood graph, girth 6", 14, [5, -5], [1, 2]],
  ["Moebius-Kantor graph, girth 6", 16, [5, -5], [1, 2]],
  ["Pappus graph, girth 6", 18, [5, 7, -7, 7, -7, -5], [1, 2]],
];

/** Every mixer on 200 problems, then every graph. */
export function measureDense({ isQuick }: FigureOptions): readonly Reading[] {
  const count = isQuick ? 10 : PROBLEMS;
  const circuits = MIXERS.map((mixer) => {
    let most = 0;
    for (let seed = 0; seed < count; seed += 1) {
      const one = denseCase(seed);
      const circuit = { ...COMMON_CIRCUIT, mixer, epsilon: one.epsilon };
      const run = runCircuit(one.problem, circuit, one);
      const dense = denseResult(one, mixer);
      run.probabilities.forEach((chance, state) => {
        const { values } = run.bitsOf(state);
        const z = values.reduce((sum, value, bit) => sum | (value << bit), 0);
        most = Math.max(most, Math.abs(chance - dense.probabilities[z]));
      });
    }
    return {
      what: `mixer ${mixer}: probabilities on ${count} problems of up to 9 bits, 2 layers`,
      goal: `within ${DIFFERENCE_MAX} of all 2^n amplitudes`,
      reached: `${most.toExponential(1)} at most`,
      spread: "half of them begun near an incumbent",
      isMet: most <= DIFFERENCE_MAX,
    };
  });
  return [
    ...circuits,
    ...GRAPHS.flatMap((graph) => graph[3].map((layers) => ratio(graph, layers))),
  ];
}

function ratio([name, vertices, chords]: (typeof GRAPHS)[number], layers: number): Reading {
  const edges = chords.length === 0 ? petersen() : cubic(vertices, chords);
  const circuit = { ...COMMON_CIRCUIT, mixer: "x", schedule: "fixed", layers } as const;
  const { meanEnergy } = runCircuit(maximumCut(vertices, edges), circuit);
  const reached = -meanEnergy / edges.length;
  const promised = RATIOS[layers - 1];
  return {
    what: `fixed angles on the ${name}, ${layers} ${layers === 1 ? "layer" : "layers"}: share cut`,
    goal: `${promised} to ${RATIO_DIFFERENCE_MAX}`,
    reached: reached.toFixed(8),
    spread: `${edges.length} edges`,
    isMet: Math.abs(reached - promised) <= RATIO_DIFFERENCE_MAX,
  };
}

type Edge = readonly [number, number];

/** A ring whose vertices have chords by these steps in turn. */
function cubic(vertices: number, chords: readonly number[]): readonly Edge[] {
  const places = Array.from({ length: vertices }, (_, at) => at);
  const ring = places.map((at): Edge => [at, (at + 1) % vertices]);
  const across = places.map((at): Edge => {
    return [at, (at + chords[at % chords.length] + vertices) % vertices];
  });
  return [...ring, ...across.filter(([a, b]) => a < b)];
}

/** An outer ring of five, spokes, and a star within: the one graph here that has no ring. */
function petersen(): readonly Edge[] {
  return Array.from({ length: 5 }, (_, at): readonly Edge[] => [
    [at, (at + 1) % 5],
    [at, at + 5],
    [at + 5, ((at + 2) % 5) + 5],
  ]).flat();
}

function maximumCut(vertices: number, edges: readonly Edge[]): QuadraticProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(vertices);
  for (const [a, b] of edges) {
    assembly.addLinear(a, 1);
    assembly.addLinear(b, 1);
    assembly.addQuadratic(a, b, -2);
  }
  return assembly.finish();
}
