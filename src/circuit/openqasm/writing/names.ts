/**
 * Names in written OpenQASM: registers keep theirs unless the language or one of its gates has
 * taken it.
 */
import type { Circuit, Register } from "../../circuit.ts";
import { gateTable } from "../../gates/gate-table.ts";
import { reservedWords } from "../parsing/words.ts";
import { builtInConstants } from "../translation/place.ts";

/** How a circuit's qubits and bits are written. */
export interface WrittenNames {
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
  readonly qubit: (qubit: number) => string;
  readonly bit: (bit: number) => string;
  /** A name nothing else has, beginning with `stem`. */
  readonly fresh: (stem: string) => string;
}

/** Chooses the names of `circuit` in a version of OpenQASM; `others` are taken besides. */
export function writtenNames(
  version: 2 | 3,
  circuit: Circuit,
  others: readonly string[],
): WrittenNames {
  const taken = new Set([
    ...reservedWords[version],
    ...builtInConstants.keys(),
    ...gateTable.flatMap((row) => [row.name, ...row.openQasm2, ...row.openQasm3]),
    ...others,
  ]);
  const pattern = version === 2 ? /^[a-z][A-Za-z0-9_]*$/ : /^[\p{L}_][\p{L}\p{Nl}_0-9]*$/u;
  const fresh = (stem: string): string => {
    let name = pattern.test(stem) ? stem : "register";
    while (taken.has(name)) name = `${name}_`;
    taken.add(name);
    return name;
  };
  const renamed = (register: Register): Register => {
    const isPhysical = version === 3 && /^\$[0-9]+$/.test(register.name);
    return isPhysical ? register : { ...register, name: fresh(register.name) };
  };
  const qubitRegisters = circuit.qubitRegisters.map(renamed);
  const bitRegisters = circuit.bitRegisters.map(renamed);
  const qubits = members(qubitRegisters, circuit.qubitCount);
  const bits = members(bitRegisters, circuit.bitCount);
  return {
    qubitRegisters,
    bitRegisters,
    qubit: (qubit) => qubits[qubit],
    bit: (bit) => bits[bit],
    fresh,
  };
}

function members(registers: readonly Register[], count: number): readonly string[] {
  const texts = new Array<string>(count).fill("");
  for (const { name, start, size } of registers) {
    for (let place = 0; place < size; place += 1) {
      texts[start + place] = name.startsWith("$") ? name : `${name}[${place}]`;
    }
  }
  return texts;
}
