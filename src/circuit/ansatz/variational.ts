/**
 * Ansätze with free angles: layers that suit a device, and layers that follow a problem. Angles are
 * symbols, to be bound or written as inputs.
 */
import { CircuitBuilder } from "../builder.ts";
import type { Circuit } from "../circuit.ts";
import { scaled, symbol } from "../gates/parameter.ts";

/**
 * RY and RZ on every qubit, then CX along a line, `layers` times, and RY and RZ once more (A.
 * Kandala et al., Nature 549, 2017). Symbols: `ry_l_q` and `rz_l_q`.
 */
export function hardwareEfficientAnsatz(qubitCount: number, layers: number): Circuit {
  const builder = new CircuitBuilder();
  const qubits = builder.qubits("q", qubitCount);
  for (let layer = 0; layer <= layers; layer += 1) {
    for (const qubit of qubits) {
      builder.ry(symbol(`ry_${layer}_${qubit}`), qubit);
      builder.rz(symbol(`rz_${layer}_${qubit}`), qubit);
    }
    if (layer === layers) break;
    for (const qubit of qubits.slice(1)) builder.cx(qubit - 1, qubit);
  }
  return builder.build();
}

/** One term of an Ising model: a field, or a coupling of two qubits. */
export interface ZTerm {
  readonly coefficient: number;
  readonly qubits: readonly [number] | readonly [number, number];
}

/**
 * From the uniform superposition, layers of rotations by the problem's own terms and of X: QAOA
 * with a gamma and a beta for each layer. Symbols: `gamma_l` and `beta_l`; phases are exp(-i gamma
 * sum of terms), mixers exp(-i beta X).
 */
export function problemAnsatz(
  qubitCount: number,
  terms: readonly ZTerm[],
  layers: number,
): Circuit {
  const builder = new CircuitBuilder();
  const qubits = builder.qubits("q", qubitCount);
  for (const qubit of qubits) builder.ry(Math.PI / 2, qubit);
  for (let layer = 0; layer < layers; layer += 1) {
    for (const { coefficient, qubits: touched } of terms) {
      const angle = scaled(symbol(`gamma_${layer}`), 2 * coefficient);
      const [first, second] = touched;
      if (second === undefined) builder.rz(angle, first);
      else builder.rzz(angle, first, second);
    }
    for (const qubit of qubits) builder.rx(scaled(symbol(`beta_${layer}`), 2), qubit);
  }
  return builder.build();
}
