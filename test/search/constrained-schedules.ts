/**
 * Families of constrained problems in which things follow or exclude each other: colours, slots,
 * lots; and rows of every kind over variables of every kind.
 */
import type { RandomStream } from "#foundation";
import {
  COMPARISON,
  type ComparisonCode,
  ProblemAssembly,
  type QuadraticProblem,
  VARTYPE,
} from "#problem";
import { addGroups, drawn, drawnPairs } from "./constrained-parts.ts";

/** Colours that differ at the ends of each edge, chosen for cost and for pairs that go together. */
export function colouring(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const colours = 3 + stream.below(4);
  const own = Array.from({ length: size }, () => stream.below(colours));
  const variableOf = addGroups(assembly, size, colours);
  const costOf = () => drawn(stream, 0, 40);
  for (let variable = 0; variable < size * colours; variable += 1) {
    assembly.addLinear(variable, costOf());
  }
  const degree = colours * (1.2 + stream.unit());
  drawnPairs(stream, size, degree / size, (a, b) => {
    const isEdge = own[a] !== own[b];
    for (let colour = 0; colour < colours; colour += 1) {
      const [first, second] = [variableOf(a, colour), variableOf(b, colour)];
      if (!isEdge) {
        assembly.addQuadratic(first, second, -drawn(stream, 5, 30));
        continue;
      }
      const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide: 1 });
      assembly.addRowLinear(row, first, 1);
      assembly.addRowLinear(row, second, 1);
    }
  });
  return assembly.finish();
}

/** Jobs into slots of little room; some exclude each other, some come before others. */
export function conflictSchedule(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const slots = Math.max(4, Math.ceil(size / 5));
  const own = Array.from({ length: size }, () => stream.below(slots));
  const effort = own.map(() => drawn(stream, 1, 9));
  const variableOf = addGroups(assembly, size, slots);
  for (let slot = 0; slot < slots; slot += 1) {
    const load = effort.reduce((sum, one, job) => sum + (own[job] === slot ? one : 0), 0);
    const rightSide = load + stream.below(4);
    const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
    for (let job = 0; job < size; job += 1) {
      assembly.addRowLinear(row, variableOf(job, slot), effort[job]);
      assembly.addLinear(variableOf(job, slot), slot * drawn(stream, 1, 6));
    }
  }
  drawnPairs(stream, size, 4 / size, (a, b) => {
    for (let slot = 0; slot < slots && own[a] !== own[b]; slot += 1) {
      const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide: 1 });
      assembly.addRowLinear(row, variableOf(a, slot), 1);
      assembly.addRowLinear(row, variableOf(b, slot), 1);
    }
  });
  drawnPairs(stream, size, 1 / size, (a, b) => {
    const [early, late] = own[a] <= own[b] ? [a, b] : [b, a];
    const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide: 0 });
    for (let slot = 1; slot < slots; slot += 1) {
      assembly.addRowLinear(row, variableOf(early, slot), slot);
      assembly.addRowLinear(row, variableOf(late, slot), -slot);
    }
  });
  return assembly.finish();
}

/**
 * What to make in each period: a set-up to make anything, room shared by the products, stock
 * carried over at a cost that grows with its square, every demand met.
 */
export function lotSizing(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const products = 2 + stream.below(3);
  const periods = Math.max(3, Math.ceil(size / (3 * products)));
  const most = 30;
  const made = Array.from({ length: periods }, () => 0);
  const setUps: number[] = [];
  for (let product = 0; product < products; product += 1) {
    let carried = 0;
    let stockBefore = -1;
    for (let period = 0; period < periods; period += 1) {
      const amount = stream.below(3) === 0 ? 0 : drawn(stream, 5, most);
      const demand = drawn(stream, 0, carried + amount);
      carried += amount - demand;
      made[period] += amount;
      const [lot, setUp, stock] = [0, 1, 2].map(() => assembly.addVariable());
      setUps.push(lot);
      assembly.restrict(lot, VARTYPE.integer, 0, most);
      assembly.restrict(stock, VARTYPE.integer, 0, 4 * most);
      assembly.addLinear(lot, drawn(stream, 1, 5));
      assembly.addLinear(setUp, drawn(stream, 40, 120));
      assembly.addLinear(stock, 1);
      assembly.addQuadratic(stock, stock, 1);
      const balance = assembly.addRow({ comparison: COMPARISON.equal, rightSide: demand });
      if (stockBefore >= 0) assembly.addRowLinear(balance, stockBefore, 1);
      assembly.addRowLinear(balance, lot, 1);
      assembly.addRowLinear(balance, stock, -1);
      const allowed = assembly.addRow({ comparison: COMPARISON.atMost, rightSide: 0 });
      assembly.addRowLinear(allowed, lot, 1);
      assembly.addRowLinear(allowed, setUp, -most);
      stockBefore = stock;
    }
  }
  for (let period = 0; period < periods; period += 1) {
    const rightSide = made[period] + stream.below(5);
    const room = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
    for (let product = 0; product < products; product += 1) {
      assembly.addRowLinear(room, setUps[product * periods + period], 1);
    }
  }
  return assembly.finish();
}

/** Binaries, spins and integers under rows of every comparison, some of them quadratic. */
export function mixedRows(stream: RandomStream, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly(stream.below(2) === 0 ? "minimise" : "maximise");
  const values = Array.from({ length: size }, () => {
    const variable = assembly.addVariable();
    const kind = stream.below(3);
    if (kind === 1) assembly.restrict(variable, VARTYPE.spin);
    if (kind === 2) assembly.restrict(variable, VARTYPE.integer, -2, 7);
    assembly.addLinear(variable, drawn(stream, -30, 30));
    return kind === 0
      ? stream.below(2)
      : kind === 1
        ? 2 * stream.below(2) - 1
        : drawn(stream, -2, 7);
  });
  drawnPairs(stream, size, 4 / size, (a, b) => assembly.addQuadratic(a, b, drawn(stream, -9, 9)));
  const comparisons: readonly ComparisonCode[] = Object.values(COMPARISON);
  const one = () => stream.below(size);
  for (let number = 0; number < Math.ceil(size / 2); number += 1) {
    const comparison = comparisons[stream.below(comparisons.length)];
    const length = comparison === COMPARISON.equal ? 4 : 3 + stream.below(8);
    const terms = Array.from({ length }, () => [one(), drawn(stream, -5, 5)] as const);
    const pairs = Array.from(
      { length: number % 4 === 0 ? 2 : 0 },
      () => [one(), one(), drawn(stream, -3, 3)] as const,
    );
    const left =
      terms.reduce((sum, [variable, bias]) => sum + bias * values[variable], 0) +
      pairs.reduce((sum, [a, b, bias]) => sum + bias * values[a] * values[b], 0);
    const row = assembly.addRow({ comparison, rightSide: left });
    for (const [variable, bias] of terms) assembly.addRowLinear(row, variable, bias);
    for (const [a, b, bias] of pairs) assembly.addRowQuadratic(row, a, b, bias);
  }
  return assembly.finish();
}
