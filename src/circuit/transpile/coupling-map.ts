/**
 * Coupling maps: which qubits of a device can interact, and how far apart any two are.
 */
import { assert, Fault } from "#foundation";
import { CIRCUIT_FAULTS } from "../faults.ts";

/** A connected graph of qubits. */
export interface CouplingMap {
  readonly qubitCount: number;
  /** Each edge once, the lower qubit first, ascending. */
  readonly edges: readonly (readonly [number, number])[];
  readonly neighbours: readonly (readonly number[])[];
  /** The pairs as given: first and second qubit of a gate, as `first * qubitCount + second`. */
  readonly directions: ReadonlySet<number>;
  /** Steps between qubits a and b at `a * qubitCount + b`. */
  readonly distances: Uint16Array;
}

/** More qubits than this would need more than 32 MiB of distances. */
const QUBITS_MAX = 4096;

/**
 * The coupling map with these edges.
 *
 * @throws Fault `circuit-device-invalid` for qubits that are none and maps that fall apart.
 */
export function couplingMap(
  qubitCount: number,
  pairs: readonly (readonly [number, number])[],
): CouplingMap {
  if (!Number.isSafeInteger(qubitCount) || qubitCount < 1 || qubitCount > QUBITS_MAX) {
    throw invalid(`from 1 to ${QUBITS_MAX} qubits, got ${qubitCount}`);
  }
  const isQubit = (qubit: number) =>
    Number.isSafeInteger(qubit) && qubit >= 0 && qubit < qubitCount;
  const keys = new Set<number>();
  const directions = new Set<number>();
  for (const [a, b] of pairs) {
    if (!isQubit(a) || !isQubit(b) || a === b) {
      throw invalid(`pairs of different qubits below ${qubitCount}, got ${a} and ${b}`);
    }
    keys.add(Math.min(a, b) * qubitCount + Math.max(a, b));
    directions.add(a * qubitCount + b);
  }
  const edges = [...keys]
    .sort((a, b) => a - b)
    .map((key) => [Math.floor(key / qubitCount), key % qubitCount] as const);
  const neighbours = Array.from({ length: qubitCount }, (): number[] => []);
  for (const [a, b] of edges) {
    neighbours[a].push(b);
    neighbours[b].push(a);
  }
  const distances = distancesOf(neighbours);
  const apart = distances.indexOf(UNREACHED);
  if (apart !== -1) {
    throw invalid(`a connected map, got none between 0 and ${apart % qubitCount}`);
  }
  return Object.freeze({ qubitCount, edges, neighbours, directions, distances });
}

/** A line of qubits, each coupled to the next. */
export function lineMap(qubitCount: number): CouplingMap {
  const pairs = Array.from({ length: qubitCount - 1 }, (_, qubit) => [qubit, qubit + 1] as const);
  return couplingMap(qubitCount, pairs);
}

/** A grid, row by row, each qubit coupled to those beside, above and below. */
export function gridMap(rows: number, columns: number): CouplingMap {
  const pairs: (readonly [number, number])[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const qubit = row * columns + column;
      if (column + 1 < columns) pairs.push([qubit, qubit + 1]);
      if (row + 1 < rows) pairs.push([qubit, qubit + columns]);
    }
  }
  return couplingMap(rows * columns, pairs);
}

/**
 * The heavy-hexagon lattice: `rows` lines of `columns` qubits, neighbouring lines joined through
 * one qubit at every fourth column, from column 0 and from column 2 by turns (C. Chamberland et
 * al., Physical Review X 10, 011022, 2020).
 */
export function heavyHexMap(rows: number, columns: number): CouplingMap {
  assert(rows >= 1 && columns >= 3, `at least one line of three, got ${rows} of ${columns}`);
  const pairs: (readonly [number, number])[] = [];
  let next = rows * columns;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const qubit = row * columns + column;
      if (column + 1 < columns) pairs.push([qubit, qubit + 1]);
      if (row + 1 === rows || column % 4 !== (row % 2) * 2) continue;
      pairs.push([qubit, next], [next, qubit + columns]);
      next += 1;
    }
  }
  return couplingMap(next, pairs);
}

/** Every two of `qubitCount` qubits coupled, as in an ion trap. */
export function completeMap(qubitCount: number): CouplingMap {
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0; a < qubitCount; a += 1) {
    for (let b = a + 1; b < qubitCount; b += 1) pairs.push([a, b]);
  }
  return couplingMap(qubitCount, pairs);
}

const UNREACHED = 0xffff;

/** Breadth first from every qubit. */
function distancesOf(neighbours: readonly (readonly number[])[]): Uint16Array {
  const count = neighbours.length;
  const distances = new Uint16Array(count * count).fill(UNREACHED);
  for (let start = 0; start < count; start += 1) {
    const row = distances.subarray(start * count, (start + 1) * count);
    row[start] = 0;
    const queue = [start];
    for (const qubit of queue) {
      for (const other of neighbours[qubit]) {
        if (row[other] !== UNREACHED) continue;
        row[other] = row[qubit] + 1;
        queue.push(other);
      }
    }
  }
  return distances;
}

function invalid(expectation: string): Fault {
  return new Fault(CIRCUIT_FAULTS.deviceInvalid, {
    detail: `the device's coupling map, expected ${expectation}`,
  });
}
