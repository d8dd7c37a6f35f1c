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

  test("searches not at all when the reserve takes all of the deadline", () => {
    const budget = openBudget(0, 5, 10);
    expect(budget.searchUntilMs).toBe(0);
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
