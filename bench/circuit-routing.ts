/**
 * How many gates the transpiler's routing adds: `npx node bench/circuit-routing.ts`.
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
import { compacted, distanceOf } from "../test/circuit/transpiled-equality.ts";

const CASES = 200;
const QUBITS = 5;
const GATES = 12;
const PROGRAMS = new URL("../../shared/fixtures/qasm/qasm2/", import.meta.url);
const basis = bases[0];

type Pair = readonly [number, number];

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

randomCases();
if (existsSync(PROGRAMS)) sharedPrograms();
else print("the shared QASM 2 programs are absent: not measured");
print(`CPU time ${(process.cpuUsage().user / 1e6).toFixed(1)} s`);

function randomCases(): void {
  let minimal = 0;
  let equal = 0;
  let swaps = 0;
  let least = 0;
  for (let seed = 0; seed < CASES; seed += 1) {
    const random = randomStream(seed, "circuit-routing");
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
    const minimum = leastSwaps(pairs, map);
    swaps += result.swapCount;
    least += minimum;
    if (result.swapCount <= minimum) minimal += 1;
    if (isEqual(circuit, result)) equal += 1;
  }
  const maps = MAPS.map(([name]) => name).join(", ");
  print(`${CASES} random circuits of ${GATES} gates on ${QUBITS} qubits (${maps}):`);
  print(`  exact minimum of exchanges in ${percent(minimal / CASES)}, ${swaps} against ${least}`);
  print(`  equal to the original: ${percent(equal / CASES)}`);
}

function sharedPrograms(): void {
  const maps: readonly (readonly [string, CouplingMap])[] = [
    ["heavy hexagons, 32 qubits", heavyHexMap(3, 9)],
    ["grid of 4 x 4", gridMap(4, 4)],
  ];
  const files = readdirSync(PROGRAMS).filter((name) => name.endsWith(".qasm"));
  for (const [name, map] of maps) {
    let [added, same, path, pathSameLayout, equal] = [0, 0, 0, 0, 0];
    for (const file of files) {
      const circuit = circuitOfOpenQasm(readFileSync(new URL(file, PROGRAMS), "utf8"));
      const everywhere = transpile(
        circuit,
        { basis, map: completeMap(circuit.qubitCount) },
        { seed: 1 },
      );
      const result = transpile(circuit, { basis, map }, { seed: 1 });
      added += result.entanglerCount - everywhere.entanglerCount;
      const own = Array.from({ length: circuit.qubitCount }, (_, qubit) => qubit);
      path += addedByShortestPaths(everywhere, own, map);
      pathSameLayout += addedByShortestPaths(everywhere, result.initialLayout, map);
      if (result.swapCount === 0) same += 1;
      if (isEqualWithoutMeasurement(circuit, map) && sameDistribution(circuit, result)) equal += 1;
    }
    print(`${files.length} shared programs onto ${name}:`);
    print(`  entangling gates added: ${added}, nothing moved in ${same} programs`);
    print(`  shortest paths, qubit i at i: ${path} (${percent(1 - added / path)} fewer)`);
    print(`  shortest paths, from our layout: ${pathSameLayout}`);
    print(`  equal to the original: ${percent(equal / files.length)}`);
  }
}

function randomPair(random: RandomStream): Pair {
  const first = random.below(QUBITS);
  return [first, (first + 1 + random.below(QUBITS - 1)) % QUBITS];
}

/**
 * The least number of exchanges after which all of `pairs`, in an order that keeps what shares a
 * qubit in turn, were coupled: breadth first over layouts and what is left, from all layouts.
 */
function leastSwaps(pairs: readonly Pair[], map: CouplingMap): number {
  const layouts = placements(QUBITS, map.qubitCount);
  let frontier = new Map<string, { readonly layout: readonly number[]; readonly done: number }>();
  const seen = new Set<string>();
  const visit = (into: typeof frontier, layout: readonly number[], before: number): boolean => {
    const done = withCoupled(pairs, layout, before, map);
    const key = `${layout.join(" ")} ${done}`;
    if (!seen.has(key)) into.set(key, { layout, done });
    seen.add(key);
    return done === 2 ** pairs.length - 1;
  };
  for (const layout of layouts) if (visit(frontier, layout, 0)) return 0;
  for (let swaps = 1; ; swaps += 1) {
    const next: typeof frontier = new Map();
    for (const { layout, done } of frontier.values()) {
      for (const [a, b] of map.edges) {
        const moved = layout.map((spot) => (spot === a ? b : spot === b ? a : spot));
        if (visit(next, moved, done)) return swaps;
      }
    }
    frontier = next;
  }
}

/** `done`, a set of bits, with every pair that is coupled and waits for none that is not done. */
function withCoupled(
  pairs: readonly Pair[],
  layout: readonly number[],
  done: number,
  map: CouplingMap,
): number {
  const blocked = new Set<number>();
  let now = done;
  for (const [index, [first, second]] of pairs.entries()) {
    if (((done >> index) & 1) === 1) continue;
    const isFree = !blocked.has(first) && !blocked.has(second);
    if (isFree && map.neighbours[layout[first]].includes(layout[second])) now |= 1 << index;
    else blocked.add(first).add(second);
  }
  return now;
}

/** Every way to put `count` qubits on `spots` places. */
function placements(count: number, spots: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return placements(count - 1, spots).flatMap((layout) =>
    Array.from({ length: spots }, (_, spot) => spot)
      .filter((spot) => !layout.includes(spot))
      .map((spot) => [...layout, spot]),
  );
}

/**
 * Entangling gates added by carrying each gate's first qubit next to its second. The exchanges are
 * merged with what stands beside them, as the transpiler's own are.
 */
function addedByShortestPaths(
  everywhere: Transpilation,
  layout: readonly number[],
  map: CouplingMap,
): number {
  const { circuit, initialLayout } = everywhere;
  const places = new Map(initialLayout.map((spot, qubit) => [spot, layout[qubit]]));
  const at = (qubit: number) => places.get(qubit) ?? -1;
  const routed = circuitOf((b) => {
    b.qubits("q", map.qubitCount);
    b.bits("c", circuit.bitCount);
    const swap = (a: number, c: number) => {
      b.gate("swap", [a, c]);
      for (const [qubit, place] of places) {
        if (place === a) places.set(qubit, c);
        else if (place === c) places.set(qubit, a);
      }
    };
    for (const operation of circuit.operations) {
      if (operation.kind === "measure") b.measure(at(operation.qubit), operation.bit);
      if (operation.kind === "barrier") b.barrier(...operation.qubits.map(at));
      if (operation.kind !== "gate") continue;
      const [first, second] = operation.targets;
      while (second !== undefined && distance(map, at(first), at(second)) > 1) {
        const goal = distance(map, at(first), at(second)) - 1;
        const spots = map.neighbours[at(first)];
        swap(at(first), spots[spots.findIndex((one) => distance(map, one, at(second)) === goal)]);
      }
      b.gate(operation.gate, operation.targets.map(at), { parameters: operation.parameters });
    }
  });
  const all = { basis, map: completeMap(map.qubitCount) };
  return transpile(routed, all, { seed: 1 }).entanglerCount - everywhere.entanglerCount;
}

function distance(map: CouplingMap, a: number, b: number): number {
  return map.distances[a * map.qubitCount + b];
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

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
