/**
 * A problem of two-valued variables without rows as the spin kernels take it: an Ising problem in
 * whole numbers, x = centre + reach s. Biases that are no whole numbers, or too large, are rounded
 * to some 30 bits of the largest field; samples are judged on the problem itself.
 */
import { FIELD_MAX, fieldMax, type SpinGlass } from "#kernels";
import { type QuadraticProblem, remembered, type Sample, type Support, VARTYPE } from "#problem";

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

/**
 * The spin form of a problem that has one; its energies rise as the objective worsens. Remembered
 * with the problem: laying it out takes most of a second for a million spins.
 */
export const spinForm = remembered(layOut);

function layOut(problem: QuadraticProblem): SpinForm {
  const { vartypes } = problem;
  const glass = wholeGlass(realGlass(problem));
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
function realGlass({ sense, variableCount, vartypes, objective }: QuadraticProblem): RealGlass {
  const sign = sense === "minimise" ? 4 : -4;
  const reach = Float64Array.from(vartypes, (vartype) => (vartype === VARTYPE.spin ? 1 : 0.5));
  const centre = reach.map((half) => 1 - half);
  const starts = new Int32Array(variableCount + 1);
  forEachPair(objective, (first, second) => {
    starts[first + 1] += 1;
    starts[second + 1] += 1;
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
  forEachPair(objective, (first, second, bias) => {
    const coupling = sign * bias * reach[first] * reach[second];
    put(first, second, coupling, bias);
    put(second, first, coupling, bias);
  });
  return { spinCount: variableCount, biases, starts, neighbours, couplings };
}

function forEachPair(
  { starts, columns, biases }: QuadraticProblem["objective"],
  take: (first: number, second: number, bias: number) => void,
): void {
  for (let first = 0; first + 1 < starts.length; first += 1) {
    for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
      take(first, columns[entry], biases[entry]);
    }
  }
}

/** The same in the smallest whole numbers there are, or rounded where there are none. */
function wholeGlass({ biases, couplings, ...places }: RealGlass): SpinGlass {
  const scaled = (scale: number): SpinGlass => ({
    ...places,
    biases: Int32Array.from(biases, (bias) => Math.round(bias * scale)),
    couplings: Int32Array.from(couplings, (coupling) => Math.round(coupling * scale)),
  });
  const reach = fieldMax({ ...places, biases, couplings });
  const whole = WHOLE_SCALES.find((scale) => isWhole(biases, scale) && isWhole(couplings, scale));
  if (whole !== undefined && reach * whole <= Number.MAX_SAFE_INTEGER) {
    const divisor = commonDivisor([biases, couplings], whole);
    if ((reach * whole) / divisor <= FIELD_MAX) return scaled(whole / divisor);
  }
  return scaled(FIELD_MAX / (2 * Math.max(reach, Number.MIN_VALUE)));
}

function isWhole(values: Float64Array, scale: number): boolean {
  return values.every((value) => {
    const exact = value * scale;
    return Math.abs(exact - Math.round(exact)) <= ROUNDING * Math.abs(exact);
  });
}

/** The greatest whole number that divides all values times `scale`, and at least 1. */
function commonDivisor(arrays: readonly Float64Array[], scale: number): number {
  let divisor = 0;
  for (const array of arrays) {
    for (const value of array) {
      let rest = Math.abs(Math.round(value * scale));
      while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
      if (divisor === 1) return 1;
    }
  }
  return Math.max(1, divisor);
}
