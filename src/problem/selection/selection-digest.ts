/**
 * The digest of an ordered selection: equal problems, equal digests.
 */
import { createHash, type Hash } from "node:crypto";
import { endianness } from "node:os";
import { assert } from "#foundation";
import type { OrderedSelection } from "../ordered-selection.ts";

/** SHA-256 over every number and name of the problem, as 64 hexadecimal digits. */
export function selectionDigest(problem: OrderedSelection): string {
  assert(endianness() === "LE", "digests are defined over little-endian arrays");
  const hash = createHash("sha256");
  const { similarity, spacing } = problem;
  text(hash, problem.kind);
  numbers(hash, [problem.itemCount, problem.positionCount, problem.diversityWeight]);
  array(hash, problem.values);
  array(hash, problem.positionWeights);
  numbers(hash, [similarity.dimension]);
  for (const part of [
    similarity.unitVectors,
    similarity.offsets,
    similarity.others,
    similarity.values,
  ]) {
    array(hash, part);
  }
  numbers(hash, [problem.counts.length, problem.pins.length, spacing === undefined ? 0 : 1]);
  for (const { rule, bound, count, members, penalty } of problem.counts) {
    text(hash, rule);
    text(hash, bound);
    numbers(hash, [count, penalty]);
    array(hash, members);
  }
  for (const { rule, item, position, penalty } of problem.pins) {
    text(hash, rule);
    numbers(hash, [item, position, penalty]);
  }
  if (spacing !== undefined) {
    text(hash, spacing.rule);
    numbers(hash, [spacing.penalty]);
    array(hash, spacing.offsets);
    array(hash, spacing.groups);
  }
  return hash.digest("hex");
}

/** Lengths go in before contents, so that no two problems share their bytes. */
function array(hash: Hash, part: Float64Array | Int32Array): void {
  numbers(hash, [part.length]);
  hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
}

function numbers(hash: Hash, values: readonly number[]): void {
  hash.update(new Uint8Array(Float64Array.from(values).buffer));
}

function text(hash: Hash, value: string): void {
  numbers(hash, [Buffer.byteLength(value)]);
  hash.update(value);
}
