/**
 * Observables written down: `Z0 Z1 - 0.5 X2` is a sum of Pauli products with real coefficients.
 */
import { Fault } from "#foundation";
import type { PauliTerm } from "#kernels";
import { CIRCUIT_FAULTS } from "./faults.ts";

const NUMBER = String.raw`\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?`;
const TERM = new RegExp(String.raw`\s*([-+])?\s*(${NUMBER})?\s*\*?\s*((?:[XYZ]\d+[\s*]*)*)`, "y");

/**
 * The terms of `text`. A term is a number, a product of `X`, `Y` and `Z` each followed by its
 * qubit, or both, with or without `*` between; a number alone is a multiple of the identity.
 *
 * @throws Fault `circuit-observable-invalid` for anything else, a qubit twice in a product, and
 *   qubits from `qubitCount` on.
 */
export function pauliSumOfText(text: string, qubitCount: number): readonly PauliTerm[] {
  const terms: PauliTerm[] = [];
  let total = 0;
  TERM.lastIndex = 0;
  for (let from = 0; from < text.length; from = TERM.lastIndex) {
    const [whole = "", sign, number, product = ""] = TERM.exec(text) ?? [];
    const isTerm = number !== undefined || product !== "";
    if (whole === "" || !isTerm || (terms.length > 0 && sign === undefined)) {
      throw invalid(`expected terms such as 0.5 Z0 Z1, got ${text.slice(from) || "nothing"}`);
    }
    const coefficient = Number(`${sign ?? ""}${number ?? 1}`);
    total += Math.abs(coefficient);
    if (!Number.isFinite(total)) {
      throw invalid(`expected coefficients whose sum is finite, got ${number}`);
    }
    terms.push({ coefficient, operators: operatorsOf(product, qubitCount) });
  }
  return terms;
}

function operatorsOf(product: string, qubitCount: number): PauliTerm["operators"] {
  const operators = [...product.matchAll(/([XYZ])(\d+)/g)].map(([, letter, digits]) => {
    const qubit = Number(digits);
    if (qubit >= qubitCount) {
      throw invalid(`expected qubits below ${qubitCount}, got ${qubit}`);
    }
    return { qubit, pauli: letter === "X" ? "X" : letter === "Y" ? "Y" : "Z" } as const;
  });
  if (new Set(operators.map(({ qubit }) => qubit)).size === operators.length) return operators;
  throw invalid(`expected each qubit once in a product, got ${product.trim()}`);
}

function invalid(expectation: string): Fault {
  return new Fault(CIRCUIT_FAULTS.observableInvalid, { detail: `the observable, ${expectation}` });
}
