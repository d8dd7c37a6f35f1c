/**
 * Money as integer minor units with its currency. Amounts are never binary fractions: a sum of
 * prices must equal the till's to the penny.
 */

/** An amount: `minor` is an integer count of the currency's smallest unit (pence, cents). */
export interface Money {
  readonly minor: number;
  /** ISO 4217 code, three capital letters. */
  readonly currency: string;
}

/** Digits of the currency's smallest unit: 2 for pence, 0 for yen. */
export function minorDigits(currency: string): number {
  const style = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return style.maximumFractionDigits ?? 2;
}
