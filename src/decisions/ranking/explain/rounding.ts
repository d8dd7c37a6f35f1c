/**
 * Numbers for reading. By decimal digits alone, which every engine writes alike.
 */

/** Powers of ten that doubles hold exactly; multiplying by one of them rounds at most once. */
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** Nearer to a half than this, and the product's own rounding might have decided. */
const HALF_MARGIN = 1e-6;

/** A number to four significant digits. */
export function rounded(value: number): string {
  return String(fourDigits(value) ?? Number(value.toPrecision(4)));
}

/** By arithmetic where that is sure to give the same: decimal digits are dear to write. */
function fourDigits(value: number): number | undefined {
  const size = Math.abs(value);
  if (!(size >= 1e-5 && size < 9999)) return undefined;
  let power = 0;
  while (size * POWERS[power] < 1000) power += 1;
  const scaled = size * POWERS[power];
  const whole = Math.floor(scaled);
  const rest = scaled - whole;
  if (scaled >= 9999 || Math.abs(rest - 0.5) < HALF_MARGIN) return undefined;
  const digits = (rest > 0.5 ? whole + 1 : whole) / POWERS[power];
  return value < 0 ? -digits : digits;
}

/** The least number of four significant digits that is not below `value`. */
export function roundedUp(value: number): string {
  const [digits, exponent] = value.toExponential(3).split("e");
  const near = Number(`${digits}e${exponent}`);
  if (near >= value) return String(near);
  const next = (Number(digits) + 0.001).toFixed(3);
  return String(Number(`${next}e${exponent}`));
}
