/**
 * Sums that can be relied on. Integers are added exactly, in doubles while they stay below 2^53 and
 * in BigInt beyond; fractions are added with compensation (A. Neumaier, ZAMM 54, 1974). The sum
 * knows how far from zero a true zero may come out.
 */

const EXACT_MAX = Number.MAX_SAFE_INTEGER;

/** Twice the unit roundoff, for a coefficient as given and for its product with a value. */
const ROUNDING = Number.EPSILON * 2;

/** A sum of products `bias * a * b`, of which `a` and `b` are integers. */
export class ExactSum {
  /** Whether every bias so far was an integer, so that the sum is exact. */
  isExact = true;
  #integers = 0;
  #integerMagnitude = 0;
  #big = 0n;
  #fractions = 0;
  #compensation = 0;
  #fractionMagnitude = 0;

  /** Adds `bias * a * b`. */
  add(bias: number, a: number, b = 1): void {
    const product = bias * a * b;
    if (!Number.isInteger(bias)) {
      this.isExact = false;
      this.#addFraction(product);
      return;
    }
    this.#integerMagnitude += Math.abs(product);
    if (this.#integerMagnitude > EXACT_MAX) {
      // What is already in the doubles is exact; it makes room by moving over.
      this.#big += BigInt(this.#integers) + BigInt(bias) * BigInt(a) * BigInt(b);
      this.#integers = 0;
      this.#integerMagnitude = 0;
    } else {
      this.#integers += product;
    }
  }

  /** The sum as the nearest double, or as near as compensation gets where there are fractions. */
  get value(): number {
    const whole = this.#big === 0n ? this.#integers : Number(this.#big + BigInt(this.#integers));
    return this.isExact ? whole : whole + this.#fractions + this.#compensation;
  }

  /**
   * How far from zero the sum of a constraint that just holds can come out: 0 where the sum is
   * exact, otherwise the rounding of its biases, which as decimals have no exact double.
   */
  get tolerance(): number {
    if (this.isExact) return 0;
    return ROUNDING * (this.#fractionMagnitude + this.#integerMagnitude);
  }

  #addFraction(product: number): void {
    this.#fractionMagnitude += Math.abs(product);
    const sum = this.#fractions + product;
    const isLesser = Math.abs(this.#fractions) >= Math.abs(product);
    this.#compensation += isLesser
      ? this.#fractions - sum + product
      : product - sum + this.#fractions;
    this.#fractions = sum;
  }
}
