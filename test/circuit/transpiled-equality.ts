/**
 * Whether a transpiled circuit is what it should be: the same unitary up to one phase, its qubits
 * where the layouts say, native gates alone, between coupled qubits alone.
 */
import {
  type Circuit,
  type CouplingMap,
  type Operation,
  referenceEngine,
  type Transpilation,
  type UnitaryOperation,
} from "#circuit";
import { qubitsOf } from "../../src/circuit/circuit.ts";
import { relabelled } from "../../src/circuit/conditions.ts";

/** A fixed, unremarkable turn of each qubit, so that one state tells circuits apart. */
function preparation(qubits: readonly number[], variant: number): readonly UnitaryOperation[] {
  return qubits.map((qubit, index) => ({
    kind: "gate",
    gate: "U",
    parameters: [0.9 + 0.37 * index + variant, 0.4 - 0.71 * index * variant, 0],
    power: 1,
    controls: [],
    targets: [qubit],
  }));
}

function unitaries(operations: readonly Operation[]): readonly UnitaryOperation[] {
  return operations.filter((entry) => entry.kind === "gate" || entry.kind === "unitary");
}

/** `result` with only the qubits that anything happens to, so that it can be simulated. */
export function compacted(result: Transpilation): Transpilation {
  const { circuit, initialLayout, finalLayout } = result;
  const touched = [
    ...new Set([...initialLayout, ...finalLayout, ...circuit.operations.flatMap(qubitsOf)]),
  ].sort((a, b) => a - b);
  const places = Array.from({ length: circuit.qubitCount }, (_, qubit) => touched.indexOf(qubit));
  const bits = Array.from({ length: circuit.bitCount }, (_, bit) => bit);
  const at = (qubit: number) => places[qubit];
  return {
    ...result,
    circuit: {
      ...circuit,
      qubitCount: touched.length,
      qubitRegisters: [{ name: "q", start: 0, size: touched.length }],
      operations: circuit.operations.map((operation) => relabelled(operation, places, bits)),
    },
    initialLayout: initialLayout.map(at),
    finalLayout: finalLayout.map(at),
  };
}

/**
 * 1 minus the overlap of the two circuits' states after the same preparation: 0 if they are equal.
 * Measurements are left out. A product state that is not in any gate's eigenbasis decides for all
 * but a set of circuits of measure 0; `variant` chooses another.
 */
export function distanceOf(circuit: Circuit, result: Transpilation, variant: number): number {
  const small = compacted(result);
  const there = referenceEngine.start(small.circuit.qubitCount);
  there.apply(preparation(small.initialLayout, variant));
  there.apply(unitaries(small.circuit.operations));
  const here = referenceEngine.start(circuit.qubitCount);
  const own = Array.from({ length: circuit.qubitCount }, (_, qubit) => qubit);
  here.apply(preparation(own, variant));
  here.apply(unitaries(circuit.operations));
  const [a, b] = [here.amplitudes(), there.amplitudes()];
  let [re, im] = [0, 0];
  for (let index = 0; index < a.re.length; index += 1) {
    const other = small.finalLayout.reduce(
      (bits, to, qubit) => bits | (((index >> qubit) & 1) << to),
      0,
    );
    re += a.re[index] * b.re[other] + a.im[index] * b.im[other];
    im += a.re[index] * b.im[other] - a.im[index] * b.re[other];
  }
  return 1 - Math.hypot(re, im);
}

/** The gates of `operations` that are not in `names` or join qubits that are not coupled. */
export function misfits(
  operations: readonly Operation[],
  names: readonly string[],
  map: CouplingMap,
): readonly string[] {
  return operations.flatMap((operation): readonly string[] => {
    switch (operation.kind) {
      case "gate": {
        const { gate, targets, controls, power } = operation;
        const [a, b] = targets;
        const isCoupled = targets.length < 2 || map.directions.has(a * map.qubitCount + b);
        const isNative = names.includes(gate) && controls.length === 0 && power === 1;
        return isNative && isCoupled ? [] : [`${gate} ${targets.join(" ")}`];
      }
      case "if":
        return misfits([...operation.whenTrue, ...operation.whenFalse], names, map);
      case "repeat":
      case "while":
        return misfits(operation.body, names, map);
      case "unitary":
        return ["matrix"];
      default:
        return [];
    }
  });
}
