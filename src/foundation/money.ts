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
