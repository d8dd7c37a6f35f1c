/**
 * A placement and what every exchange of two facilities gains. For each term there are its
 * distances in the order of the facilities, and the sums, over all facilities m, of the flow from i
 * to m times the distance from where j is to where m is. From these sums any gain is read off; an
 * exchange changes them by a product of two vectors, and the gains of all exchanges that share
 * nothing with it by another (E. Taillard, "Robust taboo search for the quadratic assignment
 * problem", Parallel Computing 17, 1991, here with the sums kept besides).
 */
import { arrayBytes, type DenseKernel, DenseMemory } from "../module.ts";
import { type FlowPlacement, type FlowTerm, placementCost } from "./instance.ts";

/** What belongs to one term; rows are `width` doubles long. */
interface TermSums {
  readonly term: FlowTerm;
  /** 1 for symmetric terms, -1 for the others: entry (j, i) over entry (i, j). */
  readonly parity: number;
  /** Flows from facility to facility. */
  readonly flows: Float64Array;
  /** Distances from where one facility is to where the other is. */
  readonly distances: Float64Array;
  /** Sum over m of flows[i, m] times distances[j, m]. */
  readonly sums: Float64Array;
}

/** Placement, cost and gains, which always belong together. */
export class PlacementGains {
  readonly size: number;
  /** Doubles in a row: the size rounded up. */
  readonly width: number;
  readonly locationOf: Int32Array;
  cost = 0;
  /** What exchanging i with j > i gains, at i times `width` plus j. */
  readonly gains: Float64Array;
  /** Until when each exchange rests; infinite for entries that are none. */
  readonly rests: Float64Array;
  /** Four numbers for each row: the least gains at even and odd places, not barred and any. */
  readonly least: Float64Array;
  readonly #instance: FlowPlacement;
  readonly #terms: readonly TermSums[];
  readonly #flowChange: Float64Array;
  readonly #distanceChange: Float64Array;
  readonly #now: Float64Array;
  readonly #addProduct: DenseKernel;
  readonly #revise: DenseKernel;
  readonly #lookThrough: DenseKernel;

  /** Facility i at location i. */
  constructor(instance: FlowPlacement) {
    const { size } = instance;
    const width = Math.max(2, size + (size % 2));
    const matrix = width * size;
    const matrixCount = 2 + 3 * instance.terms.length;
    const bytes = matrixCount * arrayBytes(8 * matrix) + 4 * arrayBytes(8 * 4 * width);
    const memory = new DenseMemory("double", bytes);
    const termOf = (term: FlowTerm): TermSums => ({
      term,
      parity: term.isSymmetric ? 1 : -1,
      flows: widened(term.flows, size, width, memory.doubles(matrix)),
      distances: memory.doubles(matrix),
      sums: memory.doubles(matrix),
    });
    this.size = size;
    this.width = width;
    this.#instance = instance;
    this.gains = memory.doubles(matrix);
    this.rests = memory.doubles(matrix);
    this.#terms = instance.terms.map(termOf);
    this.least = memory.doubles(4 * size);
    this.#flowChange = memory.doubles(width);
    this.#distanceChange = memory.doubles(width);
    this.#now = memory.doubles(1);
    this.#addProduct = memory.kernel("addProduct");
    this.#revise = memory.kernel("revise");
    this.#lookThrough = memory.kernel("lookThrough");
    this.locationOf = Int32Array.from({ length: size }, (_, facility) => facility);
    this.#addUp();
  }

  /** Places facility i at `locationOf[i]`. */
  moveTo(locationOf: Int32Array): void {
    this.locationOf.set(locationOf);
    this.#addUp();
  }

  /** Works out the least gains, where what rests until after `now` is barred. */
  look(now: number): void {
    this.#now[0] = now;
    const { gains, rests } = this;
    this.#lookThrough(
      gains.byteOffset,
      8 * this.width,
      gains.byteOffset + gains.byteLength,
      rests.byteOffset,
      this.#now.byteOffset,
      this.least.byteOffset,
    );
  }

  /** Exchanges the facilities `one` and `other` > `one`. */
  exchange(one: number, other: number): void {
    this.cost += this.gains[one * this.width + other];
    for (const sums of this.#terms) this.#exchangeIn(sums, one, other);
    const { locationOf } = this;
    const location = locationOf[one];
    locationOf[one] = locationOf[other];
    locationOf[other] = location;
    for (let facility = 0; facility < this.size; facility += 1) {
      this.#readOff(facility, one);
      this.#readOff(facility, other);
    }
  }

  #exchangeIn({ parity, flows, distances, sums }: TermSums, one: number, other: number): void {
    const { size, width, gains } = this;
    const [flowChange, distanceChange] = [this.#flowChange, this.#distanceChange];
    const [oneRow, otherRow] = [one * width, other * width];
    for (let facility = 0; facility < size; facility += 1) {
      flowChange[facility] = parity * (flows[oneRow + facility] - flows[otherRow + facility]);
      const apart = distances[otherRow + facility] - distances[oneRow + facility];
      distanceChange[facility] = parity * apart;
      const at = facility * width;
      const sum = sums[at + one];
      sums[at + one] = sums[at + other];
      sums[at + other] = sum;
    }
    const [end, changes] = [8 * size * width, [flowChange.byteOffset, distanceChange.byteOffset]];
    this.#revise(gains.byteOffset, 8 * width, gains.byteOffset + end, ...changes);
    distanceChange[one] = -distances[otherRow + one];
    distanceChange[other] = distances[oneRow + other];
    this.#addProduct(sums.byteOffset, 8 * width, sums.byteOffset + end, ...changes);
    for (let facility = 0; facility < size; facility += 1) {
      const distance = distances[oneRow + facility];
      distances[oneRow + facility] = distances[otherRow + facility];
      distances[otherRow + facility] = distance;
    }
    for (let at = 0; at < size * width; at += width) {
      const distance = distances[at + one];
      distances[at + one] = distances[at + other];
      distances[at + other] = distance;
    }
  }

  /** The gain of exchanging two facilities, from the sums. */
  #readOff(one: number, other: number): void {
    if (one === other) return;
    const { size, width, locationOf } = this;
    const { costs } = this.#instance;
    const [from, to] = [locationOf[one], locationOf[other]];
    let gain = costs[one * size + to] + costs[other * size + from];
    gain -= costs[one * size + from] + costs[other * size + to];
    const [oneRow, otherRow] = [one * width, other * width];
    for (const { parity, flows, distances, sums } of this.#terms) {
      gain += sums[oneRow + other] + sums[otherRow + one] - sums[oneRow + one];
      gain -= sums[otherRow + other];
      if (parity > 0) gain += 2 * flows[oneRow + other] * distances[oneRow + other];
    }
    this.gains[one < other ? oneRow + other : otherRow + one] = gain;
  }

  #addUp(): void {
    const { size, width, locationOf } = this;
    for (const { term, flows, distances, sums } of this.#terms) {
      for (let one = 0; one < size; one += 1) {
        const from = locationOf[one] * size;
        for (let other = 0; other < size; other += 1) {
          distances[one * width + other] = term.distances[from + locationOf[other]];
        }
      }
      for (let one = 0; one < size; one += 1) {
        for (let other = 0; other < size; other += 1) {
          let sum = 0;
          for (let at = 0; at < size; at += 1) {
            sum += flows[one * width + at] * distances[other * width + at];
          }
          sums[one * width + other] = sum;
        }
      }
    }
    for (let one = 0; one < size; one += 1) {
      for (let other = 0; other < one; other += 1) this.#readOff(one, other);
    }
    this.cost = placementCost(this.#instance, locationOf);
  }
}

function widened(
  matrix: Float64Array,
  size: number,
  width: number,
  wide: Float64Array,
): Float64Array {
  for (let row = 0; row < size; row += 1) {
    wide.set(matrix.subarray(row * size, (row + 1) * size), row * width);
  }
  return wide;
}
