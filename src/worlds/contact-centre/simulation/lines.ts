/**
 * Lines: things numbered from 0, each standing in at most one of several lines, first come first.
 * Waiting contacts stand in the line of their class, agents with room in the line of their group.
 * Doubly linked in flat arrays, so that leaving from the middle costs as little as from the front.
 */

const NONE = -1;
/** Of things that stand in no line. */
const OUTSIDE = -2;

/** `lineCount` lines for `memberCount` members. */
export class Lines {
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #length: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;

  constructor(lineCount: number, memberCount: number) {
    this.#first = new Int32Array(lineCount).fill(NONE);
    this.#last = new Int32Array(lineCount).fill(NONE);
    this.#length = new Int32Array(lineCount);
    this.#next = new Int32Array(memberCount).fill(OUTSIDE);
    this.#previous = new Int32Array(memberCount).fill(OUTSIDE);
  }

  /** How many stand in `line`. */
  length(line: number): number {
    return this.#length[line];
  }

  /** Who stands at the front of `line`; -1 if nobody. */
  first(line: number): number {
    return this.#first[line];
  }

  /** Who stands behind `member`; -1 if nobody. Only for members of a line. */
  next(member: number): number {
    return this.#next[member];
  }

  /** Whether `member` stands in a line. */
  has(member: number): boolean {
    return this.#next[member] !== OUTSIDE;
  }

  /** Puts `member`, who stands in no line, at the end of `line`. */
  append(line: number, member: number): void {
    const last = this.#last[line];
    this.#next[member] = NONE;
    this.#previous[member] = last;
    if (last === NONE) this.#first[line] = member;
    else this.#next[last] = member;
    this.#last[line] = member;
    this.#length[line] += 1;
  }

  /** Takes `member` out of `line`, in which it stands. */
  remove(line: number, member: number): void {
    const next = this.#next[member];
    const previous = this.#previous[member];
    if (previous === NONE) this.#first[line] = next;
    else this.#next[previous] = next;
    if (next === NONE) this.#last[line] = previous;
    else this.#previous[next] = previous;
    this.#next[member] = OUTSIDE;
    this.#previous[member] = OUTSIDE;
    this.#length[line] -= 1;
  }
}
