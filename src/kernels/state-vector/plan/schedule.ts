/**
 * From nodes to passes. Within a pass, stages follow each other: rotations of local bits; one
 * diagonal, which may involve every bit, since a diagonal mixes nothing; rotations again; and so
 * on.
 *
 * The order is free wherever nodes commute. A pass over the high bits therefore finishes one layer
 * of a circuit, applies its diagonal and begins the next layer; then the low bits do the same. One
 * pass per layer instead of two.
 */
import { assert } from "#foundation";
import { bitsOf, countBits } from "./clusters.ts";
import type { PlanNode } from "./node.ts";
import { scheduleOneTile } from "./one-tile.ts";
import { isDiagonal, isMixing, OpenNodes } from "./open-nodes.ts";
import type { Pass, ScheduleShape, Stage, TileShape } from "./pass.ts";
import { COST, sweepsCost } from "./sweeps.ts";

/** The fewest neighbouring amplitudes worth fetching at once, as a power of two. */
const COLUMNS_MIN = 6;

/** When a pass goes on to a further stage. */
type Patience =
  | "eager" // as long as it does more for its cost
  | "layered"; // only if the stage rotates nearly all bits the pass is for

/** A layer of 14 bits costs 0.18 for each rotation. */
const GOOD_COST_PER_ROTATION = 0.25;

/** How nearly, by what the stage does for its cost. */
const FULL_SHARE = 0.95;

/** What a pass over given bits would do. */
interface Proposal {
  readonly shape: TileShape;
  readonly stages: readonly Stage[];
  readonly taken: readonly number[];
  readonly worth: number;
  readonly cost: number;
}

/** The bits local to the tiles of `shape`, as a mask. */
function localMask({ columns, rows }: TileShape): number {
  return rows.reduce((mask, bit) => mask | (1 << bit), 2 ** columns - 1);
}

/**
 * The passes for `nodes`, in order. A circuit in layers is best done layer by layer; if that comes
 * out much dearer than a circuit of full layers would, the eager plan is tried as well and the
 * cheaper one taken.
 */
export function schedule(nodes: readonly PlanNode[], shape: ScheduleShape): readonly Pass[] {
  if (shape.bitCount === shape.tileBits) return scheduleOneTile(nodes, shape);
  const layered = new Schedule(nodes, shape, "layered").passes();
  const rotationCount = nodes.reduce((count, node) => count + (isMixing(node) ? 1 : 0), 0);
  if (layered.cost < GOOD_COST_PER_ROTATION * rotationCount) return layered.passes;
  const eager = new Schedule(nodes, shape, "eager").passes();
  return eager.cost < layered.cost ? eager.passes : layered.passes;
}

/** Deals out the nodes of a plan as passes, in an order that respects what does not commute. */
class Schedule {
  readonly #open: OpenNodes;
  readonly #bitCount: number;
  readonly #tileBits: number;
  readonly #lowCount: number;
  readonly #stagesMax: number;
  readonly #patience: Patience;

  constructor(
    nodes: readonly PlanNode[],
    { bitCount, tileBits, lowCount, stagesMax }: ScheduleShape,
    patience: Patience,
  ) {
    this.#open = new OpenNodes(nodes, bitCount);
    this.#lowCount = lowCount;
    this.#stagesMax = stagesMax;
    this.#patience = patience;
    this.#bitCount = bitCount;
    this.#tileBits = tileBits;
  }

  /** All passes and what they cost. */
  passes(): { readonly passes: readonly Pass[]; readonly cost: number } {
    const passes: Pass[] = [];
    let cost = 0;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      passes.push({ shape: next.shape, stages: next.stages });
      cost += next.cost;
    }
    return { passes, cost };
  }

  #next(): Proposal | undefined {
    if (this.#open.isEmpty()) return undefined;
    const proposals = this.#shapes().map(([shape, wanted]) => this.#propose(shape, wanted));
    const most = proposals.reduce((a, b) => (b.worth > a.worth ? b : a));
    const best = most.taken.length > 0 ? most : this.#diagonalOnly();
    assert(best.taken.length > 0, "a pass makes progress");
    this.#open.keep(best.taken);
    return best;
  }

  /** A pass for when the window is full of diagonals. */
  #diagonalOnly(): Proposal {
    const taken = this.#open.diagonals();
    const nodes = this.#open.at(taken).filter(isDiagonal);
    const cost = COST.contiguousPass + COST.diagonal;
    const shape = { columns: this.#tileBits, rows: [] };
    return { shape, stages: [{ kind: "diagonal", nodes }], taken, worth: 0, cost };
  }

  /** Tiles worth considering, each with the bits it is meant for. */
  #shapes(): readonly (readonly [TileShape, wanted: number])[] {
    const low = { columns: this.#tileBits, rows: [] };
    const open = this.#open.mixingBits();
    const ahead = this.#open.mixingAhead();
    const waiting = Array.from({ length: this.#bitCount }, (_, bit) => bit)
      .filter((bit) => ahead[bit] > 0 && ((open >> bit) & 1) === 1)
      .sort((a, b) => ahead[b] - ahead[a] || b - a);
    const shapes: [TileShape, number][] = [[low, localMask(low)]];
    const high = this.#shapeFor(waiting.filter((bit) => bit >= low.columns));
    if (high.rows.length > 0) shapes.push([high, rowsMask(high)]);
    const urgent = this.#shapeFor(waiting);
    if (urgent.rows.length > 0) shapes.push([urgent, localMask(urgent)]);
    const blocked = this.#shapeFor(this.#open.matrixBits());
    if (blocked.rows.length > 0) shapes.push([blocked, localMask(blocked)]);
    return shapes;
  }

  /** The shape with the widest columns that has as many of `wanted`, in their order, as fit. */
  #shapeFor(wanted: readonly number[]): TileShape {
    let mask = 0;
    let shape: TileShape = { columns: this.#tileBits, rows: [] };
    for (const bit of wanted) {
      mask |= 1 << bit;
      const columns = this.#columnsBeside(mask);
      if (columns < COLUMNS_MIN) break;
      shape = { columns, rows: bitsOf(mask).filter((row) => row >= columns) };
    }
    return shape;
  }

  /**
   * The most columns that leave room in a tile for the bits of `mask` above them; 0 if there is no
   * such number.
   */
  #columnsBeside(mask: number): number {
    let columns = this.#tileBits;
    while (columns > 0 && columns + countBits(mask >> columns) > this.#tileBits) columns -= 1;
    return columns;
  }

  /** What a pass would do, up to the stage where it has done most for its cost. */
  #propose(shape: TileShape, wanted: number): Proposal {
    const places = placesIn(shape);
    const stages: Stage[] = [];
    const taken: number[] = [];
    let cost: number = shape.rows.length === 0 ? COST.contiguousPass : COST.gatheredPass;
    let mixed = 0;
    let spent = cost;
    let best = { worth: -1, cost, stageCount: 0, takenCount: 0 };
    while (stages.length < this.#stagesMax) {
      const mixing = this.#open.mixing(wanted);
      if (mixing.length > 0) {
        this.#open.take(mixing);
        taken.push(...mixing);
        mixed += mixing.length;
        const stage = this.#mixingStage(mixing);
        stages.push(stage);
        cost += this.#mixingCost(stage, places);
        const worth = mixed / cost;
        if (!this.#goesOn(best.worth, worth, mixing.length / (cost - spent), wanted, places)) break;
        best = { worth, cost, stageCount: stages.length, takenCount: taken.length };
        spent = cost;
        continue;
      }
      const diagonal = this.#open.diagonals();
      if (diagonal.length === 0) break;
      this.#open.take(diagonal);
      taken.push(...diagonal);
      stages.push({ kind: "diagonal", nodes: this.#open.at(diagonal).filter(isDiagonal) });
      cost += COST.diagonal;
      const isRest =
        mixed === this.#open.mixingCount && best.takenCount + diagonal.length === taken.length;
      if (isRest) best = { ...best, stageCount: stages.length, takenCount: taken.length };
    }
    this.#open.giveBack(taken);
    return {
      shape,
      stages: stages.slice(0, best.stageCount),
      taken: taken.slice(0, best.takenCount),
      worth: best.takenCount === 0 ? -1 : Math.max(best.worth, 0),
      cost: best.cost,
    };
  }

  /** Whether a stage that brings the worth of its pass from `before` to `after` is part of it. */
  #goesOn(
    before: number,
    after: number,
    stageWorth: number,
    wanted: number,
    places: readonly number[],
  ): boolean {
    if (before < 0) return true;
    if (this.#patience === "eager") return after > before;
    const active = bitsOf(wanted).reduce((mask, bit) => mask | (1 << places[bit]), 0);
    const fullCost = COST.diagonal + sweepsCost(active, this.#lowCount);
    return stageWorth >= (FULL_SHARE * countBits(wanted)) / fullCost;
  }

  #mixingCost(stage: Stage, places: readonly number[]): number {
    if (stage.kind !== "rotations") return COST.matrix;
    const active = stage.nodes.reduce(
      (mask, node) => mask | (1 << places[31 - Math.clz32(node.mask)]),
      0,
    );
    return sweepsCost(active, this.#lowCount);
  }

  #mixingStage(indices: readonly number[]): Stage {
    const nodes = this.#open.at(indices);
    const matrix = nodes.find((node) => node.kind === "matrix");
    if (matrix !== undefined) return { kind: "matrix", node: matrix };
    return { kind: "rotations", nodes: nodes.filter((node) => node.kind === "rotation") };
  }
}

/** Position in the tile per stored bit. */
function placesIn({ columns, rows }: TileShape): readonly number[] {
  const places = Array.from({ length: columns }, (_, bit) => bit);
  rows.forEach((bit, index) => {
    places[bit] = columns + index;
  });
  return places;
}

function rowsMask({ rows }: TileShape): number {
  return rows.reduce((mask, bit) => mask | (1 << bit), 0);
}
