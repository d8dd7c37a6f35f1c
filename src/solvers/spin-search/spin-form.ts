/**
 * A problem of two-valued variables without rows as the spin kernels take it: an Ising problem in
 * whole numbers, x = centre + reach s. Biases that are no whole numbers, or too large, are rounded
 * to some 30 bits of the largest field; samples are judged on the problem itself.
 */
import {
  atOnce,
  everyPart,
  everyRow,
  FIELD_MAX,
  inSteps,
  rememberedInSteps,
  type SpinGlass,
  type Steps,
} from "#kernels";
import {
  type QuadraticProblem,
  type Sample,
  type SolveOptions,
  type Support,
  VARTYPE,
} from "#problem";

/** Neighbours that are laid out at most: what their memory takes stays below 400 MiB. */
const NEIGHBOURS_MAX = 2 ** 25;

/** The most spins: vectors of spins and fields take 32 bytes each. */
const SPINS_MAX = 2 ** 22;

/** Four times the biases are tried as tenths, hundredths and so on. */
const WHOLE_SCALES: readonly number[] = [1, 10, 100, 1000, 10_000];
/** How far from a decimal a double may be and still mean it. */
const ROUNDING = 1e-12;

/** An Ising problem, and the way back. */
export interface SpinForm {
  readonly glass: SpinGlass;
  /** The sample that these spins, -1 or +1, stand for. */
  readonly lift: (spins: ArrayLike<number>) => Sample;
}

/** Whether `problem` has a spin form that fits into memory. */
export function supportsSpinForm(problem: QuadraticProblem): Support {
  const { constraints, vartypes, variableCount, objective } = problem;
  const no = (reason: string): Support => ({ kind: "no", reason });
  if (constraints.count > 0) return no(`problems without rows, got ${constraints.count}`);
  if (vartypes.includes(VARTYPE.integer)) return no("two-valued variables, got an integer one");
  if (variableCount > SPINS_MAX) return no(`up to ${SPINS_MAX} variables, got ${variableCount}`);
  const neighbours = 2 * objective.columns.length;
  if (neighbours > NEIGHBOURS_MAX) {
    return no(`up to ${NEIGHBOURS_MAX / 2} interactions, got ${neighbours / 2}`);
  }
  return { kind: "yes" };
}

const spinFormSteps = rememberedInSteps(layOut);

/**
 * The spin form of a problem that has one; its energies rise as the objective worsens. Remembered
 * with the problem: laying it out takes most of a second for a million spins.
 */
export function spinForm(problem: QuadraticProblem): SpinForm {
  return atOnce(spinFormSteps(problem));
}

/** The same with ticks meanwhile; `undefined` once told to stop. */
export function spinFormWithin(
  problem: QuadraticProblem,
  { budget }: Pick<SolveOptions, "budget">,
): SpinForm | undefined {
  return inSteps(spinFormSteps(problem), budget);
}

function* layOut(problem: QuadraticProblem): Steps<SpinForm> {
  const { vartypes } = problem;
  const glass = yield* wholeGlass(yield* realGlass(problem));
  const down = vartypes.map((vartype) => (vartype === VARTYPE.spin ? 1 : 0));
  const lift = (spins: ArrayLike<number>): Sample => ({
    values: Int32Array.from(down, (isSpin, variable) => (spins[variable] > 0 ? 1 : 0 - isSpin)),
  });
  return { glass, lift };
}

interface RealGlass extends Omit<SpinGlass, "biases" | "couplings"> {
  readonly biases: Float64Array;
  readonly couplings: Float64Array;
}

/** Four times the problem, so that halves of halves are whole. */
function* realGlass({
  sense,
  variableCount,
  vartypes,
  objective,
}: QuadraticProblem): Steps<RealGlass> {
  const sign = sense === "minimise" ? 4 : -4;
  const reach = Float64Array.from(vartypes, (vartype) => (vartype === VARTYPE.spin ? 1 : 0.5));
  const centre = reach.map((half) => 1 - half);
  const starts = new Int32Array(variableCount + 1);
  yield* everyRow(objective.starts, (first, from, end) => {
    starts[first + 1] += end - from;
    for (let entry = from; entry < end; entry += 1) starts[objective.columns[entry] + 1] += 1;
  });
  for (let spin = 0; spin < variableCount; spin += 1) starts[spin + 1] += starts[spin];
  const ends = starts.slice();
  const neighbours = new Int32Array(starts[variableCount]);
  const couplings = new Float64Array(starts[variableCount]);
  const biases = objective.linear.map((bias, spin) => sign * bias * reach[spin]);
  const put = (spin: number, other: number, coupling: number, bias: number) => {
    neighbours[ends[spin]] = other;
    couplings[ends[spin]] = coupling;
    ends[spin] += 1;
    biases[spin] += sign * bias * reach[spin] * centre[other];
  };
  yield* everyRow(objective.starts, (first, from, end) => {
    for (let entry = from; entry < end; entry += 1) {
      const second = objective.columns[entry];
      const bias = objective.biases[entry];
      const coupling = sign * bias * reach[first] * reach[second];
      put(first, second, coupling, bias);
      put(second, first, coupling, bias);
    }
  });
  return { spinCount: variableCount, biases, starts, neighbours, couplings };
}

/** The same in the smallest whole numbers there are, or rounded where there are none. */
function* wholeGlass({ biases, couplings, ...places }: RealGlass): Steps<SpinGlass> {
  const reach = yield* greatestField({ ...places, biases, couplings });
  const whole = yield* wholeScale([biases, couplings]);
  let scale = FIELD_MAX / (2 * Math.max(reach, Number.MIN_VALUE));
  if (whole !== undefined && reach * whole <= Number.MAX_SAFE_INTEGER) {
    const divisor = yield* commonDivisor([biases, couplings], whole);
    if ((reach * whole) / divisor <= FIELD_MAX) scale = whole / divisor;
  }
  return {
    ...places,
    biases: yield* rounded(biases, scale),
    couplings: yield* rounded(couplings, scale),
  };
}

/** The greatest field that any spin can feel. */
function* greatestField({ starts, biases, couplings }: RealGlass): Steps<number> {
  let most = 0;
  yield* everyRow(starts, (spin, from, end) => {
    let field = Math.abs(biases[spin]);
    for (let entry = from; entry < end; entry += 1) field += Math.abs(couplings[entry]);
    most = Math.max(most, field);
  });
  return most;
}

function* rounded(values: Float64Array, scale: number): Steps<Int32Array> {
  const whole = new Int32Array(values.length);
  yield* everyPart(values, (part, from) => {
    for (let at = 0; at < part.length; at += 1) whole[from + at] = Math.round(part[at] * scale);
    return true;
  });
  return whole;
}

/** The first of the scales by which all values become whole. */
function* wholeScale(arrays: readonly Float64Array[]): Steps<number | undefined> {
  for (const scale of WHOLE_SCALES) {
    let isWhole = true;
    for (const array of arrays) {
      isWhole &&= yield* everyPart(array, (part) => areWhole(part, scale));
    }
    if (isWhole) return scale;
  }
  return undefined;
}

function areWhole(values: Float64Array, scale: number): boolean {
  for (const value of values) {
    const exact = value * scale;
    if (Math.abs(exact - Math.round(exact)) > ROUNDING * Math.abs(exact)) return false;
  }
  return true;
}

/** The greatest whole number that divides all values times `scale`, and at least 1. */
function* commonDivisor(arrays: readonly Float64Array[], scale: number): Steps<number> {
  let divisor = 0;
  for (const array of arrays) {
    const isOpen = yield* everyPart(array, (part) => {
      divisor = partDivisor(part, scale, divisor);
      return divisor !== 1;
    });
    if (!isOpen) return 1;
  }
  return Math.max(1, divisor);
}

/** The greatest whole number that divides these, and `given`, too. */
function partDivisor(values: Float64Array, scale: number, given: number): number {
  let divisor = given;
  let last = 0;
  for (const value of values) {
    let rest = Math.abs(Math.round(value * scale));
    // Most are like the one before, or nothing.
    if (rest === 0 || rest === last) continue;
    last = rest;
    while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
    if (divisor === 1) return 1;
  }
  return divisor;
}
