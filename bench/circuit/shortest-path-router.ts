/**
 * The router that routing is compared with: it carries each gate's first qubit along a shortest
 * path to its second.
 */
import {
  type Basis,
  type CouplingMap,
  circuitOf,
  completeMap,
  type Transpilation,
  transpile,
} from "#circuit";

/**
 * Entangling gates added by carrying each gate's first qubit next to its second. The exchanges are
 * merged with what stands beside them, as the transpiler's own are.
 */
export function addedByShortestPaths(
  basis: Basis,
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
