/**
 * Qubits of which always so many are 1: one-hot groups, W and Dicke states, XY mixers. Their basis
 * states are walked along a path on which each differs from the one before by one exchange of two
 * qubits, so that a rotation between neighbours is two CX and one controlled gate (for one-hot
 * groups without further controls), and any unitary of the space comes apart into such rotations.
 */
import { assert } from "#foundation";
import { cosineAndSine } from "#kernels";
import type { Control, GateOperation, UnitaryOperation } from "../circuit.ts";
import type { ComplexMatrix } from "../gates/matrix.ts";

/** Some qubits, and how many of them are 1. */
export interface ExchangeSpace {
  readonly qubits: readonly number[];
  readonly ones: number;
}

/** Entries of a unitary this small are rounding. */
const NEGLIGIBLE = 1e-14;

/**
 * The places that are 1 in each basis state of `size` qubits, `ones` of which are 1, along the path
 * (the revolving door order; A. Nijenhuis and H. Wilf, Combinatorial Algorithms, 1978).
 */
export function exchangePath(size: number, ones: number): readonly (readonly number[])[] {
  if (ones === 0) return [[]];
  if (ones > size) return [];
  const last = exchangePath(size - 1, ones - 1).toReversed();
  return [...exchangePath(size - 1, ones), ...last.map((places) => [...places, size - 1])];
}

/** From all qubits 0 to the first state of the path. */
export function firstState({ qubits, ones }: ExchangeSpace): readonly UnitaryOperation[] {
  const [first] = exchangePath(qubits.length, ones);
  return first.map((place) => gate("x", qubits[place], [], []));
}

/** Holds exactly in the first state of the path, within the space. */
export function firstStateControls(space: ExchangeSpace): readonly Control[] {
  return controlsOf(space, exchangePath(space.qubits.length, space.ones)[0]);
}

/**
 * From the first state of the path to real `amplitudes`, none negative, whose squares add up to 1,
 * by one rotation for each step of the path. With equal ones a W or a Dicke state.
 */
export function rotationsTo(
  space: ExchangeSpace,
  amplitudes: ArrayLike<number>,
): readonly UnitaryOperation[] {
  const path = exchangePath(space.qubits.length, space.ones);
  assert(amplitudes.length === path.length, `${path.length} amplitudes, got ${amplitudes.length}`);
  const rest = restsOf(amplitudes);
  return path.slice(1).flatMap((_, step): readonly UnitaryOperation[] => {
    const angle = 2 * Math.atan2(rest[step + 1], amplitudes[step]);
    if (angle === 0) return [];
    const { from, to, controls } = exchangeBetween(space, path[step], path[step + 1]);
    return aroundExchange(from, to, gate("ry", to, [angle], controls));
  });
}

/** From 0 to real amplitudes of one qubit, none negative, whose squares add up to 1. */
export function qubitRotationTo(qubit: number, amplitudes: ArrayLike<number>): UnitaryOperation {
  return gate("ry", qubit, [2 * Math.atan2(amplitudes[1], amplitudes[0])], []);
}

/**
 * Any unitary of the space, its rows and columns in the order of the path (M. Reck et al., Physical
 * Review Letters 73, 1994): rotations of neighbours make it diagonal, and are undone in turn.
 */
export function exchangeUnitary(
  space: ExchangeSpace,
  matrix: ComplexMatrix,
): readonly UnitaryOperation[] {
  const path = exchangePath(space.qubits.length, space.ones);
  const { size } = matrix;
  assert(size === path.length, `a matrix of ${path.length} rows, got ${size}`);
  const left: ComplexMatrix = { size, re: matrix.re.slice(), im: matrix.im.slice() };
  const undone: UnitaryOperation[][] = [];
  for (let column = 0; column < size; column += 1) {
    for (let row = size - 1; row > column; row -= 1) {
      const rotation = nullingRotation(left, row, column);
      if (rotation === undefined) continue;
      const { from, to, controls } = exchangeBetween(space, path[row - 1], path[row]);
      const inner: UnitaryOperation = {
        kind: "unitary",
        matrix: rotation,
        controls,
        targets: [to],
      };
      undone.push([...aroundExchange(from, to, inner)]);
    }
  }
  const phases = path.flatMap((places, row): readonly UnitaryOperation[] => {
    const angle = Math.atan2(left.im[row * size + row], left.re[row * size + row]);
    if (Math.abs(angle) < NEGLIGIBLE) return [];
    return [phaseWhere(controlsOf(space, places), angle)];
  });
  return [...phases, ...undone.toReversed().flat()];
}

/** Multiplies by exp(i angle) where all of `controls` have their values. */
export function phaseWhere(controls: readonly Control[], angle: number): UnitaryOperation {
  const one = controls.findIndex(({ value }) => value === 1);
  if (one < 0) {
    const { cosine, sine } = cosineAndSine(angle);
    const matrix = { size: 1, re: Float64Array.of(cosine), im: Float64Array.of(sine) };
    return { kind: "unitary", matrix, controls, targets: [] };
  }
  return gate("p", controls[one].qubit, [angle], controls.toSpliced(one, 1));
}

/** What is left of the amplitudes from each on, as a length. */
function restsOf(amplitudes: ArrayLike<number>): Float64Array {
  const rest = Float64Array.from(amplitudes);
  for (let at = rest.length - 2; at >= 0; at -= 1) {
    rest[at] = Math.sqrt(rest[at] * rest[at] + rest[at + 1] * rest[at + 1]);
  }
  return rest;
}

/**
 * The qubit that is 1 in one state alone, that which is 1 in the other alone, and what tells these
 * two states from all others in which the two qubits differ: the rarer of ones and zeros they have
 * in common.
 */
function exchangeBetween(space: ExchangeSpace, left: readonly number[], right: readonly number[]) {
  const { qubits } = space;
  const from = left.find((place) => !right.includes(place));
  const to = right.find((place) => !left.includes(place));
  assert(from !== undefined && to !== undefined, "neighbours differ by an exchange");
  const ends = [qubits[from], qubits[to]];
  const controls = controlsOf(space, left).filter(({ qubit }) => !ends.includes(qubit));
  return {
    from: ends[0],
    to: ends[1],
    controls: [...controls, { qubit: ends[0], value: 1 }],
  } as const;
}

/** What holds in one state of the space alone: its ones, or its zeros where those are fewer. */
function controlsOf({ qubits, ones }: ExchangeSpace, places: readonly number[]): Control[] {
  const value = 2 * ones <= qubits.length ? 1 : 0;
  return qubits
    .filter((_, place) => places.includes(place) === (value === 1))
    .map((qubit) => ({ qubit, value }));
}

/** CX makes `from` say whether the two differ, and leaves `to` to say which of them is 1. */
function aroundExchange(
  from: number,
  to: number,
  inner: UnitaryOperation,
): readonly UnitaryOperation[] {
  const cx: UnitaryOperation = { ...gate("cx", from, [], []), targets: [to, from] };
  return [cx, inner, cx];
}

function gate(
  name: string,
  qubit: number,
  parameters: readonly number[],
  controls: readonly Control[],
): GateOperation {
  return { kind: "gate", gate: name, parameters, power: 1, controls, targets: [qubit] };
}

/**
 * Rotates rows `row` - 1 and `row` so that the entry of `row` in `column` becomes 0; returns what
 * undoes it, `undefined` where it is 0 already.
 */
function nullingRotation(
  { size, re, im }: ComplexMatrix,
  row: number,
  column: number,
): ComplexMatrix | undefined {
  const [upper, lower] = [(row - 1) * size, row * size];
  const a = { re: re[upper + column], im: im[upper + column] };
  const b = { re: re[lower + column], im: im[lower + column] };
  const length = Math.hypot(a.re, a.im, b.re, b.im);
  if (Math.hypot(b.re, b.im) <= NEGLIGIBLE * Math.max(1, length)) return undefined;
  const x = { re: a.re / length, im: a.im / length };
  const y = { re: b.re / length, im: b.im / length };
  for (let at = 0; at < size; at += 1) {
    const p = { re: re[upper + at], im: im[upper + at] };
    const q = { re: re[lower + at], im: im[lower + at] };
    // conj(x) p + conj(y) q above, x q - y p below.
    re[upper + at] = x.re * p.re + x.im * p.im + y.re * q.re + y.im * q.im;
    im[upper + at] = x.re * p.im - x.im * p.re + y.re * q.im - y.im * q.re;
    re[lower + at] = x.re * q.re - x.im * q.im - y.re * p.re + y.im * p.im;
    im[lower + at] = x.re * q.im + x.im * q.re - y.re * p.im - y.im * p.re;
  }
  return {
    size: 2,
    re: Float64Array.of(x.re, -y.re, y.re, x.re),
    im: Float64Array.of(x.im, y.im, y.im, -x.im),
  };
}
