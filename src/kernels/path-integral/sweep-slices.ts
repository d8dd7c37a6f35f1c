/**
 * Sweeps over the sites of a path integral: a site has a spin in each of 16 slices of imaginary
 * time, the lanes of two vectors, and the last slice is next to the first. A spin feels its site's
 * neighbours in its own slice and, by `binding`, the same site in the slices before and after.
 *
 * `sweepSlices`: at each site first the spins in even slices flip by the rule of Metropolis, then
 * those in odd ones, which see the even ones as they are now. A spin s flips where s h - binding s
 * (before + after) is at least a random threshold. `sweepLines`: all spins of a site flip, or none,
 * which leaves what binds them as it is.
 *
 * Signature of both: (spins, end, toFields, rows, thresholds, mask, binding). From `spins`, a
 * multiple of 1024, up to `end` lie masks, all ones for a spin that is down, and `toFields` after
 * each its fields. At `rows` stand the addresses at which the neighbours of each site begin.
 * Thresholds, 16-bit for slices and 32-bit for lines, are read from a random place on every 32
 * sites. The state of the random numbers is at RANDOM_ADDRESS; at VISITS_ADDRESS stands afterwards
 * how many visits flipped something.
 */
import type { Code } from "../assembly/encoding.ts";
import {
  add,
  and,
  constant,
  get,
  type Local,
  lessThan,
  loadI32,
  repeatWhile,
  set,
  sweep,
  when,
} from "../assembly/instruction.ts";
import { type Declare, type Routine, routine } from "../assembly/routine.ts";
import { loadVector, shuffle, storeVector, VECTOR_BYTES, xorVector } from "../assembly/simd.ts";
import { addWords, dotHalves } from "../bifurcation/float-lanes.ts";
import { andVector, anyTrue, integerLanes, orVector } from "../spin/integer-lanes.ts";
import { nextRandom, RANDOM_ADDRESS, storeI32, VISITS_ADDRESS } from "../spin/sweep.ts";
import { BLOCK_SITES, NEIGHBOUR_BYTES, SITE_BYTES } from "./world-line-kernels.ts";

const halves = integerLanes(16);
const words = integerLanes(32);
const VECTORS: readonly number[] = Array.from({ length: SITE_BYTES / VECTOR_BYTES }, (_, v) => v);

/** Byte i of the lane before, and of the lane after, in two vectors in a row. */
const BEFORE = Array.from({ length: VECTOR_BYTES }, (_, byte) => byte + VECTOR_BYTES - 2);
const AFTER = Array.from({ length: VECTOR_BYTES }, (_, byte) => byte + 2);

/** All ones in the even lanes of 16 bits. */
const EVEN_LANES = 0xffff;

interface Site {
  /** Of the spins, and of the row. */
  readonly at: Local;
  readonly row: Local;
  readonly cut: Local;
  readonly binding: Local;
  /** By vector: masks of spins, what they gain by flipping, and where they flip. */
  readonly spins: readonly Local[];
  readonly aligned: readonly Local[];
  readonly flipped: readonly Local[];
  readonly scratch: Local;
}

/** The routine that flips spins slice by slice. */
export function sweepSlices(): Routine {
  return sweepOf("sweepSlices", SITE_BYTES, (site) => [
    VECTORS.map((v) => set(site.flipped[v], words.splat(constant(0)))),
    [constant(EVEN_LANES), constant(-1 - EVEN_LANES)].map((parity) =>
      VECTORS.map((v) => flipLanes(site, v, words.splat(parity))),
    ),
  ]);
}

/** The routine that flips whole world lines. */
export function sweepLines(): Routine {
  return sweepOf("sweepLines", 4, (site) => {
    const sums = VECTORS.map((v) => dotHalves(get(site.aligned[v]), halves.splat(constant(1))));
    const across = (bytes: number) => {
      const turned = Array.from({ length: VECTOR_BYTES }, (_, byte) => byte ^ bytes);
      const value = get(site.scratch);
      return set(site.scratch, addWords(value, shuffle(value, value, turned)));
    };
    const threshold = words.loadSplat(get(site.cut), 0);
    return [
      set(site.scratch, addWords(sums[0], sums[1])),
      across(8),
      across(4),
      VECTORS.map((v) => set(site.flipped[v], words.atLeast(get(site.scratch), threshold))),
    ];
  });
}

/** `decide` says in `flipped` where the spins of a site flip; `stride` is its thresholds' bytes. */
function sweepOf(name: string, stride: number, decide: (site: Site) => Code): Routine {
  const parameters = ["i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;
  return routine(name, parameters, (given, declare) => {
    const [spins, end, toFields, row, thresholds, mask, strength] = given;
    const [random, visits, cut] = [declare("i32"), declare("i32"), declare("i32")];
    const vectors = () => VECTORS.map(() => declare("v128"));
    const site: Site = {
      ...{ at: spins, row, cut, binding: declare("v128"), scratch: declare("v128") },
      ...{ spins: vectors(), aligned: vectors(), flipped: vectors() },
    };
    const isZero = 0x45;
    const startsBlock: Code = [and(get(spins), constant(BLOCK_SITES * SITE_BYTES - 1)), isZero];
    return [
      set(random, loadI32(constant(RANDOM_ADDRESS))),
      set(site.binding, halves.splat(get(strength))),
      sweep(spins, end, SITE_BYTES, [
        when(startsBlock, [
          nextRandom(random),
          set(cut, add(get(thresholds), and(get(random), get(mask)))),
        ]),
        VECTORS.map((v) => look(site, v, toFields)),
        decide(site),
        when(anyTrue(orVector(get(site.flipped[0]), get(site.flipped[1]))), [
          set(visits, add(get(visits), constant(1))),
          flip(site, declare),
        ]),
        set(cut, add(get(cut), constant(stride))),
        set(row, add(get(row), constant(4))),
      ]),
      storeI32(RANDOM_ADDRESS, get(random)),
      storeI32(VISITS_ADDRESS, get(visits)),
    ];
  });
}

/** Reads spins, and how each is aligned with its field. */
function look({ at, spins, aligned }: Site, v: number, toFields: Local): Code {
  const offset = v * VECTOR_BYTES;
  const field = loadVector(add(get(at), get(toFields)), offset);
  return [
    set(spins[v], loadVector(get(at), offset)),
    set(aligned[v], halves.subtract(xorVector(field, get(spins[v])), get(spins[v]))),
  ];
}

/** Flips what is to flip in the lanes of `parity`. */
function flipLanes(site: Site, v: number, parity: Code): Code {
  const { spins, aligned, flipped, binding, cut, scratch } = site;
  const others = VECTORS.length - 1;
  const before = shuffle(get(spins[(v + others) % VECTORS.length]), get(spins[v]), BEFORE);
  const after = shuffle(get(spins[v]), get(spins[(v + 1) % VECTORS.length]), AFTER);
  // As all ones are -1, this is the binding where both agree, and its negative elsewhere.
  const bound = (other: Code) => [
    set(scratch, xorVector(get(spins[v]), other)),
    halves.subtract(xorVector(get(binding), get(scratch)), get(scratch)),
  ];
  const free = halves.subtract(halves.subtract(get(aligned[v]), bound(before)), bound(after));
  const isPast = halves.atLeast(free, loadVector(get(cut), v * VECTOR_BYTES));
  return [
    set(scratch, andVector(isPast, parity)),
    set(spins[v], xorVector(get(spins[v]), get(scratch))),
    set(flipped[v], orVector(get(flipped[v]), get(scratch))),
  ];
}

/** Writes the spins of a site, and what its neighbours feel of it. */
function flip({ at, row, flipped, scratch: old }: Site, declare: Declare): Code {
  const [entry, last, address] = [declare("i32"), declare("i32"), declare("i32")];
  const steps = VECTORS.map(() => declare("v128"));
  const write = (v: number): Code => [
    set(old, loadVector(get(at), v * VECTOR_BYTES)),
    storeVector(get(at), xorVector(get(old), get(flipped[v])), v * VECTOR_BYTES),
    // Twice the old spin where it flipped: what a unit of coupling takes from a neighbour.
    set(steps[v], andVector(orVector(get(old), halves.splat(constant(1))), get(flipped[v]))),
    set(steps[v], halves.add(get(steps[v]), get(steps[v]))),
  ];
  const pull = (v: number): Code => {
    const offset = v * VECTOR_BYTES;
    const weighted = halves.multiply?.(get(steps[v]), halves.loadSplat(get(entry), 4)) ?? [];
    return storeVector(
      get(address),
      halves.subtract(loadVector(get(address), offset), weighted),
      offset,
    );
  };
  return [
    VECTORS.map(write),
    set(entry, loadI32(get(row))),
    set(last, loadI32(get(row), 4)),
    when(
      lessThan(get(entry), get(last)),
      repeatWhile(
        [
          set(address, loadI32(get(entry))),
          VECTORS.map(pull),
          set(entry, add(get(entry), constant(NEIGHBOUR_BYTES))),
        ],
        lessThan(get(entry), get(last)),
      ),
    ),
  ];
}
