/**
 * The rank-2 relaxation of an Ising problem without biases (S. Burer, R. Monteiro and Y. Zhang,
 * SIAM Journal on Optimization 12, 2002): every spin is a unit vector in the plane, and products of
 * spins are inner products. It is not convex, but its minima lie near good cuts, and coordinate
 * descent finds them in some dozens of sweeps.
 */
import { assemble, PAGES_MAX } from "../assembly/routine.ts";
import { cosineAndSine } from "../portable-trigonometry.ts";
import type { SpinGlass } from "../spin/spin-glass.ts";
import { align, LANE_COUNT, NEIGHBOUR_BYTES, SPIN_BYTES } from "./align.ts";
import { plainAlign } from "./plain-align.ts";

const PAGE_BYTES = 65_536;
/** Where the vectors begin. */
const VECTORS_ADDRESS = 64;

let compiled: WebAssembly.Module | undefined;

/** Generated WebAssembly, or the same in plain TypeScript: the same bits. */
export type AlignBuild = "generated" | "plain";

/** Four replicas of the relaxation of one problem, all vectors (0, 0) at first. */
export class UnitVectors {
  static readonly laneCount = LANE_COUNT;
  readonly glass: SpinGlass;
  readonly #floats: Float32Array;
  readonly #rows: number;
  readonly #align: (...operands: readonly number[]) => void;

  /** `glass` has no biases. */
  constructor(glass: SpinGlass, build: AlignBuild = "generated") {
    const { spinCount, starts, neighbours, couplings } = glass;
    const rows = VECTORS_ADDRESS + spinCount * SPIN_BYTES;
    const entries = rows + Math.ceil((spinCount + 1) / 2) * 8;
    const pages = Math.ceil((entries + neighbours.length * NEIGHBOUR_BYTES) / PAGE_BYTES);
    const { buffer, run } = openAlign(pages, build);
    this.glass = glass;
    this.#floats = new Float32Array(buffer);
    this.#rows = rows;
    this.#align = run;
    const words = new Int32Array(buffer);
    for (let spin = 0; spin <= spinCount; spin += 1) {
      words[rows / 4 + spin] = entries + NEIGHBOUR_BYTES * starts[spin];
    }
    for (let entry = 0; entry < neighbours.length; entry += 1) {
      const at = entries / 4 + 2 * entry;
      words[at] = VECTORS_ADDRESS + neighbours[entry] * SPIN_BYTES;
      this.#floats[at + 1] = couplings[entry];
    }
  }

  /** Turns every vector of a replica to an angle, in radians. */
  setAngles(lane: number, angleOf: (spin: number) => number): void {
    for (let spin = 0; spin < this.glass.spinCount; spin += 1) {
      const { cosine, sine } = cosineAndSine(angleOf(spin));
      const at = this.#placeOf(lane, spin);
      this.#floats[at] = cosine;
      this.#floats[at + LANE_COUNT] = sine;
    }
  }

  /** Sets the vectors of spins `first` up to `end`, in turn, to the best angle there is. */
  align(first: number, end: number): void {
    if (first === end) return;
    const base = VECTORS_ADDRESS;
    this.#align(base + first * SPIN_BYTES, base + end * SPIN_BYTES, this.#rows + 4 * first);
  }

  /** The x of a spin's vector in a replica. */
  x(lane: number, spin: number): number {
    return this.#floats[this.#placeOf(lane, spin)];
  }

  /** The y of the same. */
  y(lane: number, spin: number): number {
    return this.#floats[this.#placeOf(lane, spin) + LANE_COUNT];
  }

  #placeOf(lane: number, spin: number): number {
    return (VECTORS_ADDRESS + spin * SPIN_BYTES) / 4 + lane;
  }
}

function openAlign(pages: number, build: AlignBuild) {
  if (build === "plain") {
    const buffer = new ArrayBuffer(pages * PAGE_BYTES);
    const run = plainAlign(buffer);
    return { buffer, run: (...[vectors, end, rows]: readonly number[]) => run(vectors, end, rows) };
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGES_MAX, shared: true });
  compiled ??= new WebAssembly.Module(assemble([align()]));
  const { exports } = new WebAssembly.Instance(compiled, { state: { memory } });
  return { buffer: memory.buffer, run: exports.align };
}
