/**
 * Which problem of a file is meant, where a file holds several.
 */
import { Fault } from "#foundation";
import { formatFaults } from "../faults.ts";
import type { Scanner } from "../scanner.ts";

/** @throws Fault `problem-number-missing` unless the file has a problem `number`. */
export function chosenProblem({ token }: Scanner, number: number, problemCount: number): void {
  if (number >= 1 && number <= problemCount) return;
  const message = `problem: expected a number from 1 to ${problemCount}, got ${number}`;
  const detail = `line ${token.line}, column ${token.column}: ${message}`;
  throw new Fault(formatFaults.problemMissing, { detail });
}
