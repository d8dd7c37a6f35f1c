/**
 * A state vector: 2^n complex amplitudes in WebAssembly memory, and operations on them. A list of
 * operations is planned as a whole - gates merged, diagonals collected, passes laid out - and then
 * run, so give it circuits rather than single gates. Plain builds compute the same bits on every
 * machine and for any number of threads.
 */
import { assert } from "#foundation";
import type { Build, Precision } from "../../assembly/lanes.ts";
import { checkOperation } from "../plan/check-operation.ts";
import { clusterStart, moveMask, moveNode } from "../plan/clusters.ts";
import { Frame, type Placement } from "../plan/frame.ts";
import type { PlanNode } from "../plan/node.ts";
import type { StateOperation, UnitaryOperation } from "../plan/operation.ts";
import { schedule } from "../plan/schedule.ts";
import { Arena } from "./arena.ts";
import { PassCompiler } from "./compile-pass.ts";
import type { CompiledPass } from "./compiled-pass.ts";
import { type Costs, costBytes, writeCosts } from "./costs.ts";
import type { Crew, CrewState } from "./crew.ts";
import { kernelModule, numbersIn, openKernels, openMemory } from "./kernel-instance.ts";
import { type Layout, layOut } from "./layout.ts";
import { consecutivePlaces, fillProduct } from "./product-start.ts";
import { applyGate } from "./single-gate.ts";
import type { Kernels, TileRunner } from "./tile-runner.ts";

/** What kind of state vector to make. */
export interface StateVectorOptions {
  readonly qubitCount: number;
  readonly precision: Precision;
  /**
   * `plain` for whatever is recorded; `relaxed` is faster and its last digits depend on the
   * processor.
   */
  readonly build: Build;
  /** Costs for cost operations; qubits then stay in their places and swaps are computed. */
  readonly costs?: Costs;
  /** Threads that help; closed by whoever opened them. */
  readonly crew?: Crew;
}

/** The state as it lies in memory, for those who read it. */
export interface StoredState {
  readonly layout: Layout;
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly placement: Placement;
  readonly qubitCount: number;
  readonly re: Float32Array | Float64Array;
  readonly im: Float32Array | Float64Array;
}

/** A state taken out of memory: amplitudes as they lay there, and where the qubits were. */
export interface ParkedState {
  readonly re: Float32Array | Float64Array;
  readonly im: Float32Array | Float64Array;
  readonly placement: Placement;
}

/** How far amplitudes may grow between two diagonals, in powers of two. */
const EXPONENT_MAX = Object.freeze({ f32: 100, f64: 900 });

/** The state of some qubits; starts as |0...0>. */
export class StateVector {
  readonly qubitCount: number;
  readonly #options: StateVectorOptions;
  readonly #layout: Layout;
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;
  readonly #runner: TileRunner;
  readonly #arena: Arena;
  readonly #crewState: CrewState | undefined;
  #placement: Placement;
  #fresh = true;

  /**
   * Raises `state-too-large` if the amplitudes do not fit into the memory WebAssembly can address.
   */
  constructor(options: StateVectorOptions) {
    const { qubitCount, precision, build, costs, crew } = options;
    this.qubitCount = qubitCount;
    this.#options = options;
    this.#layout = layOut({
      ...{ qubitCount, precision, costBytes: costBytes(costs) },
      threadCount: crew?.threadCount ?? 1,
      phaseCount: costs?.kind === "indexed" ? costs.values.length : 0,
    });
    this.#memory = openMemory(this.#layout);
    const module = kernelModule(precision, build);
    const { kernels, runner } = openKernels(module, this.#memory, this.#layout, 0);
    this.#kernels = kernels;
    this.#runner = runner;
    this.#arena = new Arena(this.#memory.buffer, this.#layout);
    this.#crewState = crew?.open({ module, memory: this.#memory, layout: this.#layout });
    this.#placement = uprightPlacement(qubitCount);
    if (costs === undefined) return;
    const costCount = costs.kind === "indexed" ? costs.indices.length : costs.values.length;
    assert(costCount === 2 ** qubitCount, `costs: expected ${2 ** qubitCount}, got ${costCount}`);
    writeCosts(this.#memory, this.#layout.costs, costs);
  }

  /** Applies the operations in order. */
  apply(operations: readonly StateOperation[]): void {
    for (const operation of operations) checkOperation(operation, this.qubitCount);
    const [only] = operations;
    if (operations.length === 1 && only.kind === "unitary1" && only.controls.length === 0) {
      this.#gate(only);
    } else {
      this.#plan(operations);
    }
  }

  #gate({ target, matrix }: UnitaryOperation): void {
    if (this.#fresh) this.#plan([]);
    const bit = this.#placement.bitOf[target];
    const flipped = ((this.#placement.flipMask >> bit) & 1) === 1;
    const means = { layout: this.#layout, arena: this.#arena, kernels: this.#kernels };
    applyGate(means, { bit, flipped, matrix });
  }

  #plan(operations: readonly StateOperation[]): void {
    const { bitCount, tileBits, precision } = this.#layout;
    const { costs } = this.#options;
    const frame = new Frame(
      this.#placement,
      { bitCount, exponentMax: EXPONENT_MAX[precision] },
      { fresh: this.#fresh, fixed: costs !== undefined },
    );
    for (const operation of operations) frame.apply(operation);
    const nodes = frame.finish();
    this.#placement = frame.placement;
    const isClustered = this.#fresh && costs === undefined && bitCount > tileBits;
    this.#runAll(isClustered ? this.#startClustered(nodes) : nodes);
  }

  /** Makes the state the product of its first clusters; returns what is left to do. */
  #startClustered(nodes: readonly PlanNode[]): readonly PlanNode[] {
    const { bitCount, tileBits } = this.#layout;
    const { clusters, rest } = clusterStart(nodes, bitCount, tileBits);
    const placeOf = consecutivePlaces(clusters);
    fillProduct(
      {
        ...{ layout: this.#layout, memory: this.#memory, arena: this.#arena },
        ...{ kernels: this.#kernels, runner: this.#runner },
      },
      clusters,
    );
    this.#fresh = false;
    this.#placement = {
      bitOf: this.#placement.bitOf.map((bit) => placeOf[bit]),
      flipMask: moveMask(this.#placement.flipMask, placeOf),
    };
    return rest.map((node) => moveNode(node, placeOf));
  }

  #runAll(nodes: readonly PlanNode[]): void {
    const { costs } = this.#options;
    const passes = schedule(nodes, this.#layout);
    const compiler = new PassCompiler(this.#arena, this.#layout, { fresh: this.#fresh, costs });
    this.#fresh = false;
    this.#arena.clear();
    let batch: CompiledPass[] = [];
    passes.forEach((pass, index) => {
      if (this.#arena.isHalfFull) {
        this.#run(batch);
        batch = [];
        this.#arena.clear();
      }
      batch.push(compiler.compile(pass, index === passes.length - 1));
    });
    this.#run(batch);
  }

  /** Back to |0...0>. */
  clear(): void {
    this.#fresh = true;
    this.#placement = uprightPlacement(this.qubitCount);
  }

  /** A copy of the state that needs no WebAssembly memory. */
  park(): ParkedState {
    const { re, im, placement } = this.stored;
    return { re: re.slice(), im: im.slice(), placement };
  }

  /** Takes back what a state of as many qubits, precision and costs has parked. */
  unpark({ re, im, placement }: ParkedState): void {
    this.#fresh = false;
    this.#placement = placement;
    const { stored } = this;
    assert(
      re.length === stored.re.length,
      `parked: expected ${stored.re.length}, got ${re.length}`,
    );
    stored.re.set(re);
    stored.im.set(im);
  }

  /** Ends the use of the state; needed only where a crew helps, which would keep its memory. */
  close(): void {
    this.#crewState?.forget();
  }

  /** The amplitudes as they lie in memory; valid until the next operation. */
  get stored(): StoredState {
    if (this.#fresh) this.#plan([]);
    const size = 2 ** this.#layout.bitCount;
    return {
      ...{ layout: this.#layout, kernels: this.#kernels, memory: this.#memory },
      ...{ placement: this.#placement, qubitCount: this.qubitCount },
      re: numbersIn(this.#memory, this.#layout, this.#layout.re, size),
      im: numbersIn(this.#memory, this.#layout, this.#layout.im, size),
    };
  }

  #run(passes: readonly CompiledPass[]): void {
    if (this.#crewState !== undefined) {
      this.#crewState.run(passes, this.#runner);
      return;
    }
    for (const pass of passes) this.#runner.run(pass, 0, 2 ** pass.outerBits.length);
  }
}

function uprightPlacement(qubitCount: number): Placement {
  return { bitOf: Array.from({ length: qubitCount }, (_, qubit) => qubit), flipMask: 0 };
}
