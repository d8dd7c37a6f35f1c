/**
 * From OpenQASM text to a program for the machine: parse, translate, and either a program or
 * everything that is wrong.
 */
import { Fault } from "#foundation";
import { CIRCUIT_FAULTS } from "../../faults.ts";
import { builtInGates, gateOfOpenQasm } from "../../gates/gate-table.ts";
import type { Program } from "../../machine/code.ts";
import { parseOpenQasm } from "../parsing/parse.ts";
import { type Diagnostic, placeText } from "../source.ts";
import { translateValue } from "./expression.ts";
import { rowDefinition } from "./gate-statement.ts";
import { translateStatement } from "./statement.ts";
import { callSubroutine } from "./subroutine-call.ts";
import { type ReadInclude, Translator } from "./translator.ts";

/** How a text is read. */
export interface OpenQasmOptions {
  /** What diagnostics call the text. */
  readonly file?: string;
  /** Reads other files the text includes; without it only the standard libraries can be. */
  readonly readInclude?: ReadInclude;
}

/** A program, or what is wrong with the text, in the order of its lines. */
export type Translation =
  | { readonly kind: "program"; readonly program: Program }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/** Translates OpenQASM 2 or 3. */
export function translateOpenQasm(text: string, options: OpenQasmOptions = {}): Translation {
  const { file = "input.qasm", readInclude = () => undefined } = options;
  const { tree, diagnostics, hardwareQubits } = parseOpenQasm(text, file);
  const { version, statements } = tree;
  const t = new Translator(version, readInclude, hardwareQubits, {
    statement: translateStatement,
    value: translateValue,
    call: callSubroutine,
  });
  const start = { file, line: 1, column: 1 };
  for (const name of builtInGates[version]) {
    const row = gateOfOpenQasm(version, name);
    if (row === undefined) continue;
    const definition = rowDefinition(name, row);
    t.scopes.declare(start, name, { kind: "gate", definition, fromLibrary: false });
  }
  // A calibration holds for the whole program, also for what stands before it.
  for (const { target } of statements.filter((one) => one.kind === "calibration")) {
    t.calibrated.add(target);
  }
  t.statements(statements);
  t.emit({ kind: "halt" });
  const all = [...diagnostics, ...t.diagnostics];
  if (all.length > 0) return { kind: "refused", diagnostics: all.sort(byPlace) };
  const declared = t.outputs.filter((output) => output.declared);
  return {
    kind: "program",
    program: {
      instructions: t.instructions,
      qubitCount: t.qubitCount,
      qubitRegisters: t.qubitRegisters,
      outputs: declared.length > 0 ? declared : t.outputs,
      inputs: t.inputs,
      initialCells: t.initialCells,
      bitCells: t.bitCells,
      subroutineCells: t.subroutineCells,
    },
  };
}

/**
 * Translates OpenQASM 2 or 3.
 *
 * @throws Fault `openqasm-invalid`, its detail one line `file:line:column: what` for each
 *   thing wrong.
 */
export function programOfOpenQasm(text: string, options: OpenQasmOptions = {}): Program {
  const translation = translateOpenQasm(text, options);
  if (translation.kind === "program") return translation.program;
  const { diagnostics } = translation;
  throw new Fault(CIRCUIT_FAULTS.openQasmInvalid, {
    detail: diagnostics.map(({ at, message }) => `${placeText(at)}: ${message}`).join("\n"),
    flaws: diagnostics.map(({ at, message }) => ({ pointer: `/${at.line}/${at.column}`, message })),
  });
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.at.line - b.at.line || a.at.column - b.at.column;
}
