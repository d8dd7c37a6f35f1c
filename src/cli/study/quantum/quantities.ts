/** Gaps, times and chances as the ledger writes them. */

/** A gap in per cent; `null` is no answer. */
export function gapText(gap: number | null): string {
  if (gap === null) return "no answer";
  if (gap === 0) return "0 %";
  return `${(100 * gap).toPrecision(2)} %`;
}

/** A time in the unit that fits, from nanoseconds to years. */
export function msText(ms: number): string {
  if (ms === 0) return "0";
  const units: readonly (readonly [size: number, name: string])[] = [
    [365.25 * 86_400_000, "years"],
    [86_400_000, "days"],
    [1000, "s"],
    [1, "ms"],
    [1e-3, "us"],
    [1e-6, "ns"],
  ];
  const [size, name] = units.find(([least]) => ms >= least) ?? [1e-6, "ns"];
  return `${shortText(ms / size)} ${name}`;
}

/** A chance, or a share. */
export function chanceText(chance: number): string {
  return chance === 0 ? "0" : `${shortText(100 * chance)} %`;
}

/** Two digits, or all of a whole number. */
function shortText(value: number): string {
  if (value >= 1e6 || value < 1e-3) return value.toExponential(1);
  return value >= 100 ? value.toFixed(0) : `${Number(value.toPrecision(2))}`;
}
