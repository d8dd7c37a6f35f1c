/**
 * Decimals from bytes, correctly rounded. Most numbers of a problem file are short; those whose
 * digits and power of ten are exact doubles need one operation (W. Clinger, PLDI 1990), the rest go
 * through the engine's own conversion.
 */

/** Greater numbers are refused: products of two of them must not leave the doubles when summed. */
const NUMBER_MAX = 1e140;
const DIGITS_MAX = 15;
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const UPPER_E = 69;
const LOWER_E = 101;

/** Whether a number of a file can be calculated with: finite, and not beyond 1e140. */
export function isCalculable(value: number): boolean {
  return Math.abs(value) <= NUMBER_MAX;
}

/** The decimal that begins at `start`, and where it ends: at `start` if there is none. */
export function decimalAt(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } {
  const sign = bytes[start];
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let at = first;
  let mantissa = 0;
  for (; isDigit(bytes[at]); at += 1) mantissa = mantissa * 10 + (bytes[at] - ZERO);
  let digits = at - first;
  let fraction = 0;
  if (bytes[at] === POINT) {
    at += 1;
    const afterPoint = at;
    for (; isDigit(bytes[at]); at += 1) mantissa = mantissa * 10 + (bytes[at] - ZERO);
    fraction = at - afterPoint;
    digits += fraction;
  }
  if (digits === 0) return { value: Number.NaN, end: start };
  const end = exponentEnd(bytes, at);
  if (end > at || digits > DIGITS_MAX) {
    return { value: Number(Buffer.from(bytes.subarray(start, end)).toString("latin1")), end };
  }
  const value = mantissa / POWERS_OF_TEN[fraction];
  return { value: sign === MINUS ? -value : value, end };
}

/** Where an exponent that begins at `at` ends; `at` if there is none. */
function exponentEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== LOWER_E && bytes[at] !== UPPER_E) return at;
  const sign = bytes[at + 1];
  let end = sign === MINUS || sign === PLUS ? at + 2 : at + 1;
  if (!isDigit(bytes[end])) return at;
  while (isDigit(bytes[end])) end += 1;
  return end;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
