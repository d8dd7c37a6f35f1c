/**
 * The energy of a BQM in every basis state of some sites: the diagonal that QAOA works with.
 */
import type { Costs } from "#kernels";
import type { QuadraticProblem } from "#problem";
import type { Site } from "./sites.ts";

/** More distinct values than this are not looked up. */
const INDEXED_MAX = 4096;

/**
 * One energy per basis state, in the order of the index (site 0 least significant). Site by site,
 * each option repeats all energies of the sites before it, plus its own and its interactions with
 * them: linear in the number of states.
 */
export function energiesOf(bqm: QuadraticProblem, sites: readonly Site[]): Float64Array {
  const biasOf = biasTable(bqm);
  const onesOf = ({ bits, options }: Site) =>
    options.map((places) => places.map((place) => bits[place]));
  let energies = Float64Array.of(bqm.objective.offset);
  const before: number[][][] = [];
  for (const site of sites) {
    const options = onesOf(site);
    const stride = energies.length;
    const next = new Float64Array(stride * options.length);
    options.forEach((ones, option) => {
      let own = 0;
      for (const a of ones) for (const b of ones) if (a <= b) own += biasOf(a, b);
      let sums = Float64Array.of(own);
      for (const others of before) {
        const longer = new Float64Array(sums.length * others.length);
        others.forEach((otherOnes, other) => {
          let between = 0;
          for (const a of ones) for (const b of otherOnes) between += biasOf(a, b);
          const from = other * sums.length;
          for (let z = 0; z < sums.length; z += 1) longer[from + z] = sums[z] + between;
        });
        sums = longer;
      }
      const from = option * stride;
      for (let z = 0; z < stride; z += 1) next[from + z] = energies[z] + sums[z];
    });
    before.push(options);
    energies = next;
  }
  return energies;
}

/** Energies as the state engines take them: looked up where few are distinct. */
export function costsOf(energies: Float64Array): Costs {
  const places = new Map<number, number>();
  const indices = new Uint16Array(energies.length);
  for (let z = 0; z < energies.length; z += 1) {
    const energy = energies[z];
    const place = places.get(energy) ?? places.size;
    if (place >= INDEXED_MAX) return { kind: "real", values: energies };
    places.set(energy, place);
    indices[z] = place;
  }
  return { kind: "indexed", indices, values: Float64Array.from(places.keys()) };
}

/** The bias of two bits in either order; of a bit with itself, its linear one. */
function biasTable({ variableCount, objective }: QuadraticProblem) {
  const table = new Float64Array(variableCount * variableCount);
  for (let first = 0; first < variableCount; first += 1) {
    table[first * variableCount + first] = objective.linear[first];
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      const second = objective.columns[entry];
      table[first * variableCount + second] += objective.biases[entry];
      if (first !== second) table[second * variableCount + first] += objective.biases[entry];
    }
  }
  return (first: number, second: number) => table[first * variableCount + second];
}
