/**
 * How hot rounds begin. What a move changes in the objective and what it changes in broken rows may
 * be worlds apart, and which of the two a problem wants to be melted by is not to be seen from
 * outside: the first rounds try both and what lies between, and those that lead to less are dropped
 * (successive halving, Z. Karnin, T. Koren and O. Somekh, ICML 2013).
 */

/** Sweeps of the first rounds, and of the longest. */
const SWEEPS_MIN = 32;
const SWEEPS_MAX = 16_384;
/** Rounds that begin with the best sample are this hot, of the least hot one. */
const WARM_SHARE = 0.3;
/** Of rounds at the temperature that is left, every third is warm. */
const WARM_EVERY = 3;
/** Temperatures nearer to each other than this are not told apart. */
const APART_MIN = 8;

/** One round. */
export interface Round {
  readonly temperature: number;
  readonly sweeps: number;
  /** Begins with the best sample, if there is one. */
  readonly isWarm: boolean;
}

/** Rounds, one after the other, each twice as long as the one before it. */
export class Schedule {
  readonly #warmTemperature: number;
  #levels: readonly number[];
  #results: number[] = [];
  #sweeps = SWEEPS_MIN;
  #roundsOfLast = 0;

  /** From the mean change of moves that break nothing, and that of all moves. */
  constructor(gentle: number, fierce: number) {
    const isApart = fierce > APART_MIN * gentle;
    this.#levels = isApart ? [gentle, Math.sqrt(gentle * fierce), fierce] : [gentle];
    this.#warmTemperature = WARM_SHARE * gentle;
  }

  /** The next round. */
  next(): Round {
    const sweeps = this.#sweeps;
    const [temperature] = this.#levels;
    if (this.#levels.length > 1) {
      return { temperature: this.#levels[this.#results.length], sweeps, isWarm: false };
    }
    this.#lengthen();
    this.#roundsOfLast += 1;
    const isWarm = this.#roundsOfLast % WARM_EVERY === 0;
    return { temperature: isWarm ? this.#warmTemperature : temperature, sweeps, isWarm };
  }

  /** What a round came to: the best objective, infinite if nothing held. */
  learn(objective: number): void {
    const levels = this.#levels;
    if (levels.length === 1) return;
    const results = this.#results;
    results.push(objective);
    if (results.length < levels.length) return;
    const worst = results.lastIndexOf(Math.max(...results));
    this.#levels = levels.filter((_, level) => level !== worst);
    this.#results = [];
    this.#lengthen();
  }

  #lengthen(): void {
    this.#sweeps = Math.min(SWEEPS_MAX, 2 * this.#sweeps);
  }
}
