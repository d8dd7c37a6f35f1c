/**
 * Definitions of the table's gates in OpenQASM, from their decompositions: for circuits that use a
 * gate the standard library lacks, and for the standard libraries themselves.
 */

import type { GateRow, GateStep } from "../../gates/gate-row.ts";
import { gateRow, type OpenQasmVersion, openQasmNameOf } from "../../gates/gate-table.ts";
import { symbol } from "../../gates/parameter.ts";
import { libraryGates, libraryPaths } from "../translation/include.ts";
import { parameterText } from "./number-text.ts";

const QUBIT_NAMES = ["a", "b", "c", "d", "e"];

/** The name under which `row` is called, whether the language has it or a definition gives it. */
export function calledName(version: OpenQasmVersion, row: GateRow): string {
  return openQasmNameOf(version, row) ?? row.name;
}

/**
 * Definitions of the gates in `names` that the language lacks, and of those they are made of, in
 * order of use.
 */
export function definitionsFor(
  version: OpenQasmVersion,
  names: Iterable<string>,
): readonly string[] {
  const done = new Set<string>();
  const texts: string[] = [];
  const define = (name: string): void => {
    const row = gateRow(name);
    const isKnown = openQasmNameOf(version, row) !== undefined || row.decomposition === undefined;
    if (isKnown || done.has(name)) return;
    done.add(name);
    for (const { gate } of stepsOf(row)) define(gate);
    texts.push(definitionText(version, row, row.name, stepsOf(row)));
  };
  for (const name of names) define(name);
  return texts;
}

/**
 * The text of a standard library, one definition per line. It is what `include` means, for people
 * and other programs; this room reads the gate table instead.
 */
export function standardLibraryText(version: OpenQasmVersion): string {
  const lines = [`// ${libraryPaths[version]}: gates of OpenQASM ${version}, from the gate table.`];
  const written = new Set<string>();
  const write = (name: string, row: GateRow): void => {
    if (written.has(name)) return;
    for (const step of namedSteps(version, stepsOf(row))) {
      const part = gateRow(step.gate);
      const partName = openQasmNameOf(version, part);
      if (partName !== undefined && inLibrary.has(partName)) write(partName, part);
    }
    written.add(name);
    const steps = namedSteps(version, stepsOf(row));
    lines.push(`// ${row.sentence}`, definitionText(version, row, name, steps));
  };
  const inLibrary = new Map(libraryGates(version));
  for (const [name, row] of inLibrary) write(name, row);
  return `${lines.join("\n")}\n`;
}

type Steps = readonly GateStep[];

function definitionText(
  version: OpenQasmVersion,
  row: GateRow,
  name: string,
  steps: Steps,
): string {
  const parameters = row.parameterNames.length > 0 ? `(${row.parameterNames.join(", ")})` : "";
  const qubits = QUBIT_NAMES.slice(0, row.qubitCount);
  const body = bodyOf(version, row, qubits, steps).join(" ");
  return `gate ${name}${parameters} ${qubits.join(", ")} { ${body}${body === "" ? "" : " "}}`;
}

function bodyOf(
  version: OpenQasmVersion,
  row: GateRow,
  qubits: readonly string[],
  steps: Steps,
): readonly string[] {
  // Of the gates without a decomposition only cx is in a library.
  if (row.decomposition === undefined) {
    return [`${version === 2 ? "CX" : "ctrl @ x"} ${qubits.join(", ")};`];
  }
  return steps
    .filter(({ gate }) => version === 3 || gate !== "gphase")
    .map(({ gate, parameters, qubits: places }) => {
      const called = calledName(version, gateRow(gate));
      const angles = parameters.map(parameterText).join(", ");
      const operands = places.map((place) => qubits[place]).join(", ");
      const head = angles === "" ? called : `${called}(${angles})`;
      return `${operands === "" ? head : `${head} ${operands}`};`;
    });
}

function stepsOf(row: GateRow): Steps {
  return row.decomposition?.(row.parameterNames.map((name) => symbol(name))) ?? [];
}

/** The steps with those that the language has no name for taken apart. */
function namedSteps(version: OpenQasmVersion, steps: Steps): Steps {
  return steps.flatMap((step): Steps => {
    const row = gateRow(step.gate);
    if (row.decomposition === undefined || openQasmNameOf(version, row) !== undefined)
      return [step];
    const inner = row.decomposition(step.parameters).map((part) => ({
      ...part,
      qubits: part.qubits.map((place) => step.qubits[place]),
    }));
    return namedSteps(version, inner);
  });
}
