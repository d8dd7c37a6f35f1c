/**
 * How many gates the transpiler's routing adds.
 *
 * Two hundred random circuits on five qubits and four coupling maps, against the least number of
 * exchanges that any first layout and any order allows, found by exhaustive search. Then the QASM 2
 * programs of the shared fixtures onto a heavy-hexagon and a grid map, against a router that
 * carries each gate's first qubit along a shortest path to its second; entangling gates beyond
 * those of the circuit on a device where all is coupled are counted. Every result is compared with
 * the original. Goals: the minimum on 90 % of the random circuits, 25 % fewer gates added, all
 * equal.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import {
  bases,
  type Circuit,
  type CouplingMap,
  circuitOf,
  circuitOfOpenQasm,
  completeMap,
  couplingMap,
  gridMap,
  heavyHexMap,
  lineMap,
  simulate,
  type Transpilation,
  transpile,
} from "#circuit";
import { type RandomStream, randomStream } from "#foundation";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { compacted, distanceOf } from "../../test/circuit/transpiled-equality.ts";
import { leastSwaps, type Pair } from "./least-swaps.ts";
import { addedByShortestPaths } from "./shortest-path-router.ts";

const CASES = 200;
const QUBITS = 5;
const GATES = 12;
const PROGRAMS = new URL("../../../shared/fixtures/qasm/qasm2/", import.meta.url);
const basis = bases[0];

const MAPS: readonly (readonly [string, CouplingMap])[] = [
  ["line of 5", lineMap(5)],
  [
    "T of 5",
    couplingMap(5, [
      [0, 1],
      [1, 2],
      [1, 3],
      [3, 4],
    ]),
  ],
  [
    "ring of 5",
    couplingMap(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 0],
    ]),
  ],
  ["grid of 2 x 3", gridMap(2, 3)],
];

/** Figure 7: exact minimum, gates added, equality. */
export function measureRouting({ isQuick }: FigureOptions): readonly Reading[] {
  const caseCount = isQuick ? 20 : CASES;
  return [
    // The router's constants were chosen on the first circuits; the second are new to it.
    ...randomCases("circuit-routing", "", caseCount),
    ...randomCases("circuit-routing, held out", ", held out", caseCount),
    ...(existsSync(PROGRAMS) ? sharedPrograms() : [absent()]),
  ];
}

function randomCases(label: string, remark: string, caseCount: number): readonly Reading[] {
  let [minimal, equal, swaps, least] = [0, 0, 0, 0];
  for (let seed = 0; seed < caseCount; seed += 1) {
    const random = randomStream(seed, label);
    const pairs = Array.from({ length: GATES }, () => randomPair(random));
    const circuit = circuitOf((b) => {
      const qubits = b.qubits("q", QUBITS);
      for (const [first, second] of pairs) {
        // Turns about no particular axis, so that nothing cancels and order matters.
        for (const qubit of qubits) b.rx(random.unit(), qubit).ry(random.unit(), qubit);
        b.cx(first, second);
      }
    });
    const [, map] = MAPS[seed % MAPS.length];
    const result = transpile(circuit, { basis, map }, { seed });
    const minimum = leastSwaps(pairs, QUBITS, map);
    swaps += result.swapCount;
    least += minimum;
    if (result.swapCount <= minimum) minimal += 1;
    if (isEqual(circuit, result)) equal += 1;
  }
  const maps = MAPS.map(([name]) => name).join(", ");
  return [
    {
      what: `${GATES} random gates on ${QUBITS} qubits${remark} (${maps}): at the minimum`,
      goal: "90 % of cases",
      reached: percent(minimal / caseCount),
      spread: `${caseCount} circuits; ${swaps} swaps, the minimum is ${least}`,
      isMet: minimal >= 0.9 * caseCount,
    },
    equality(`the same${remark}`, equal, caseCount),
  ];
}

function sharedPrograms(): readonly Reading[] {
  const maps: readonly (readonly [string, CouplingMap])[] = [
    ["heavy hexagons, 32 qubits", heavyHexMap(3, 9)],
    ["grid of 4 x 4", gridMap(4, 4)],
  ];
  return maps.flatMap(([name, map]) => programsOnto(name, map));
}

function programsOnto(name: string, map: CouplingMap): readonly Reading[] {
  const files = readdirSync(PROGRAMS).filter((file) => file.endsWith(".qasm"));
  let [added, same, path, pathSameLayout, equal] = [0, 0, 0, 0, 0];
  for (const file of files) {
    const circuit = circuitOfOpenQasm(readFileSync(new URL(file, PROGRAMS), "utf8"));
    const all = { basis, map: completeMap(circuit.qubitCount) };
    const everywhere = transpile(circuit, all, { seed: 1 });
    const result = transpile(circuit, { basis, map }, { seed: 1 });
    added += result.entanglerCount - everywhere.entanglerCount;
    const own = Array.from({ length: circuit.qubitCount }, (_, qubit) => qubit);
    path += addedByShortestPaths(basis, everywhere, own, map);
    pathSameLayout += addedByShortestPaths(basis, everywhere, result.initialLayout, map);
    if (result.swapCount === 0) same += 1;
    if (isEqualWithoutMeasurement(circuit, map) && sameDistribution(circuit, result)) equal += 1;
  }
  return [
    {
      what: `shared QASM 2 programs onto ${name}: two-qubit gates added`,
      goal: "at least 25 % fewer than by shortest paths",
      reached: `${percent(1 - added / path)} fewer: ${added} against ${path}`,
      spread: `${files.length} programs, nothing moved in ${same}`,
      isMet: added <= 0.75 * path,
    },
    {
      what: "the same, shortest paths beginning at the layout found",
      goal: "",
      reached: `${percent(1 - added / pathSameLayout)} fewer: ${added} against ${pathSameLayout}`,
      spread: `${files.length} programs`,
      isMet: null,
    },
    equality(`programs onto ${name}`, equal, files.length),
  ];
}

function equality(what: string, equal: number, count: number): Reading {
  return {
    what: `${what}: equal to the original`,
    goal: "100 %",
    reached: percent(equal / count),
    spread: `${count} circuits`,
    isMet: equal === count,
  };
}

function absent(): Reading {
  return {
    what: "shared QASM 2 programs",
    goal: "at least 25 % fewer than by shortest paths",
    reached: "not measured: the programs are absent",
    spread: "",
    isMet: null,
  };
}

function randomPair(random: RandomStream): Pair {
  const first = random.below(QUBITS);
  return [first, (first + 1 + random.below(QUBITS - 1)) % QUBITS];
}

function isEqual(circuit: Circuit, result: Transpilation): boolean {
  return [0, 1].every((variant) => Math.abs(distanceOf(circuit, result, variant)) < 1e-9);
}

/** Phases that a measurement makes meaningless are dropped, so states are compared without any. */
function isEqualWithoutMeasurement(circuit: Circuit, map: CouplingMap): boolean {
  const operations = circuit.operations.filter(({ kind }) => kind === "gate");
  const gates = { ...circuit, operations };
  return isEqual(gates, transpile(gates, { basis, map }, { seed: 1 }));
}

function sameDistribution(circuit: Circuit, result: Transpilation): boolean {
  const options = { shots: 0, seed: 1, exact: true };
  const [want = {}, got = {}] = [circuit, compacted(result).circuit].map(
    (one) => simulate(one, options).probabilities,
  );
  const keys = new Set([...Object.keys(want), ...Object.keys(got)]);
  return [...keys].every((key) => Math.abs((want[key] ?? 0) - (got[key] ?? 0)) < 1e-9);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
