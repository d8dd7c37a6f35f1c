/**
 * Random constrained problems that are feasible for certain: an answer is drawn first, and every
 * right side is set so that it holds. One generator per family; a problem is a function of the
 * stream and a size alone. The answer itself is kept from whoever is to find one.
 */
import type { RandomStream } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem } from "#problem";
import { addGroups, addLoads, drawn, drawnPairs } from "./constrained-parts.ts";
import { colouring, conflictSchedule, lotSizing, mixedRows } from "./constrained-schedules.ts";

/** Draws one problem; `size` is about the number of things to decide on. */
export type ConstrainedGenerator = (stream: RandomStream, size: number) => QuadraticProblem;

/** By name of the family. */
export const constrainedFamilies: Readonly<Record<string, ConstrainedGenerator>> = Object.freeze({
  "k of n with quotas": quotas,
  "quadratic semi-assignment": semiAssignment,
  "graph partition": graphPartition,
  colouring,
  "multi-dimensional knapsack": multiKnapsack,
  "set cover": setCover,
  "set partition": setPartition,
  "lot sizing": lotSizing,
  "conflict schedule": conflictSchedule,
  "mixed rows": mixedRows,
});

/** Exactly k of n, quotas for overlapping classes, a budget, and a profit for many pairs. */
function quotas(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(size);
  const chosen = Array.from({ length: size }, () => stream.below(4) === 0);
  const count = chosen.filter(Boolean).length;
  const all = assembly.addRow({ comparison: COMPARISON.equal, rightSide: count });
  for (let item = 0; item < size; item += 1) {
    assembly.addRowLinear(all, item, 1);
    assembly.addLinear(item, stream.below(200));
  }
  drawnPairs(stream, size, 0.3, (a, b) => assembly.addQuadratic(a, b, drawn(stream, -100, 100)));
  const quotaCount = Math.ceil(size / 10);
  for (let quota = 0; quota < quotaCount; quota += 1) {
    const members = chosen.flatMap((_, item) => (stream.below(5) === 0 ? [item] : []));
    const inside = members.filter((item) => chosen[item]).length;
    const comparison = quota % 2 === 0 ? COMPARISON.atMost : COMPARISON.atLeast;
    const row = assembly.addRow({ comparison, rightSide: inside });
    for (const item of members) assembly.addRowLinear(row, item, 1);
  }
  addLoads(assembly, stream, { count: 1, slack: 0.02 }, chosen);
  return assembly.finish();
}

/** Every item to one of some places of little room, with a cost for items that share a place. */
function semiAssignment(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const places = 3 + stream.below(6);
  const home = Array.from({ length: size }, () => stream.below(places));
  const variableOf = addGroups(assembly, size, places);
  const weights = home.map(() => drawn(stream, 5, 25));
  for (let place = 0; place < places; place += 1) {
    const load = weights.reduce(
      (sum, weight, item) => sum + (home[item] === place ? weight : 0),
      0,
    );
    const rightSide = load + stream.below(4);
    const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
    for (const [item, weight] of weights.entries()) {
      assembly.addRowLinear(row, variableOf(item, place), weight);
      assembly.addLinear(variableOf(item, place), drawn(stream, 10, 60));
    }
  }
  drawnPairs(stream, size, 6 / size, (a, b) => {
    const flow = drawn(stream, 1, 20);
    for (let first = 0; first < places; first += 1) {
      for (let second = 0; second < places; second += 1) {
        const cost = flow * Math.abs(first - second);
        if (cost > 0) assembly.addQuadratic(variableOf(a, first), variableOf(b, second), cost);
      }
    }
  });
  return assembly.finish();
}

/** Parts of fixed sizes, with as little weight as may be on edges between them. */
function graphPartition(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const parts = 2 + stream.below(4);
  const variableOf = addGroups(assembly, size, parts);
  for (let part = 0; part < parts; part += 1) {
    const rightSide = Math.floor((size + part) / parts);
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
    for (let node = 0; node < size; node += 1) {
      assembly.addRowLinear(row, variableOf(node, part), 1);
    }
  }
  drawnPairs(stream, size, 8 / size, (a, b) => {
    const weight = drawn(stream, 1, 10);
    assembly.addOffset(weight);
    for (let part = 0; part < parts; part += 1) {
      assembly.addQuadratic(variableOf(a, part), variableOf(b, part), -weight);
    }
  });
  return assembly.finish();
}

/** Profits of items and of pairs under several tight capacities. */
function multiKnapsack(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(size);
  const chosen = Array.from({ length: size }, () => stream.below(3) === 0);
  for (let item = 0; item < size; item += 1) assembly.addLinear(item, drawn(stream, 50, 250));
  drawnPairs(stream, size, 0.1, (a, b) => assembly.addQuadratic(a, b, drawn(stream, 5, 60)));
  addLoads(assembly, stream, { count: 5, slack: 0 }, chosen);
  return assembly.finish();
}

/** Every element in at least one chosen set; some sets go badly together. */
function setCover(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let set = 0; set < size; set += 1) assembly.addLinear(set, drawn(stream, 20, 100));
  for (let element = 0; element < 2 * size; element += 1) {
    const row = assembly.addRow({ comparison: COMPARISON.atLeast, rightSide: 1 });
    const members = new Set(Array.from({ length: 2 + stream.below(6) }, () => stream.below(size)));
    for (const set of members) assembly.addRowLinear(row, set, 1);
  }
  drawnPairs(stream, size, 4 / size, (a, b) => assembly.addQuadratic(a, b, drawn(stream, 5, 40)));
  return assembly.finish();
}

/** Every element in exactly one chosen set; among the sets are those of one partition. */
function setPartition(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const elements = Math.ceil(size / 3);
  assembly.addVariables(size);
  for (let element = 0; element < elements; element += 1) {
    assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
  }
  const planted: number[][] = [];
  for (let element = 0; element < elements; ) {
    const length = Math.min(elements - element, 2 + stream.below(4));
    planted.push(Array.from({ length }, (_, at) => element + at));
    element += length;
  }
  for (let set = 0; set < size; set += 1) {
    const members =
      planted[set] ?? Array.from({ length: 1 + stream.below(5) }, () => stream.below(elements));
    for (const element of new Set(members)) assembly.addRowLinear(element, set, 1);
    assembly.addLinear(set, drawn(stream, 10, 50) * members.length);
  }
  drawnPairs(stream, size, 2 / size, (a, b) => assembly.addQuadratic(a, b, drawn(stream, 5, 40)));
  return assembly.finish();
}
