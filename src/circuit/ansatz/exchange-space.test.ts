/**
 * Paths, states and unitaries of qubits of which always so many are 1, against their matrices.
 */
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream } from "#foundation";
import { mixingMatrix } from "#kernels";
import { operationsMatrix } from "../gates/operations-matrix.ts";
import { exchangePath, exchangeUnitary, firstState, rotationsTo } from "./exchange-space.ts";

const SPACES: readonly (readonly [size: number, ones: number, states: number])[] = [
  [1, 0, 1],
  [1, 1, 1],
  [2, 1, 2],
  [5, 1, 5],
  [4, 2, 6],
  [5, 3, 10],
  [5, 4, 5],
];

/** The index of a basis state by the places that are 1. */
const indexOf = (places: readonly number[]) => places.reduce((z, place) => z | (1 << place), 0);

function symmetric(size: number, random: RandomStream): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      matrix[row * size + column] = random.unit() - 0.5;
      matrix[column * size + row] = matrix[row * size + column];
    }
  }
  return matrix;
}

describe.each(SPACES)("%i qubits, %i of them 1", (size, ones, states) => {
  const qubits = Array.from({ length: size }, (_, qubit) => qubit);
  const space = { qubits, ones };
  const path = exchangePath(size, ones);

  test("are walked through state by state, one exchange at a time", () => {
    expect(new Set(path.map(indexOf)).size).toBe(states);
    for (const [at, places] of path.entries()) {
      expect(places).toHaveLength(ones);
      const kept = path[at - 1]?.filter((place) => places.includes(place));
      expect(kept?.length ?? ones - 1).toBe(ones - 1);
    }
  });

  test("are brought to any real state", () => {
    const random = randomStream(size, "state", ones);
    const draws = path.map(() => random.unit());
    const length = Math.hypot(...draws);
    const amplitudes = draws.map((draw) => draw / length);
    const operations = [...firstState(space), ...rotationsTo(space, amplitudes)];
    const { re, im } = operationsMatrix(operations, qubits);
    path.forEach((places, at) => {
      expect(re[indexOf(places) * 2 ** size]).toBeCloseTo(amplitudes[at], 13);
    });
    expect(Math.max(...im.map(Math.abs))).toBe(0);
  });

  test("undergo any unitary, and only they", () => {
    const random = randomStream(size, "unitary", ones);
    const { re, im } = mixingMatrix(symmetric(states, random), states, 3);
    const operations = exchangeUnitary(space, { size: states, re, im });
    const whole = operationsMatrix(operations, qubits);
    path.forEach((from, column) => {
      path.forEach((to, row) => {
        const at = indexOf(to) * 2 ** size + indexOf(from);
        expect(whole.re[at]).toBeCloseTo(re[row * states + column], 12);
        expect(whole.im[at]).toBeCloseTo(im[row * states + column], 12);
      });
    });
  });
});

test("no amplitudes for no states", () => {
  expect(exchangePath(2, 3)).toEqual([]);
  expect(() => rotationsTo({ qubits: [0, 1], ones: 1 }, [1])).toThrow(/2 amplitudes, got 1/);
});
