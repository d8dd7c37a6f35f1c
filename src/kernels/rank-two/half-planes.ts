/**
 * Rounding of unit vectors to spins by a line through the origin: it is turned by half a circle,
 * and of all the cuts that it passes, as many as there are spins, the best is taken.
 */
import type { SpinGlass } from "../spin/spin-glass.ts";
import type { UnitVectors } from "./unit-vectors.ts";

/** Places in the order of angles are packed with their spin into the 53 bits of a double. */
const SPINS_MAX = 4_194_304;
const ANGLE_STEPS = 1_073_741_824;

/** Rounds replicas of one problem. */
export class HalfPlanes {
  readonly #glass: SpinGlass;
  readonly #spins: Int8Array;
  readonly #fields: Float64Array;
  readonly #order: Float64Array;

  /** `glass` has no biases, and up to 2^22 spins. */
  constructor(glass: SpinGlass) {
    this.#glass = glass;
    this.#spins = new Int8Array(glass.spinCount);
    this.#fields = new Float64Array(glass.spinCount);
    this.#order = new Float64Array(glass.spinCount);
  }

  /** The spins, -1 or +1, of the best cut through a replica's vectors. */
  round(vectors: UnitVectors, lane: number): Int8Array {
    const { spinCount } = this.#glass;
    for (let spin = 0; spin < spinCount; spin += 1) {
      const [x, y] = [vectors.x(lane, spin), vectors.y(lane, spin)];
      const isAbove = y > 0 || (y === 0 && x > 0);
      this.#spins[spin] = isAbove ? 1 : -1;
      // Grows with the angle of the vector, or of its opposite, from 0 to 2 over half a circle.
      const turn = 1 - (isAbove ? x : -x) / (Math.abs(x) + Math.abs(y));
      const step = Math.floor((turn >= 0 ? turn : 0) * (ANGLE_STEPS - 1));
      this.#order[spin] = step * SPINS_MAX + spin;
    }
    this.#order.sort();
    this.#addUp();
    let [energy, energyBest, countBest] = [0, 0, 0];
    for (let count = 0; count < spinCount; count += 1) {
      energy += this.#flip(this.#order[count] % SPINS_MAX);
      if (energy >= energyBest) continue;
      energyBest = energy;
      countBest = count + 1;
    }
    for (let count = countBest; count < spinCount; count += 1) {
      const spin = this.#order[count] % SPINS_MAX;
      this.#spins[spin] = -this.#spins[spin];
    }
    return this.#spins.slice();
  }

  #addUp(): void {
    const { spinCount, starts, neighbours, couplings } = this.#glass;
    for (let spin = 0; spin < spinCount; spin += 1) {
      let field = 0;
      for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
        field += couplings[entry] * this.#spins[neighbours[entry]];
      }
      this.#fields[spin] = field;
    }
  }

  /** What the flip changes the energy by. */
  #flip(spin: number): number {
    const { starts, neighbours, couplings } = this.#glass;
    const step = 2 * this.#spins[spin];
    this.#spins[spin] = -this.#spins[spin];
    for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
      this.#fields[neighbours[entry]] -= step * couplings[entry];
    }
    return -step * this.#fields[spin];
  }
}
