/** Budgets: the reserve is set aside first, and work counts stop where they should. */
import { describe, expect, test } from "vitest";
import { openBudget, workBudget } from "./budget.ts";

describe("a decision's budget", () => {
  test("sets the reserve aside before anything is searched", () => {
    expect(openBudget(1000, 50, 10)).toEqual({
      openedAtMs: 1000,
      searchUntilMs: 1040,
      abandonAtMs: 1043,
      deadlineAtMs: 1050,
    });
  });

  test.each([
    { deadlineMs: 50, reserveMs: 10, searchMs: 40 },
    { deadlineMs: 50, reserveMs: 25, searchMs: 25 },
    { deadlineMs: 50, reserveMs: 40, searchMs: 25 },
    { deadlineMs: 5, reserveMs: 10, searchMs: 2.5 },
  ])("of $deadlineMs ms with $reserveMs in reserve, $searchMs are for the search", (row) => {
    const budget = openBudget(0, row.deadlineMs, row.reserveMs);
    expect(budget.searchUntilMs).toBe(row.searchMs);
    expect(budget.abandonAtMs).toBeLessThan(budget.deadlineAtMs);
  });
});

describe("a work budget", () => {
  test("stops at the tick that reaches the limit", () => {
    const budget = workBudget(10);
    expect([budget.tick(4), budget.tick(5), budget.tick(1), budget.tick(1)]).toEqual([
      "continue",
      "continue",
      "stop",
      "stop",
    ]);
  });
});
