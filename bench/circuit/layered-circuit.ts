/**
 * The circuits whose speed is measured: random rotations of all qubits between CZ on random pairs,
 * as operations of the engine and as text in qsim's format.
 */
import { type RandomStream, randomStream, shuffle } from "#foundation";
import { controlledZ, type StateOperation } from "#kernels";

/** A circuit in both forms. */
export interface LayeredCircuit {
  readonly operations: readonly StateOperation[];
  /** One gate per line: time, name, qubits, angles. */
  readonly text: string;
}

/** `cycles` times rotations and CZ, and rotations at the end. */
export function layeredCircuit(qubitCount: number, cycles: number): LayeredCircuit {
  const stream = randomStream(qubitCount, "random circuit");
  const operations: StateOperation[] = [];
  const lines = [`${qubitCount}`];
  let time = 0;
  const rotations = () => {
    for (let target = 0; target < qubitCount; target += 1) {
      const { matrix, angles } = randomRotation(stream);
      operations.push({ kind: "unitary1", target, controls: [], matrix });
      lines.push(`${time} rz ${target} ${angles[2]}`, `${time + 1} ry ${target} ${angles[1]}`);
      lines.push(`${time + 2} rz ${target} ${angles[0]}`);
    }
    time += 3;
  };
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    rotations();
    const order = Array.from({ length: qubitCount }, (_, qubit) => qubit);
    shuffle(order, stream);
    for (let at = 0; at + 1 < qubitCount; at += 2) {
      operations.push(controlledZ(order[at], order[at + 1]));
      lines.push(`${time} cz ${order[at]} ${order[at + 1]}`);
    }
    time += 1;
  }
  rotations();
  return { operations, text: `${lines.join("\n")}\n` };
}

/** Rz(a) Ry(b) Rz(c) with random angles. */
export function randomRotation(stream: RandomStream) {
  const angles = [0, 1, 2].map(() => 2 * Math.PI * stream.unit());
  const [a, b, c] = angles;
  const entry = (size: number, angle: number) => [size * Math.cos(angle), size * Math.sin(angle)];
  const [cosine, sine] = [Math.cos(b / 2), Math.sin(b / 2)];
  const matrix = [
    ...entry(cosine, -(a + c) / 2),
    ...entry(-sine, (c - a) / 2),
    ...entry(sine, (a - c) / 2),
    ...entry(cosine, (a + c) / 2),
  ];
  return { angles, matrix };
}
