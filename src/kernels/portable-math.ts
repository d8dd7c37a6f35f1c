/**
 * Exponential and logarithm that give the same bits on every engine and CPU. `Math.exp`, `Math.pow`
 * and `Math.log` may differ in the last place between engines, so nothing that is recorded and
 * replayed may use them. Only additions, multiplications, divisions and `floor` occur here, which
 * IEEE 754 fixes, in an order the language fixes.
 *
 * Method: argument reduction by powers of two (Cody and Waite 1980, with ln 2 split as in fdlibm),
 * then the Taylor series of the exponential, or of the inverse hyperbolic tangent for the
 * logarithm, until a term no longer counts. The tests hold every result within one unit in the last
 * place of what the engine's own functions give.
 */

/** The leading 33 bits of ln 2: an integer below 2^20 times this is exact. */
const LN2_HIGH = 0.693_147_180_369_123_8;
const LN2_LOW = 1.908_214_929_270_587_7e-10;

/** The exponential and its inverse leave the range of doubles beyond these arguments. */
const EXP_MAX = 709.782_712_893_384;
const EXP_MIN = -745.133_219_101_941_2;
const EXPONENT_MIN = -1074;
const EXPONENT_MAX = 1023;

/** 2^-1074 ... 2^1023, made by exact halving and doubling. */
const POWERS_OF_TWO = powersOfTwo();
const SQRT_HALF = Math.sqrt(0.5);
const bits = new DataView(new ArrayBuffer(8));

/** e to the power `x`. Infinity above 709.78, 0 below -745.13, NaN for NaN. */
export function exp(x: number): number {
  if (!(x <= EXP_MAX)) return x > EXP_MAX ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < EXP_MIN) return 0;
  const exponent = Math.floor(x / Math.LN2 + 0.5);
  const high = x - exponent * LN2_HIGH;
  const low = exponent * LN2_LOW;
  const rest = high - low;
  return scale(1 + (rest + (high - rest - low + excess(rest))), exponent);
}

/** 2 to the power `x`; exact for integers. Infinity from 1024 on, 0 below -1075, NaN for NaN. */
export function exp2(x: number): number {
  if (!(x < EXPONENT_MAX + 1)) return x >= EXPONENT_MAX + 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < EXPONENT_MIN - 1) return 0;
  const exponent = Math.floor(x + 0.5);
  const rest = (x - exponent) * Math.LN2;
  return scale(1 + (rest + excess(rest)), exponent);
}

/** The natural logarithm of `x`. -Infinity at 0, NaN below 0 and for NaN. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const shift = x < 2.3e-308 ? 54 : 0;
  bits.setFloat64(0, x * POWERS_OF_TWO[shift - EXPONENT_MIN]);
  const head = bits.getInt32(0);
  let exponent = (head >> 20) - EXPONENT_MAX - shift;
  bits.setInt32(0, (head & 0xfffff) | 0x3fe00000);
  let mantissa = bits.getFloat64(0);
  exponent += 1;
  if (mantissa < SQRT_HALF) {
    mantissa *= 2;
    exponent -= 1;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const halfSquare = 0.5 * f * f;
  const low = s * (halfSquare + inverseTangentRest(s * s)) + exponent * LN2_LOW;
  return exponent * LN2_HIGH - (halfSquare - low - f);
}

/** e^r - 1 - r for |r| <= ln(2)/2, by Horner's rule. */
function excess(r: number): number {
  let sum = 1 / 13;
  for (let term = 12; term >= 3; term -= 1) sum = (1 + r * sum) / term;
  return 0.5 * r * r * (1 + r * sum);
}

/** 2 * (z/3 + z^2/5 + z^3/7 + ...) for z = s^2 <= 0.0295. */
function inverseTangentRest(z: number): number {
  let sum = 0;
  for (let term = 11; term >= 1; term -= 1) sum = z * (2 / (2 * term + 1) + sum);
  return sum;
}

/** `value` in [0.5, 2) times 2^exponent, rounded once even where the result is subnormal. */
function scale(value: number, exponent: number): number {
  if (exponent > EXPONENT_MAX) return value * 2 * POWERS_OF_TWO[exponent - 1 - EXPONENT_MIN];
  if (exponent < EXPONENT_MIN) return value * 0.5 * POWERS_OF_TWO[exponent + 1 - EXPONENT_MIN];
  return value * POWERS_OF_TWO[exponent - EXPONENT_MIN];
}

function powersOfTwo(): Float64Array {
  const table = new Float64Array(EXPONENT_MAX - EXPONENT_MIN + 1);
  let power = 1;
  for (let exponent = 0; exponent <= EXPONENT_MAX; exponent += 1, power *= 2) {
    table[exponent - EXPONENT_MIN] = power;
  }
  power = 1;
  for (let exponent = 0; exponent >= EXPONENT_MIN; exponent -= 1, power /= 2) {
    table[exponent - EXPONENT_MIN] = power;
  }
  return table;
}
