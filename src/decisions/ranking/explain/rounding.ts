/**
 * Numbers for reading. By decimal digits alone, which every engine writes alike.
 */

/** A number to four significant digits. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The least number of four significant digits that is not below `value`. */
export function roundedUp(value: number): string {
  const [digits, exponent] = value.toExponential(3).split("e");
  const near = Number(`${digits}e${exponent}`);
  if (near >= value) return String(near);
  const next = (Number(digits) + 0.001).toFixed(3);
  return String(Number(`${next}e${exponent}`));
}
