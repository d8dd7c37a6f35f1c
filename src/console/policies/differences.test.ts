/**
 * Versions side by side.
 */
import { describe, expect, test } from "vitest";
import { differences } from "./differences.ts";

describe("differences", () => {
  test("names every member once, and what differs", () => {
    const left = { contract: { deadlineMs: 50 }, lanes: [["tabu"]], bounds: {}, note: "a" };
    const right = { contract: { deadlineMs: 80 }, lanes: [["tabu", "bound"]], bounds: {} };
    expect(differences(left, right)).toEqual([
      { path: "contract.deadlineMs", left: "50", right: "80", differs: true },
      { path: "lanes[0][0]", left: '"tabu"', right: '"tabu"', differs: false },
      { path: "bounds", left: "{}", right: "{}", differs: false },
      { path: "note", left: '"a"', right: undefined, differs: true },
      { path: "lanes[0][1]", left: undefined, right: '"bound"', differs: true },
    ]);
  });

  test("finds none between a version and itself", () => {
    const policy = { a: [1, { b: null }], c: true };
    expect(differences(policy, policy).filter(({ differs }) => differs)).toEqual([]);
  });

  test("an empty one differs from one with members", () => {
    expect(differences({}, { a: 1 }).every(({ differs }) => differs)).toBe(true);
  });
});
