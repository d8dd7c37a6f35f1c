/**
 * OpenQASM as a circuit: for drawing, counting, transpiling, writing in another version.
 */
import type { Circuit } from "../circuit.ts";
import { flattened } from "../machine/flatten.ts";
import { type InputValues, writeInputs } from "../machine/inputs.ts";
import { type OpenQasmOptions, programOfOpenQasm } from "./translation/translate.ts";

/**
 * The circuit that the text describes, its loops and calls carried out.
 *
 * @throws Fault `openqasm-invalid`, `circuit-input-invalid`, `circuit-not-flat` and those
 *   of a run.
 */
export function circuitOfOpenQasm(
  text: string,
  options: OpenQasmOptions & { readonly inputs?: InputValues } = {},
): Circuit {
  const program = programOfOpenQasm(text, options);
  const memory = [...program.initialCells];
  writeInputs(program, memory, options.inputs ?? {});
  return flattened(program, memory);
}
