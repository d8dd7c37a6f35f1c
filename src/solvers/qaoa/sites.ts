/**
 * The sites of a problem: groups of which a hard row fixes how many variables are 1, and qubits for
 * all other bits. Samples of such sites keep these rows, whatever is done to the state.
 */
import { COMPARISON, HARD, type QuadraticProblem, SHAPE } from "#problem";

/**
 * How amplitude moves: between the options of a group, by exchanges of any two of its bits or of
 * neighbours; about the start of each site, or of all together; on bits without groups.
 */
export type Mixer = "x" | "complete" | "ring" | "matching" | "grover";

/** One site. */
export interface Site {
  /** The bits it sets, as numbered in the BQM. */
  readonly bits: readonly number[];
  /** Which places of `bits` are 1 in each option; option 0 of a qubit is 0. */
  readonly options: readonly (readonly number[])[];
  /** How many of its bits are 1; of a qubit, `undefined`. */
  readonly ones: number | undefined;
}

/** The most options of a group; one with more is left to penalties. */
const OPTIONS_MAX = 64;

/** A bit of its own. */
function qubit(bit: number): Site {
  return { bits: [bit], options: [[], [0]], ones: undefined };
}

/**
 * The sites of a problem stated as a BQM of `bitCount` bits, of which `bitOf` gives that of each
 * binary variable. Of rows that share variables the smallest becomes a group, others remain
 * penalties.
 */
export function sitesOf(
  problem: QuadraticProblem,
  bitCount: number,
  bitOf: (variable: number) => number,
): readonly Site[] {
  const { constraints: rows } = problem;
  const candidates = Array.from({ length: rows.count }, (_, row) => row)
    .filter((row) => rows.weights[row] === HARD && isCount(problem, row))
    .map((row) => ({
      members: [...rows.columns.subarray(rows.starts[row], rows.starts[row + 1])],
      ones: rows.rightSides[row],
    }))
    .sort((a, b) => a.members.length - b.members.length);
  const isTaken = new Uint8Array(bitCount);
  const sites: Site[] = [];
  for (const { members, ones } of candidates) {
    const bits = members.map(bitOf);
    if (bits.length === 0 || bits.some((bit) => isTaken[bit] === 1)) continue;
    const options = choices(bits.length, ones, OPTIONS_MAX);
    if (options === undefined) continue;
    for (const bit of bits) isTaken[bit] = 1;
    sites.push({ bits, options, ones });
  }
  isTaken.forEach((taken, bit) => {
    if (taken === 0) sites.push(qubit(bit));
  });
  return sites;
}

/** The same bits without groups: what the X mixer works on. */
export function qubitsOnly(bitCount: number): readonly Site[] {
  return Array.from({ length: bitCount }, (_, bit) => qubit(bit));
}

/** How many basis states the sites have. */
export function stateCount(sites: readonly Site[]): number {
  return sites.reduce((count, { options }) => count * options.length, 1);
}

function isCount({ constraints: { shapes, comparisons } }: QuadraticProblem, row: number): boolean {
  if (shapes[row] === SHAPE.oneHot) return true;
  return shapes[row] === SHAPE.cardinality && comparisons[row] === COMPARISON.equal;
}

/** All choices of `ones` of `size` places, or `undefined` if there are none or more than `most`. */
function choices(size: number, ones: number, most: number): number[][] | undefined {
  if (!Number.isInteger(ones) || ones < 0 || ones > size) return undefined;
  let count = 1;
  for (let place = 0; place < Math.min(ones, size - ones); place += 1) {
    count = (count * (size - place)) / (place + 1);
    if (count > most) return undefined;
  }
  const extend = (chosen: readonly number[]): number[][] => {
    if (chosen.length === ones) return [[...chosen]];
    const next = (chosen.at(-1) ?? -1) + 1;
    const last = size - (ones - chosen.length);
    return Array.from({ length: last - next + 1 }, (_, at) => [...chosen, next + at]).flatMap(
      extend,
    );
  };
  return extend([]);
}
