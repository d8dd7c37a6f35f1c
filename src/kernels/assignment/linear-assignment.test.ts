/**
 * Linear assignment against all permutations, against its own dual prices (which prove the optimum
 * without any reference), and in the cases where there is nothing, or no way, to assign.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import { type Assignment, linearAssignment } from "./linear-assignment.ts";

const NO = Number.POSITIVE_INFINITY;

/** Least cost over every way to give each line of the shorter side one of the longer. */
function leastByEnumeration(costs: Float64Array, rows: number, columns: number): number {
  const shorter = Math.min(rows, columns);
  const cost = (short: number, long: number) =>
    rows <= columns ? costs[short * columns + long] : costs[long * columns + short];
  const used = new Set<number>();
  const descend = (short: number): number => {
    if (short === shorter) return 0;
    let least = NO;
    for (let long = 0; long < Math.max(rows, columns); long += 1) {
      if (used.has(long)) continue;
      used.add(long);
      least = Math.min(least, cost(short, long) + descend(short + 1));
      used.delete(long);
    }
    return least;
  };
  return descend(0);
}

/** Dual feasibility, signs, and complementary slackness, all exact. */
function expectProof(costs: Float64Array, rows: number, columns: number, answer: Assignment) {
  const { columnOf, rowPrice, columnPrice } = answer;
  const taken = columnOf.filter((column) => column >= 0);
  expect(taken.length).toBe(Math.min(rows, columns));
  expect(new Set(taken).size).toBe(taken.length);
  let objective = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const slack = costs[row * columns + column] - rowPrice[row] - columnPrice[column];
      if (slack < 0) expect.fail(`pair ${row}, ${column} has slack ${slack}`);
      if (columnOf[row] === column) expect(slack).toBe(0);
    }
    if (columnOf[row] >= 0) objective += costs[row * columns + columnOf[row]];
    if (rows > columns) expect(rowPrice[row]).toBeLessThanOrEqual(0);
    if (columnOf[row] < 0) expect(rowPrice[row]).toBe(0);
  }
  for (let column = 0; column < columns; column += 1) {
    if (columns > rows) expect(columnPrice[column]).toBeLessThanOrEqual(0);
    if (!taken.includes(column)) expect(columnPrice[column]).toBe(0);
  }
  expect(answer.objective).toBe(objective);
  expect(answer.bound).toBe(objective);
}

function matrix(seed: number, size: number, range: number): Float64Array {
  const stream = randomStream(seed, "assignment");
  return Float64Array.from({ length: size }, () => stream.below(range));
}

describe("linear assignment", () => {
  test.each([
    { remark: "nothing to assign", rows: 0, columns: 0, costs: [], columnOf: [] },
    { remark: "rows without columns", rows: 2, columns: 0, costs: [], columnOf: [-1, -1] },
    { remark: "one pair", rows: 1, columns: 1, costs: [-5], columnOf: [0] },
    { remark: "all alike", rows: 2, columns: 2, costs: [3, 3, 3, 3], columnOf: undefined },
    { remark: "one way only", rows: 2, columns: 2, costs: [NO, 1, 1, NO], columnOf: [1, 0] },
    { remark: "more columns", rows: 1, columns: 3, costs: [4, -2, 0], columnOf: [1] },
    { remark: "more rows", rows: 3, columns: 1, costs: [4, -2, 0], columnOf: [-1, 0, -1] },
  ])("$remark", ({ rows, columns, costs, columnOf }) => {
    const answer = linearAssignment(Float64Array.from(costs), rows, columns);
    expect(answer.status).toBe("optimal");
    if (columnOf !== undefined) expect([...answer.columnOf]).toEqual(columnOf);
    expectProof(Float64Array.from(costs), rows, columns, answer);
  });

  test.each([
    { remark: "a row without a column", costs: [NO, NO, 1, 2] },
    { remark: "a column without a row", costs: [NO, 1, NO, 2] },
    { remark: "two rows for one column", costs: [1, NO, NO, 2, NO, NO, 3, 3, 3] },
  ])("$remark is infeasible", ({ costs }) => {
    const size = Math.sqrt(costs.length);
    const answer = linearAssignment(Float64Array.from(costs), size, size);
    expect(answer.status).toBe("infeasible");
    expect(answer.bound).toBe(NO);
  });

  test("costs what the best of all assignments costs, for any shape", () => {
    const cost = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -9, max: 9 }) },
      { weight: 1, arbitrary: fc.constant(NO) },
    );
    const posed = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([rows, columns]) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          costs: fc.array(cost, { minLength: rows * columns, maxLength: rows * columns }),
        }),
      );
    fc.assert(
      fc.property(posed, ({ rows, columns, costs }) => {
        const least = leastByEnumeration(Float64Array.from(costs), rows, columns);
        const answer = linearAssignment(Float64Array.from(costs), rows, columns);
        expect(answer.status).toBe(least === NO ? "infeasible" : "optimal");
        if (least === NO) return;
        expect(answer.objective).toBe(least);
        expectProof(Float64Array.from(costs), rows, columns, answer);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    { remark: "few distinct costs", rows: 120, columns: 120, range: 10 },
    { remark: "many distinct costs", rows: 120, columns: 120, range: 1_000_000 },
    { remark: "wide", rows: 40, columns: 200, range: 100 },
    { remark: "tall", rows: 200, columns: 40, range: 100 },
  ])("$remark: prices prove the answer exactly", ({ rows, columns, range }) => {
    const costs = matrix(rows + range, rows * columns, range);
    expectProof(costs, rows, columns, linearAssignment(costs, rows, columns));
  });

  test("real costs end, and prices prove them within rounding", () => {
    const stream = randomStream(5, "real");
    const costs = Float64Array.from({ length: 3600 }, () => Math.floor(stream.unit() * 9) / 7);
    const answer = linearAssignment(costs, 60, 60);
    expect(answer.objective - answer.bound).toBeLessThan(1e-9);
  });

  test("stopped at any tick, it keeps a bound below the optimum", () => {
    const costs = matrix(3, 900, 50);
    const optimum = linearAssignment(costs, 30, 30).objective;
    for (const work of [1, 1000, 2000, 3000, 5000]) {
      const answer = linearAssignment(costs, 30, 30, workBudget(work));
      expect(answer.bound).toBeLessThanOrEqual(optimum);
      if (answer.status === "optimal") expect(answer.objective).toBe(optimum);
    }
    expect(linearAssignment(costs, 30, 30, workBudget(1)).status).toBe("stopped");
  });
});
