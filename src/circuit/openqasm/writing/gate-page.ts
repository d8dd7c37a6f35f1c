/**
 * The page about gates, `docs/gates.md`, as the gate table has it.
 */
import type { GateRow } from "../../gates/gate-row.ts";
import { gateTable } from "../../gates/gate-table.ts";
import { type Parameter, symbol } from "../../gates/parameter.ts";
import { parameterText } from "./number-text.ts";

const QUBITS = ["a", "b", "c", "d", "e"];

/** The page as Markdown. */
export function gatePage(): string {
  return [
    "# Gates\n",
    "Every gate Tandem knows, printed by `tandem circuit gates` from the one table that parser,",
    "writers, simulators and transpiler read (`src/circuit/gates`). Angles are radians; the first",
    "qubit is the least significant bit of a matrix index. Names beside each other mean the same,",
    "and the first is written; a dash means that a definition is written instead.\n",
    "| gate | what it does | from simpler gates | undone by | OpenQASM 2 | OpenQASM 3 | Braket |",
    "|---|---|---|---|---|---|---|",
    ...gateTable.map(gateLine),
    "",
  ].join("\n");
}

function gateLine(row: GateRow): string {
  const parameters = row.parameterNames.map((name) => symbol(name));
  const call = (gate: string, of: readonly Parameter[]) =>
    of.length === 0 ? gate : `${gate}(${of.map(parameterText).join(", ")})`;
  const steps = row.decomposition?.(parameters).map((step) => {
    const operands = step.qubits.map((place) => QUBITS[place]).join(", ");
    return `${call(step.gate, step.parameters)}${operands === "" ? "" : ` ${operands}`}`;
  });
  const undone = row.inverse(parameters);
  const cells = [
    code(call(row.name, parameters)),
    // A bar would end the cell.
    row.sentence.replaceAll("|", "\\|"),
    steps === undefined ? "-" : code(steps.join("; ")),
    code(call(undone.gate, undone.parameters)),
    row.openQasm2.map(code).join(", ") || "-",
    row.openQasm3.map(code).join(", ") || "-",
    row.braket === undefined ? "-" : code(row.braket),
  ];
  return `| ${cells.join(" | ")} |`;
}

function code(text: string): string {
  return text === "" ? "-" : `\`${text}\``;
}
