/**
 * Problems made up for learning which search to take: families like those of the literature, with
 * sizes and densities of their own, and families with rows that no shipped file has. A problem is a
 * pure function of family and number.
 */
import { type RandomStream, randomStream } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { latticePoints, portions } from "./integer-families.ts";

/** Draws the problem of a number; sizes grow with it. */
type Draw = (stream: RandomStream, number: number) => QuadraticProblem;

function coupled(
  sense: "minimise" | "maximise",
  count: number,
  vartype: "binary" | "spin",
): ProblemAssembly {
  const assembly = new ProblemAssembly(sense);
  for (let variable = 0; variable < count; variable += 1) {
    assembly.addVariable();
    if (vartype === "spin") assembly.restrict(variable, VARTYPE.spin);
  }
  return assembly;
}

/** Cuts of graphs of random edges, weighted 1, or 1 and -1 in turns of the number. */
const cuts: Draw = (stream, number) => {
  const count = 600 + 500 * number;
  const edges = Math.round(count * [3, 10, 25][number % 3]);
  const assembly = coupled("minimise", count, "spin");
  for (let edge = 0; edge < edges; edge += 1) {
    const [one, other] = [stream.below(count), stream.below(count)];
    const bias = number % 2 === 0 ? 1 : 2 * stream.below(2) - 1;
    if (one !== other) assembly.addQuadratic(one, other, bias);
  }
  return assembly.finish();
};

/** Spins on a torus, coupled by 1 or -1. */
const lattices: Draw = (stream, number) => {
  const side = 24 + 14 * number;
  const assembly = coupled("minimise", side * side, "spin");
  for (let cell = 0; cell < side * side; cell += 1) {
    const right = cell - (cell % side) + ((cell + 1) % side);
    for (const other of [right, (cell + side) % (side * side)]) {
      assembly.addQuadratic(cell, other, 2 * stream.below(2) - 1);
    }
  }
  return assembly.finish();
};

/** Two-valued variables and products of so many of their pairs. */
const products: Draw = (stream, number) => {
  const count = [120, 400, 800, 1500, 2200][number];
  const share = [1, 0.1, 0.5, 0.03, 0.2][number];
  const assembly = coupled("minimise", count, "binary");
  for (let one = 0; one < count; one += 1) {
    assembly.addLinear(one, stream.below(201) - 100);
    for (let other = one + 1; other < count; other += 1) {
      if (stream.unit() < share) assembly.addQuadratic(one, other, stream.below(201) - 100);
    }
  }
  return assembly.finish();
};

function addPairs(assembly: ProblemAssembly, share: number, draw: () => number): void {
  for (let one = 0; one < assembly.variableCount; one += 1) {
    for (let other = one + 1; other < assembly.variableCount; other += 1) {
      if (share === 1 || draw() % 100 < 100 * share) assembly.addQuadratic(one, other, draw());
    }
  }
}

/** k of n, with a number for every pair. */
const selections: Draw = (stream, number) => {
  const count = 60 + 90 * number;
  const assembly = coupled("maximise", count, "binary");
  const rightSide = Math.round(count / (number % 2 === 0 ? 10 : 4));
  const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
  for (let item = 0; item < count; item += 1) assembly.addRowLinear(row, item, 1);
  addPairs(assembly, 1, () => stream.below(1000));
  return assembly.finish();
};

/** One capacity, and profits of pairs. */
const pairKnapsacks: Draw = (stream, number) => {
  const count = 80 + 60 * number;
  const assembly = coupled("maximise", count, "binary");
  const rightSide = 50 + stream.below(count * 20);
  const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
  for (let item = 0; item < count; item += 1) {
    assembly.addRowLinear(row, item, 1 + stream.below(50));
    assembly.addLinear(item, 1 + stream.below(100));
  }
  addPairs(assembly, [0.25, 0.5, 0.75, 1][number % 4], () => 1 + stream.below(100));
  return assembly.finish();
};

/** Several capacities of half of all weights, and profits near the weights. */
const knapsacks: Draw = (stream, number) => {
  const [count, rows] = [80 + 40 * number, [3, 5, 10, 20, 30][number]];
  const assembly = coupled("maximise", count, "binary");
  const totals = new Float64Array(count);
  for (let row = 0; row < rows; row += 1) {
    const weights = Array.from({ length: count }, () => 1 + stream.below(1000));
    const rightSide = Math.floor(weights.reduce((sum, weight) => sum + weight, 0) / 2);
    const index = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
    for (const [item, weight] of weights.entries()) {
      assembly.addRowLinear(index, item, weight);
      totals[item] += weight;
    }
  }
  for (let item = 0; item < count; item += 1) {
    assembly.addLinear(item, Math.round(totals[item] / rows) + stream.below(500));
  }
  return assembly.finish();
};

/** One variable for each member of each group, and rows that take one of each. */
function grouped(sense: "minimise" | "maximise", groups: number, width: number): ProblemAssembly {
  const assembly = coupled(sense, groups * width, "binary");
  for (let group = 0; group < groups; group += 1) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
    for (let one = 0; one < width; one += 1) assembly.addRowLinear(row, group * width + one, 1);
  }
  return assembly;
}

/** Tasks to agents of limited capacity, cheap where they take much, in turns of the number. */
const tasks: Draw = (stream, number) => {
  const [count, agents] = [40 + 40 * number, [5, 10, 8, 20, 15][number]];
  const assembly = grouped("minimise", count, agents);
  const uses = Array.from({ length: count * agents }, () => 5 + stream.below(96));
  for (let agent = 0; agent < agents; agent += 1) {
    const rightSide = Math.floor((0.85 * 52 * count) / agents);
    const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
    for (let task = 0; task < count; task += 1) {
      const variable = task * agents + agent;
      assembly.addRowLinear(row, variable, uses[variable]);
      const turned = number % 2 === 0 ? 110 - uses[variable] : 5 + stream.below(96);
      assembly.addLinear(variable, turned + stream.below(20));
    }
  }
  return assembly.finish();
};

/** Facilities to locations: costs are flows times distances. */
const placements: Draw = (stream, number) => {
  const count = 10 + 5 * number;
  const assembly = grouped("minimise", count, count);
  for (let location = 0; location < count; location += 1) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
    for (let one = 0; one < count; one += 1) assembly.addRowLinear(row, one * count + location, 1);
  }
  const drawn = () => (number % 2 === 0 ? stream.below(100) : stream.below(10) * stream.below(2));
  const matrix = () => Array.from({ length: count * count }, drawn);
  const [flows, distances] = [matrix(), matrix()];
  for (let one = 0; one < count; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const flow = flows[one * count + other];
      for (let at = 0; at < count; at += 1) {
        for (let there = 0; flow > 0 && there < count; there += 1) {
          const distance = distances[Math.max(at, there) * count + Math.min(at, there)];
          if (at === there || distance === 0) continue;
          assembly.addQuadratic(one * count + at, other * count + there, 2 * flow * distance);
        }
      }
    }
  }
  return assembly.finish();
};

/** Groups with one of each, and products across them: nothing has a structure of its own. */
const groups: Draw = (stream, number) => {
  const [count, width] = [20 + 30 * number, 3 + (number % 3) * 3];
  const assembly = grouped("minimise", count, width);
  const pairs = count * width * 8;
  for (let pair = 0; pair < pairs; pair += 1) {
    const [one, other] = [stream.below(count * width), stream.below(count * width)];
    if (one !== other) assembly.addQuadratic(one, other, stream.below(201) - 100);
  }
  return assembly.finish();
};

/** Products under several capacities. */
const capacities: Draw = (stream, number) => {
  const count = 60 + 70 * number;
  const assembly = coupled("maximise", count, "binary");
  for (let row = 0; row < 3 + number; row += 1) {
    const rightSide = count * 8;
    const index = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
    for (let item = 0; item < count; item += 1) {
      assembly.addRowLinear(index, item, 1 + stream.below(50));
    }
  }
  addPairs(assembly, 0.2, () => stream.below(100));
  return assembly.finish();
};

/** Linear costs, rows of any kind over a few variables each, integers among them. */
const programmes: Draw = (stream, number) => {
  const count = 60 + 100 * number;
  const assembly = coupled("minimise", count, "binary");
  for (let variable = 0; variable < count; variable += 1) {
    if (variable % 4 === 0) assembly.restrict(variable, VARTYPE.integer, 0, 5);
    assembly.addLinear(variable, 5 + stream.below(60));
  }
  for (let row = 0; row < count; row += 1) {
    const rightSide = 2 + stream.below(4);
    const index = assembly.addRow({ comparison: COMPARISON.atLeast, rightSide });
    for (let term = 0; term < 6; term += 1) {
      assembly.addRowLinear(index, stream.below(count), 1 + stream.below(4));
    }
  }
  return assembly.finish();
};

const FAMILIES: Readonly<Record<string, Draw>> = Object.freeze({
  cuts,
  lattices,
  products,
  selections,
  "pair-knapsacks": pairKnapsacks,
  knapsacks,
  tasks,
  placements,
  groups,
  capacities,
  programmes,
  portions,
  "lattice-points": latticePoints,
});

/** How many problems each family has. */
const NUMBERS: readonly number[] = [0, 1, 2, 3, 4];

/** A problem made up, with what family it belongs to. */
export interface GeneratedInstance {
  readonly family: string;
  readonly name: string;
  readonly draw: () => QuadraticProblem;
}

/** All of them. */
export const GENERATED: readonly GeneratedInstance[] = Object.freeze(
  Object.entries(FAMILIES).flatMap(([family, draw]) =>
    NUMBERS.map((number) => ({
      family,
      name: `${family} ${number}`,
      draw: () => draw(randomStream(number, "selector", family), number),
    })),
  ),
);
