/**
 * The digest of a quadratic problem: equal problems, equal digests.
 */
import { createHash, type Hash } from "node:crypto";
import { endianness } from "node:os";
import { assert } from "#foundation";
import type { QuadraticProblem } from "./quadratic-problem.ts";

/** SHA-256 over every number and name of the problem, as 64 hexadecimal digits. */
export function quadraticDigest(problem: QuadraticProblem): string {
  const hash = createHash("sha256");
  numbers(hash, problem);
  texts(hash, problem.labels ?? []);
  texts(hash, problem.constraints.labels);
  return hash.digest("hex");
}

/** The digest of a problem but for the names of its variables and constraints. */
export function namelessDigest(problem: QuadraticProblem): string {
  const hash = createHash("sha256");
  numbers(hash, problem);
  return hash.digest("hex");
}

function numbers(hash: Hash, { kind, sense, ...problem }: QuadraticProblem): void {
  assert(endianness() === "LE", "digests are defined over little-endian arrays");
  const { objective, constraints } = problem;
  texts(hash, [kind, sense]);
  for (const part of [
    problem.vartypes,
    problem.lowerBounds,
    problem.upperBounds,
    Float64Array.of(objective.offset),
    objective.linear,
    objective.starts,
    objective.columns,
    objective.biases,
    constraints.comparisons,
    constraints.rightSides,
    constraints.weights,
    constraints.penalties,
    constraints.starts,
    constraints.columns,
    constraints.biases,
    constraints.pairStarts,
    constraints.pairFirsts,
    constraints.pairSeconds,
    constraints.pairBiases,
  ]) {
    array(hash, part);
  }
}

/** Lengths go in before contents, so that no two problems share their bytes. */
function array(hash: Hash, part: Float64Array | Int32Array | Uint8Array): void {
  hash.update(Float64Array.of(part.length));
  hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
}

function texts(hash: Hash, values: readonly string[]): void {
  hash.update(Float64Array.of(values.length));
  for (const value of values) {
    hash.update(Float64Array.of(Buffer.byteLength(value)));
    hash.update(value);
  }
}
