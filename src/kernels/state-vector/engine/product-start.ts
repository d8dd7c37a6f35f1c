/**
 * The first part of a clustered plan: each cluster's state is computed in one thread's tile, and
 * the state becomes their product, the largest cluster on the lowest bits.
 */
import { type Cluster, moveNode } from "../plan/clusters.ts";
import type { PlanNode } from "../plan/node.ts";
import { schedule } from "../plan/schedule.ts";
import type { Arena } from "./arena.ts";
import { PassCompiler } from "./compile-pass.ts";
import { numbersIn } from "./kernel-instance.ts";
import { BITS_MIN, type Layout } from "./layout.ts";
import type { ComplexTable } from "./product-table.ts";
import type { Kernels, TileRunner } from "./tile-runner.ts";

/** What the product is made with. */
export interface ProductMeans {
  readonly layout: Layout;
  readonly memory: WebAssembly.Memory;
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly runner: TileRunner;
}

/** The bit that each bit moves to when clusters take consecutive places. */
export function consecutivePlaces(clusters: readonly Cluster[]): readonly number[] {
  const placeOf: number[] = [];
  let place = 0;
  for (const bit of clusters.flatMap(({ bits }) => bits)) {
    placeOf[bit] = place;
    place += 1;
  }
  return placeOf;
}

/** Overwrites the state with the product of the clusters' states, in consecutive places. */
export function fillProduct(means: ProductMeans, clusters: readonly Cluster[]): void {
  const [lowest, ...others] = clusters;
  const { layout, arena, kernels, runner } = means;
  let high: ComplexTable = { re: Float64Array.of(1), im: Float64Array.of(0) };
  for (const cluster of others) {
    high = product(high, clusterState(means, cluster));
  }
  clusterState(means, lowest);
  arena.clear();
  const factors = arena.interleaved(high);
  const bytes = 2 ** lowest.bits.length * layout.bytesPerNumber;
  const { tileRe, tileIm } = runner.workspace;
  for (let index = 0; index < high.re.length; index += 1) {
    const [re, im] = [layout.re + index * bytes, layout.im + index * bytes];
    const factor = factors + 2 * index * layout.bytesPerNumber;
    kernels.scaleTable(re, im, re + bytes, tileRe, tileIm, factor);
  }
}

/**
 * Runs a cluster in the tile of the workspace, where its state stays until the next; returns a
 * copy.
 */
function clusterState(means: ProductMeans, { bits, nodes }: Cluster): ComplexTable {
  const { layout, memory, arena, runner } = means;
  const bitCount = Math.max(bits.length, BITS_MIN);
  const placeOf: number[] = [];
  bits.forEach((bit, place) => {
    placeOf[bit] = place;
  });
  const idle = Array.from({ length: bitCount - bits.length }, (_, index) =>
    staysZero(bits.length + index),
  );
  const moved = [...nodes.map((node) => moveNode(node, placeOf)), ...idle];
  const small = { ...layout, bitCount, tileBits: bitCount };
  const compiler = new PassCompiler(arena, small, { fresh: true, costs: undefined });
  const passes = schedule(moved, small);
  passes.forEach((pass, index) => {
    arena.clear();
    runner.runTile(compiler.compile(pass, index === passes.length - 1));
  });
  const { tileRe, tileIm } = runner.workspace;
  const size = 2 ** bits.length;
  return {
    re: Float64Array.from(numbersIn(memory, layout, tileRe, size)),
    im: Float64Array.from(numbersIn(memory, layout, tileIm, size)),
  };
}

function staysZero(bit: number): PlanNode {
  return { kind: "factor", mask: 1 << bit, zero: { re: 1, im: 0 }, one: { re: 0, im: 0 } };
}

/** The product state with `low` on the lower bits. */
function product(low: ComplexTable, high: ComplexTable): ComplexTable {
  const size = low.re.length * high.re.length;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let at = 0; at < size; at += 1) {
    const [a, b] = [at % low.re.length, Math.floor(at / low.re.length)];
    re[at] = low.re[a] * high.re[b] - low.im[a] * high.im[b];
    im[at] = low.re[a] * high.im[b] + low.im[a] * high.re[b];
  }
  return { re, im };
}
