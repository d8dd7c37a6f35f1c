/**
 * The gate table: one row per gate, the only list of gates there is. Tests loop over it and hold
 * its columns against each other: unitary, undone by its inverse, equal to its decomposition, the
 * same after a trip through OpenQASM.
 */
import { present } from "#foundation";
import { controlledGates } from "./controlled-gates.ts";
import type { GateRow } from "./gate-row.ts";
import { manyQubitGates } from "./many-qubit-gates.ts";
import { nativeGates } from "./native-gates.ts";
import { oneQubitGates } from "./one-qubit-gates.ts";
import { pairGates } from "./pair-gates.ts";

/** Every gate: fewest qubits first, then the native gates of devices. */
export const gateTable: readonly GateRow[] = Object.freeze([
  ...oneQubitGates,
  ...controlledGates,
  ...pairGates,
  ...manyQubitGates,
  ...nativeGates,
]);

/** The versions of OpenQASM the room reads and writes, by their major number. */
export type OpenQasmVersion = 2 | 3;

const byName = new Map(gateTable.map((row) => [row.name, row]));
const byOpenQasmName: Readonly<Record<OpenQasmVersion, ReadonlyMap<string, GateRow>>> = {
  2: new Map(gateTable.flatMap((row) => row.openQasm2.map((name) => [name, row]))),
  3: new Map(gateTable.flatMap((row) => row.openQasm3.map((name) => [name, row]))),
};

/** Names that need no `include`. */
export const builtInGates: Readonly<Record<OpenQasmVersion, readonly string[]>> = {
  2: ["U", "CX"],
  3: ["U", "gphase"],
};

/**
 * The row called `name`.
 *
 * @throws AssertionError when there is none.
 */
export function gateRow(name: string): GateRow {
  return present(byName.get(name), `gate ${name}`);
}

/** Whether the table has a gate called `name`. */
export function isGateName(name: string): boolean {
  return byName.has(name);
}

/** The gate that OpenQASM calls `name`, built in or in its standard library. */
export function gateOfOpenQasm(version: OpenQasmVersion, name: string): GateRow | undefined {
  return byOpenQasmName[version].get(name);
}

/**
 * The name `row` has in OpenQASM, `undefined` where the language has none and a definition is
 * written.
 */
export function openQasmNameOf(version: OpenQasmVersion, row: GateRow): string | undefined {
  return version === 2 ? row.openQasm2[0] : row.openQasm3[0];
}
