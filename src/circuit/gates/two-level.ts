/**
 * A unitary of any size as rotations that each mix two basis states, by elimination below the
 * diagonal. Exact and simple; the number of rotations grows with the square of the size, so only
 * gates for which nothing better is known come here.
 */
import type { Control, MatrixOperation, UnitaryOperation } from "../circuit.ts";
import { adjoint, type ComplexMatrix, identityMatrix, multiply, zeroMatrix } from "./matrix.ts";

/** A 2 by 2 unitary on the `pivot` bit, where the other bits have their `values`. */
interface TwoLevelRotation {
  readonly matrix: ComplexMatrix;
  readonly pivot: number;
  /** One value for each bit; the pivot's own means nothing. */
  readonly values: readonly (0 | 1)[];
  /** Bits to be flipped where the pivot is 1, before and after. */
  readonly flips: readonly number[];
}

const NEGLIGIBLE = 1e-14;

/**
 * The same unitary, its global phase included, from matrices on single qubits under controls and
 * from X under one control.
 */
export function twoLevelOperations({
  matrix,
  controls,
  targets,
}: Omit<MatrixOperation, "kind">): readonly UnitaryOperation[] {
  return twoLevelRotations(matrix).flatMap((rotation): readonly UnitaryOperation[] => {
    const pivot = targets[rotation.pivot];
    const frame = rotation.flips.map((place) => controlledX(pivot, targets[place]));
    const others = rotation.values.flatMap((value, place): readonly Control[] =>
      place === rotation.pivot ? [] : [{ qubit: targets[place], value }],
    );
    const turned = {
      matrix: rotation.matrix,
      controls: [...controls, ...others],
      targets: [pivot],
    };
    return [...frame, { kind: "unitary", ...turned }, ...frame.toReversed()];
  });
}

function controlledX(control: number, target: number): UnitaryOperation {
  const x = { kind: "gate", gate: "x", parameters: [], power: 1 } as const;
  return { ...x, controls: [{ qubit: control, value: 1 }], targets: [target] };
}

/** The rotations whose product is `matrix`, the first to be done first. */
function twoLevelRotations(matrix: ComplexMatrix): readonly TwoLevelRotation[] {
  const { size } = matrix;
  const undone: TwoLevelRotation[] = [];
  let rest = matrix;
  for (let column = 0; column < size; column += 1) {
    for (let row = column + 1; row < size; row += 1) {
      const [top, bottom] = [column * size + column, row * size + column];
      if (Math.hypot(rest.re[bottom], rest.im[bottom]) < NEGLIGIBLE) continue;
      const rotation = eliminating(rest, top, bottom);
      rest = multiply(embedded(rotation, column, row, size), rest);
      undone.push(onPivot(adjoint(rotation), column, row, size));
    }
  }
  const phases = Array.from({ length: size }, (_, state) => phaseAt(rest, state)).flat();
  return [...phases, ...undone.toReversed()];
}

/** The rotation of two states after which the entry at `bottom` is 0 and that at `top` positive. */
function eliminating({ re, im }: ComplexMatrix, top: number, bottom: number): ComplexMatrix {
  const norm = Math.hypot(re[top], im[top], re[bottom], im[bottom]);
  const rotation = zeroMatrix(2);
  rotation.re.set([re[top], re[bottom], -re[bottom], re[top]].map((value) => value / norm));
  rotation.im.set([-im[top], -im[bottom], -im[bottom], im[top]].map((value) => value / norm));
  return rotation;
}

function embedded(rotation: ComplexMatrix, low: number, high: number, size: number): ComplexMatrix {
  const matrix = identityMatrix(size);
  for (const [row, to] of [low, high].entries()) {
    for (const [column, from] of [low, high].entries()) {
      matrix.re[to * size + from] = rotation.re[row * 2 + column];
      matrix.im[to * size + from] = rotation.im[row * 2 + column];
    }
  }
  return matrix;
}

/** The phase of one state, as a rotation that leaves its partner alone; none where it is 1. */
function phaseAt({ size, re, im }: ComplexMatrix, state: number): readonly TwoLevelRotation[] {
  const entry = state * (size + 1);
  if (Math.hypot(re[entry] - 1, im[entry]) < NEGLIGIBLE) return [];
  const matrix = identityMatrix(2);
  matrix.re[0] = re[entry];
  matrix.im[0] = im[entry];
  return [onPivot(matrix, state, state ^ 1, size)];
}

/** `matrix` on the states `zero` and `one`, which one bit tells apart once others are flipped. */
function onPivot(matrix: ComplexMatrix, zero: number, one: number, size: number): TwoLevelRotation {
  const bits = Array.from({ length: Math.log2(size) }, (_, bit) => bit);
  const differing = bits.filter((bit) => (((zero ^ one) >> bit) & 1) === 1);
  const [pivot, ...flips] = differing;
  const isUpright = ((zero >> pivot) & 1) === 0;
  const below = isUpright ? zero : one;
  const values = bits.map((bit) => (((below >> bit) & 1) === 1 ? 1 : 0));
  return { matrix: isUpright ? matrix : exchanged(matrix), pivot, values, flips };
}

/** `matrix` with its two states renamed. */
function exchanged({ re, im }: ComplexMatrix): ComplexMatrix {
  return { size: 2, re: re.toReversed(), im: im.toReversed() };
}
