/** Small numbers of figures told together. */

/** The middle one; of an even count the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** The arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** From least to greatest, with the unit. */
export function range(values: readonly number[], unit: string): string {
  return `${shown(Math.min(...values))} to ${shown(Math.max(...values))} ${unit}`;
}

/** Three significant digits. */
export function shown(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "-";
}
