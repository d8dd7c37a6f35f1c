/**
 * Values that the caller of a program gives, put into the cells before the run.
 */
import { Fault } from "#foundation";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { Memory, Program } from "./code.ts";

/** Values by the names of the program's inputs. */
export type InputValues = Readonly<Record<string, number | string | boolean>>;

/**
 * Writes `values` into `memory`.
 *
 * @throws Fault `circuit-input-invalid` unless every input, and nothing else, has a value of its
 *   type.
 */
export function writeInputs(program: Program, memory: Memory, values: InputValues): void {
  const declared = program.inputs.map((slot) => slot.name);
  const unknown = Object.keys(values).find((name) => !declared.includes(name));
  if (unknown !== undefined) {
    throw inputFault(`inputs, expected ${declared.join(", ") || "none"}, got ${unknown}`);
  }
  for (const slot of program.inputs) {
    const value = Object.hasOwn(values, slot.name) ? values[slot.name] : undefined;
    const complaint = value === undefined ? "nothing" : slot.write(memory, value);
    if (complaint !== undefined) {
      throw inputFault(`input ${slot.name}, expected ${slot.expected}, got ${complaint}`);
    }
  }
}

/** The fault that says what is wrong with an input. */
export function inputFault(detail: string): Fault {
  return new Fault(CIRCUIT_FAULTS.inputInvalid, { detail });
}
