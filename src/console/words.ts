/**
 * Numbers and instants as people read them.
 */

/** Milliseconds: fine below ten, whole above a hundred. */
export function millisecondsText(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
}

/** A gap or share; null where nothing is known. */
export function percentText(share: number | null | undefined): string {
  if (share === null || share === undefined) return "–";
  if (share === 0) return "0 %";
  const percent = share * 100;
  return percent < 0.01 ? "< 0.01 %" : `${percent.toFixed(percent < 1 ? 2 : 1)} %`;
}

/** A number to four significant digits. */
export function amountText(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return String(Number(value.toPrecision(4)));
}

/**
 * A price in minor units as people write it, without a sign: registered items name no currency.
 * Two decimals are assumed, as most currencies have them.
 */
export function priceText(minor: number): string {
  return (minor / 100).toFixed(2);
}

/** An outcome's value: money with its sign, or a plain number. */
export function valueText(value: number | null, currency: string | null): string {
  if (value === null) return "–";
  if (currency === null) return amountText(value);
  const format = new Intl.NumberFormat("en-GB", { style: "currency", currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(value / 10 ** maximumFractionDigits);
}

/** The time of day of an instant, in the reader's zone unless told otherwise. */
export function timeText(instant: string, timeZone?: string): string {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(new Date(instant));
}

/** Day and time of an instant, in the reader's zone unless told otherwise. */
export function instantText(instant: string, timeZone?: string): string {
  const options = { dateStyle: "medium", timeStyle: "medium" } as const;
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(new Date(instant));
}

/** `count` of a noun: 1 item, 2 items. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
}

/** What each rung of the ladder means, best first. */
export const RUNGS = Object.freeze([
  { name: "proved", meaning: "Best for these scores and rules, with a proof." },
  { name: "portfolio", meaning: "The best a finished race of solvers found." },
  { name: "incumbent", meaning: "The best found when the deadline struck." },
  { name: "rule", meaning: "The decision type's own fast rule." },
  { name: "safe", meaning: "The policy's fixed last resort." },
]);
