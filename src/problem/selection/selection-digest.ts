/**
 * The digest of an ordered selection: equal problems, equal digests.
 */
import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { assert } from "#foundation";
import type { OrderedSelection } from "../ordered-selection.ts";

/** SHA-256 over every number and name of the problem, as 64 hexadecimal digits. */
export function selectionDigest(problem: OrderedSelection): string {
  assert(endianness() === "LE", "digests are defined over little-endian arrays");
  const bytes = new Bytes();
  const { similarity, spacing } = problem;
  bytes.text(problem.kind);
  bytes.number(problem.itemCount);
  bytes.number(problem.positionCount);
  bytes.number(problem.diversityWeight);
  bytes.array(problem.values);
  bytes.array(problem.positionWeights);
  bytes.number(similarity.dimension);
  bytes.array(similarity.unitVectors);
  bytes.array(similarity.offsets);
  bytes.array(similarity.others);
  bytes.array(similarity.values);
  bytes.number(problem.counts.length);
  bytes.number(problem.pins.length);
  bytes.number(spacing === undefined ? 0 : 1);
  for (const { rule, bound, count, members, penalty } of problem.counts) {
    bytes.text(rule);
    bytes.text(bound);
    bytes.number(count);
    bytes.number(penalty);
    bytes.array(members);
  }
  for (const { rule, item, position, penalty } of problem.pins) {
    bytes.text(rule);
    bytes.number(item);
    bytes.number(position);
    bytes.number(penalty);
  }
  if (spacing !== undefined) {
    bytes.text(spacing.rule);
    bytes.number(spacing.penalty);
    bytes.array(spacing.offsets);
    bytes.array(spacing.groups);
  }
  return bytes.digest();
}

/** Room for what is gathered between two updates of the hash: each of them costs a call outside. */
const ROOM = 16_384;
const gathered = Buffer.alloc(ROOM);

/**
 * What is hashed, small parts gathered. Lengths go in before contents, so that no two problems
 * share their bytes.
 */
class Bytes {
  readonly #hash = createHash("sha256");
  #filled = 0;

  number(value: number): void {
    this.#makeRoom(8);
    this.#filled = gathered.writeDoubleLE(value, this.#filled);
  }

  array(part: Float64Array | Int32Array): void {
    this.number(part.length);
    this.#bytes(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }

  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.number(length);
    if (length > ROOM) {
      this.#bytes(Buffer.from(value));
      return;
    }
    this.#makeRoom(length);
    this.#filled += gathered.write(value, this.#filled);
  }

  digest(): string {
    this.#flush();
    return this.#hash.digest("hex");
  }

  #bytes(bytes: Uint8Array): void {
    if (bytes.length > ROOM) {
      this.#flush();
      this.#hash.update(bytes);
      return;
    }
    this.#makeRoom(bytes.length);
    gathered.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  #makeRoom(size: number): void {
    if (this.#filled + size > ROOM) this.#flush();
  }

  #flush(): void {
    if (this.#filled > 0) this.#hash.update(gathered.subarray(0, this.#filled));
    this.#filled = 0;
  }
}
