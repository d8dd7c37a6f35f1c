/**
 * What has to wait for what: a step waits for the last step before it on each of its qubits and
 * classical bits.
 */
import { type Step, stepBits, stepQubits } from "./step.ts";

/** The order that a list of steps has to keep. */
export interface Dependencies {
  /** For each step, those that wait for it. */
  readonly followers: readonly (readonly number[])[];
  /** For each step, how many it waits for. */
  readonly waits: Uint32Array;
}

/** The dependencies of `steps`. */
export function dependenciesOf(steps: readonly Step[]): Dependencies {
  const followers = steps.map((): number[] => []);
  const waits = new Uint32Array(steps.length);
  const lastOn = new Map<string, number>();
  for (const [index, step] of steps.entries()) {
    const wires = [
      ...stepQubits(step).map((qubit) => `q${qubit}`),
      ...stepBits(step).map((bit) => `c${bit}`),
    ];
    const before = new Set(wires.flatMap((wire) => lastOn.get(wire) ?? []));
    for (const other of before) followers[other].push(index);
    waits[index] = before.size;
    for (const wire of wires) lastOn.set(wire, index);
  }
  return { followers, waits };
}
