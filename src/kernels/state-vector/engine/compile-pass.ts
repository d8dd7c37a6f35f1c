/**
 * From passes to addresses: chooses the kernels of each stage and writes their tables into the
 * arena.
 */
import { present, unreachable } from "#foundation";
import { type RotationForm, rotationName } from "../kernels/rotation.ts";
import { type RowDirection, rowRotationName } from "../kernels/row-rotation.ts";
import type { MatrixNode, RotationNode } from "../plan/node.ts";
import type { Pass, Stage } from "../plan/pass.ts";
import { SWEEP_BITS, sweepRanges } from "../plan/sweeps.ts";
import type { Arena } from "./arena.ts";
import { type BitPlaces, DiagonalTables } from "./compile-diagonal.ts";
import type { CompiledPass, CompiledStage, RowPlaces, RowSweep, Sweep } from "./compiled-pass.ts";
import { type Costs, phaseTable } from "./costs.ts";
import type { Layout } from "./layout.ts";

/** Compiles passes one after the other; knows what the rotations so far have left out. */
export class PassCompiler {
  readonly #arena: Arena;
  readonly #layout: Layout;
  readonly #costs: Costs | undefined;
  #scale = 1;
  #fill: boolean;

  /** `fresh`: the first diagonal overwrites the state. */
  constructor(
    arena: Arena,
    layout: Layout,
    { fresh, costs }: { readonly fresh: boolean; readonly costs: Costs | undefined },
  ) {
    this.#arena = arena;
    this.#layout = layout;
    this.#fill = fresh;
    this.#costs = costs;
  }

  /** Compiles the next pass; after the `last` one nothing is left out any more. */
  compile(pass: Pass, last: boolean): CompiledPass {
    const places = placesOf(pass, this.#layout.bitCount);
    const fill = this.#fill;
    const stages = pass.stages.flatMap((stage) => this.#stage(stage, places));
    if (last && this.#scale !== 1) stages.push(this.#diagonal(undefined, places));
    const outerBits = Array.from({ length: this.#layout.bitCount }, (_, bit) => bit).filter(
      (bit) => places.outer[bit] >= 0,
    );
    return {
      ...{ outerBits, localBits: places.localCount, rows: this.#rows(pass), fill },
      ...onTheWay(stages, fill, pass.shape),
    };
  }

  #stage(stage: Stage, places: BitPlaces): readonly CompiledStage[] {
    switch (stage.kind) {
      case "rotations":
        return [{ kind: "rotations", sweeps: this.#sweeps(stage.nodes, places) }];
      case "diagonal": {
        const costs = stage.nodes.flatMap((node) => (node.kind === "cost" ? [node] : []));
        const isPlain = costs.length < stage.nodes.length || this.#scale !== 1 || this.#fill;
        return [
          ...(isPlain ? [this.#diagonal(stage, places)] : []),
          ...costs.map(({ angle }) => this.#cost(angle)),
        ];
      }
      case "matrix":
        return [this.#matrix(stage.node, places)];
      default:
        return unreachable(stage);
    }
  }

  #diagonal(
    stage: Extract<Stage, { readonly kind: "diagonal" }> | undefined,
    places: BitPlaces,
  ): CompiledStage {
    const tables = new DiagonalTables(places, this.#layout, this.#scale);
    this.#scale = 1;
    for (const node of stage?.nodes ?? []) {
      if (node.kind === "factor") tables.factor(node);
      if (node.kind === "term") tables.term(node);
    }
    const fill = this.#fill;
    this.#fill = false;
    return tables.compile(this.#arena, fill);
  }

  /** Groups rotations into sweeps: the lowest bits together, the others by threes of neighbours. */
  #sweeps(nodes: readonly RotationNode[], { local, localCount }: BitPlaces): readonly Sweep[] {
    const minus = new Array<number>(localCount).fill(0);
    const plus = new Array<number>(localCount).fill(0);
    let active = 0;
    for (const node of nodes) {
      const place = local[31 - Math.clz32(node.mask)];
      active |= 1 << place;
      minus[place] = node.minus;
      plus[place] = node.plus;
      this.#scale *= node.scale;
    }
    const laneBits = this.#laneBits;
    return sweepRanges(active, this.#layout.lowCount).map(({ first, count }) => {
      const coefficients: number[] = [];
      let form: RotationForm = "skew";
      for (let bit = first; bit < first + count; bit += 1) {
        if (bit < laneBits) {
          // Inside a vector a bit has its coefficients lane by lane.
          for (let lane = 0; lane < 2 ** laneBits; lane += 1) {
            coefficients.push((lane >> bit) & 1 ? plus[bit] : -minus[bit]);
          }
        } else {
          coefficients.push(minus[bit], plus[bit]);
          if (plus[bit] !== 1) form = "even";
        }
      }
      const kernel = rotationName(form, first, count);
      return { kernel, form, first, count, coefficients: this.#arena.numbers(coefficients) };
    });
  }

  get #laneBits(): number {
    return this.#layout.lowCount - SWEEP_BITS;
  }

  #cost(angle: number): CompiledStage {
    const costs = present(this.#costs, "the costs of a cost operation");
    if (costs.kind === "real") return { kind: "costReal", phases: this.#arena.doubles([-angle]) };
    const phases = this.#arena.interleaved(phaseTable(costs.values, angle));
    return { kind: "costIndexed", phases };
  }

  #matrix({ bits, matrix }: MatrixNode, { local }: BitPlaces): CompiledStage {
    const positions = bits.map((bit) => local[bit]);
    const size = 2 ** bits.length;
    const offsets = Array.from({ length: size }, (_, index) =>
      positions.reduce((offset, position, at) => offset + ((index >> at) & 1) * 2 ** position, 0),
    ).map((offset) => offset * this.#layout.bytesPerNumber);
    return {
      kind: "matrix",
      mask: positions.reduce((mask, position) => mask | (1 << position), 0),
      offsets: this.#arena.words(offsets),
      size,
      matrix: this.#arena.numbers(matrix),
    };
  }

  #rows({ shape, stages }: Pass): CompiledPass["rows"] {
    if (shape.rows.length === 0) return undefined;
    const { bytesPerNumber, costBytes } = this.#layout;
    const isCost = (stage: Stage) =>
      stage.kind === "diagonal" && stage.nodes.some((node) => node.kind === "cost");
    return {
      ...this.#rowPlaces(shape, bytesPerNumber),
      costs: stages.some(isCost) ? this.#rowPlaces(shape, costBytes) : undefined,
    };
  }

  #rowPlaces({ columns, rows }: Pass["shape"], bytes: number): RowPlaces {
    const values = new Int32Array(2 ** rows.length);
    for (const [at, bit] of rows.entries()) {
      const half = 2 ** at;
      for (let row = 0; row < half; row += 1) values[half + row] = values[row] + 2 ** bit * bytes;
    }
    const offsets = this.#arena.words(values);
    return { offsets, offsetsEnd: offsets + 4 * values.length, rowBytes: 2 ** columns * bytes };
  }
}

/** Takes the first and the last sweep out of the stages where they can be done while copying. */
function onTheWay(
  stages: readonly CompiledStage[],
  fill: boolean,
  { columns, rows }: Pass["shape"],
): Pick<CompiledPass, "gather" | "scatter" | "stages"> {
  const left = [...stages];
  const take = (direction: RowDirection): RowSweep | undefined => {
    const at = direction === "gather" ? 0 : left.length - 1;
    const stage = left[at];
    if (rows.length === 0 || stage?.kind !== "rotations") return undefined;
    const sweep = stage.sweeps.at(direction === "gather" ? 0 : -1);
    if (sweep === undefined || sweep.first < columns) return undefined;
    left[at] = { ...stage, sweeps: stage.sweeps.filter((one) => one !== sweep) };
    const kernel = rowRotationName(direction, sweep.form, sweep.count);
    return { ...sweep, kernel, step: 4 << (sweep.first - columns) };
  };
  const gather = fill ? undefined : take("gather");
  const scatter = take("scatter");
  return { gather, scatter, stages: left };
}

function placesOf({ shape }: Pass, bitCount: number): BitPlaces {
  const local = new Array<number>(bitCount).fill(-1);
  const outer = new Array<number>(bitCount).fill(-1);
  for (let bit = 0; bit < shape.columns; bit += 1) local[bit] = bit;
  shape.rows.forEach((bit, index) => {
    local[bit] = shape.columns + index;
  });
  let outerCount = 0;
  for (let bit = 0; bit < bitCount; bit += 1) {
    if (local[bit] >= 0) continue;
    outer[bit] = outerCount;
    outerCount += 1;
  }
  return { local, outer, localCount: shape.columns + shape.rows.length, outerCount };
}
