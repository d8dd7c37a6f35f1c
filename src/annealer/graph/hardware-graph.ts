/**
 * The graph of an annealing processor: qubits, known by their linear labels, and the couplers
 * between them. A working graph is a topology less what does not work; it keeps the topology as a
 * hint of where things lie, and everything is decided by the qubits and couplers that are there.
 */
import { assert } from "#foundation";
import type { Coupler } from "./coupler.ts";
import { isInFabric } from "./pegasus.ts";
import { couplersOfTopology, labelCountOf, type Topology } from "./topology.ts";

/** Qubits and couplers. Every array is made once and never changed. */
export interface HardwareGraph {
  readonly topology: Topology;
  /** Labels are below this; not every label has a qubit. */
  readonly labelCount: number;
  /** 1 where the label has a working qubit. */
  readonly works: Uint8Array;
  readonly qubitCount: number;
  readonly couplerCount: number;
  /** Neighbours of qubit q: entries `starts[q]` up to but excluding `starts[q + 1]`, ascending. */
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
}

/** What of a topology does not work. */
export interface Defects {
  readonly qubits?: readonly number[];
  readonly couplers?: readonly Coupler[];
}

/**
 * The graph of `qubits` and `couplers` under a topology with `labelCount` labels. Couplers at
 * qubits that are not listed are left out; each may be given once only.
 */
function hardwareGraph(
  topology: Topology,
  labelCount: number,
  qubits: Iterable<number>,
  couplers: Iterable<Coupler>,
): HardwareGraph {
  const works = new Uint8Array(labelCount);
  let qubitCount = 0;
  for (const qubit of qubits) {
    assert(qubit >= 0 && qubit < labelCount && works[qubit] === 0, "each label once, in range");
    works[qubit] = 1;
    qubitCount += 1;
  }
  const kept = [...couplers].filter(([a, b]) => works[a] === 1 && works[b] === 1);
  const starts = new Int32Array(labelCount + 1);
  for (const [a, b] of kept) {
    starts[a + 1] += 1;
    starts[b + 1] += 1;
  }
  for (let qubit = 0; qubit < labelCount; qubit += 1) starts[qubit + 1] += starts[qubit];
  const neighbours = new Int32Array(2 * kept.length);
  const ends = starts.slice();
  for (const [a, b] of kept) {
    neighbours[ends[a]++] = b;
    neighbours[ends[b]++] = a;
  }
  for (let qubit = 0; qubit < labelCount; qubit += 1) {
    neighbours.subarray(starts[qubit], starts[qubit + 1]).sort();
  }
  return Object.freeze({
    topology,
    labelCount,
    works,
    qubitCount,
    couplerCount: kept.length,
    starts,
    neighbours,
  });
}

/** The graph of `topology` without defects. */
export function perfectGraph(topology: Topology): HardwareGraph {
  const labelCount = labelCountOf(topology);
  const all = Array.from({ length: labelCount }, (_, label) => label);
  const isInside = (label: number) =>
    topology.kind !== "pegasus" || !topology.isFabricOnly || isInFabric(topology, label);
  return hardwareGraph(topology, labelCount, all.filter(isInside), couplersOfTopology(topology));
}

/** The graph without what does not work. */
export function withDefects(graph: HardwareGraph, defects: Defects): HardwareGraph {
  const broken = new Set(defects.qubits);
  const cut = new Set((defects.couplers ?? []).map(([a, b]) => keyOf(graph, a, b)));
  return hardwareGraph(
    graph.topology,
    graph.labelCount,
    qubitsOf(graph).filter((qubit) => !broken.has(qubit)),
    [...couplersOf(graph)].filter(([a, b]) => !cut.has(keyOf(graph, a, b))),
  );
}

/** Labels of the working qubits, ascending. */
export function qubitsOf({ works }: HardwareGraph): number[] {
  return Array.from(works.keys()).filter((qubit) => works[qubit] === 1);
}

/** Every coupler once, the lesser label first, in lexicographic order. */
export function* couplersOf(graph: HardwareGraph): Generator<Coupler> {
  const { labelCount, starts, neighbours } = graph;
  for (let qubit = 0; qubit < labelCount; qubit += 1) {
    for (let entry = starts[qubit]; entry < starts[qubit + 1]; entry += 1) {
      if (neighbours[entry] > qubit) yield [qubit, neighbours[entry]];
    }
  }
}

/** Whether two qubits are coupled. */
export function areCoupled({ starts, neighbours }: HardwareGraph, a: number, b: number): boolean {
  let low = starts[a];
  let high = starts[a + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (neighbours[middle] < b) low = middle + 1;
    else high = middle;
  }
  return low < starts[a + 1] && neighbours[low] === b;
}

function keyOf({ labelCount }: HardwareGraph, a: number, b: number): number {
  return Math.min(a, b) * labelCount + Math.max(a, b);
}
