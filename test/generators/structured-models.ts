/**
 * Small random problems of the structures that have solvers of their own, written the plain way.
 * One generator per structure; sizes small enough to try every sample.
 */
import type { RandomStream } from "#foundation";
import { type Expression, ProblemBuilder, type QuadraticProblem, sum } from "#problem";

/** Draws one problem. */
export type StructureGenerator = (stream: RandomStream) => QuadraticProblem;

type Table = readonly (readonly Expression[])[];

/** By name of the structure. */
export const structuredModels: Readonly<Record<string, StructureGenerator>> = Object.freeze({
  "linear assignment": (stream) => {
    const builder = new ProblemBuilder();
    const grid = binaries(builder, 3, 3);
    builder.minimise(weighted(stream, grid, 20));
    for (const [row, cells] of grid.entries()) builder.oneHot(`row ${row}`, cells);
    for (let column = 0; column < 3; column += 1) {
      const cells = grid.map((cells) => cells[column]);
      builder.oneHot(`column ${column}`, cells);
    }
    return builder.build();
  },
  transportation: (stream) => {
    const builder = new ProblemBuilder();
    const grid = integers(builder, 2, 3, 2);
    builder.minimise(weighted(stream, grid, 9));
    for (const [row, cells] of grid.entries()) {
      builder.require(`supply ${row}`, sum(cells).atMost(2 + stream.below(3)));
    }
    for (let column = 0; column < 3; column += 1) {
      const cells = grid.map((cells) => cells[column]);
      builder.require(`demand ${column}`, sum(cells).atLeast(1));
    }
    return builder.build();
  },
  "min-cost flow": (stream) => {
    const builder = new ProblemBuilder();
    const arcs = ["sa", "sb", "ab", "at", "bt"].map((name) => builder.integer(name, 0, 2));
    const [sa, sb, ab, at, bt] = arcs;
    builder.minimise(weighted(stream, [arcs], 9));
    builder.require("s", sa.plus(sb).equals(1 + stream.below(3)));
    builder.require("a", sa.minus(ab).minus(at).equals(0));
    builder.require("b", sb.plus(ab).minus(bt).equals(0));
    return builder.build();
  },
  knapsack: (stream) => packing(stream, 8, 1),
  "multi-dimensional knapsack": (stream) => packing(stream, 8, 3),
  "multiple-choice knapsack": (stream) => {
    const builder = new ProblemBuilder();
    const classes = binaries(builder, 3, 3);
    builder.maximise(weighted(stream, classes, 20));
    for (const [index, options] of classes.entries()) builder.oneHot(`class ${index}`, options);
    builder.require("capacity", weighted(stream, classes, 9).atMost(8 + stream.below(9)));
    return builder.build();
  },
  "generalised assignment": (stream) => {
    const builder = new ProblemBuilder();
    const tasks = binaries(builder, 4, 2);
    builder.minimise(weighted(stream, tasks, 20));
    for (const [index, agents] of tasks.entries()) builder.oneHot(`task ${index}`, agents);
    for (let agent = 0; agent < 2; agent += 1) {
      const load = weighted(stream, [tasks.map((agents) => agents[agent])], 9);
      builder.require(`agent ${agent}`, load.atMost(6 + stream.below(9)));
    }
    return builder.build();
  },
  "select k": (stream) => {
    const builder = new ProblemBuilder();
    const [items] = binaries(builder, 1, 8);
    builder.maximise(sum(weighted(stream, [items], 9), pairs(stream, items, 9)));
    builder.cardinality("count", items, "exactly", 3);
    return builder.build();
  },
  "quadratic knapsack": (stream) => {
    const builder = new ProblemBuilder();
    const [items] = binaries(builder, 1, 8);
    builder.maximise(sum(weighted(stream, [items], 20), pairs(stream, items, 20)));
    builder.require("capacity", weighted(stream, [items], 9).atMost(10 + stream.below(10)));
    return builder.build();
  },
  "quadratic assignment": (stream) => permutation((grid) => pairs(stream, grid.flat(), 9)),
  "quadratic assignment of flows": (stream) => permutation((grid) => flows(stream, grid)),
});

/** Every row of a grid has one cell, and every column. */
function permutation(costOf: (grid: Table) => Expression): QuadraticProblem {
  const builder = new ProblemBuilder();
  const grid = binaries(builder, 3, 3);
  builder.minimise(costOf(grid));
  for (const [row, cells] of grid.entries()) builder.oneHot(`row ${row}`, cells);
  for (let column = 0; column < 3; column += 1) {
    const cells = grid.map((cells) => cells[column]);
    builder.oneHot(`column ${column}`, cells);
  }
  return builder.build();
}

/** Flow from row to row times distance from column to column, and a cost for each cell. */
function flows(stream: RandomStream, grid: Table): Expression {
  const table = () => grid.map((cells) => cells.map(() => 1 + stream.below(9)));
  const [flow, distance] = [table(), table()];
  const products = grid.flatMap((cells, from) =>
    cells.flatMap((cell, at) =>
      grid.flatMap((others, to) =>
        others.flatMap((other, there) =>
          from === to || at === there
            ? []
            : [cell.times(other).times(flow[from][to] * distance[at][there])],
        ),
      ),
    ),
  );
  return sum(weighted(stream, grid, 9), ...products);
}

function packing(stream: RandomStream, itemCount: number, rowCount: number): QuadraticProblem {
  const builder = new ProblemBuilder();
  const [items] = binaries(builder, 1, itemCount);
  builder.maximise(weighted(stream, [items], 20));
  for (let row = 0; row < rowCount; row += 1) {
    const capacity = 10 + stream.below(15);
    builder.require(`capacity ${row}`, weighted(stream, [items], 9).atMost(capacity));
  }
  return builder.build();
}

function binaries(builder: ProblemBuilder, rows: number, columns: number): Table {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => builder.binary(`x${row}.${column}`)),
  );
}

function integers(builder: ProblemBuilder, rows: number, columns: number, most: number): Table {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => builder.integer(`x${row}.${column}`, 0, most)),
  );
}

/** A sum with whole weights from 1 to `most`. */
function weighted(stream: RandomStream, table: Table, most: number): Expression {
  return sum(table.flat().map((variable) => variable.times(1 + stream.below(most))));
}

/** All products, each with a whole weight from 1 to `most`. */
function pairs(stream: RandomStream, variables: readonly Expression[], most: number): Expression {
  return sum(
    variables.flatMap((first, index) =>
      variables.slice(index + 1).map((second) => first.times(second).times(1 + stream.below(most))),
    ),
  );
}
