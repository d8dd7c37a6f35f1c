/** Whose turn it is, by what those before have found: a table of lanes. */
import { describe, expect, test } from "vitest";
import type { ObjectiveSense } from "#problem";
import type { Lane } from "../plan.ts";
import type { AttemptEnd } from "../report.ts";
import { type PastTurn, turnAfter } from "./turn.ts";

const legs = (...names: string[]) => names.map((solver) => ({ solver, workLimit: 10 }));
const contest = (places: readonly number[], ...names: string[]) => {
  return { contenders: legs(...names), places, workLimit: 99 };
};

/** Runs the lane to its end; everyone finds what is listed, once: `name limit<start`. */
function turns(
  lane: Lane,
  found: Readonly<Record<string, number>>,
  sense: ObjectiveSense,
  ends: Readonly<Record<string, AttemptEnd>> = {},
) {
  const past: PastTurn[] = [];
  const told: string[] = [];
  for (;;) {
    const turn = turnAfter(lane, sense, past);
    if (turn === undefined) return told.join(" ");
    const { solver, workLimit } = turn.leg;
    told.push(`${solver}${turn.isHeat ? "?" : ""}${workLimit}<${turn.startsAfter}`);
    const objective = found[solver];
    const improvements = objective === undefined ? [] : [{ tick: 1, objective, length: 1 }];
    past.push({ solver, end: ends[solver] ?? "finished", improvements });
  }
}

type Row = readonly [
  remark: string,
  lane: Lane,
  found: Readonly<Record<string, number>>,
  sense: ObjectiveSense,
  told: string,
];

const rows: readonly Row[] = [
  ["nothing", [], {}, "maximise", ""],
  ["legs in turn", legs("a", "b"), {}, "maximise", "a10<0 b10<1"],
  ["nobody competes", [contest([0])], {}, "maximise", ""],
  ["one alone has no heats", [contest([0, 1], "a")], {}, "maximise", "a99<0"],
  [
    "of two the better goes on, then the other",
    [contest([0, 1], "a", "b")],
    { a: 1, b: 2 },
    "maximise",
    "a?10<0 b?10<0 b99<2 a99<3",
  ],
  [
    "or the second first",
    [contest([1, 0], "a", "b")],
    { a: 1, b: 2 },
    "maximise",
    "a?10<0 b?10<0 a99<2 b99<3",
  ],
  [
    "better is less where the objective is minimised",
    [contest([0], "a", "b")],
    { a: 1, b: 2 },
    "minimise",
    "a?10<0 b?10<0 a99<2",
  ],
  [
    "among equals the likelier",
    [contest([0], "a", "b")],
    { a: 1, b: 1 },
    "maximise",
    "a?10<0 b?10<0 a99<2",
  ],
  [
    "who finds something is ahead of who finds nothing",
    [contest([0], "a", "b")],
    { b: -7 },
    "maximise",
    "a?10<0 b?10<0 b99<2",
  ],
  [
    "of five three go on with twice as much, of three two",
    [contest([0], "a", "b", "c", "d", "e")],
    { a: 1, b: 2, c: 3, d: 4, e: 5 },
    "maximise",
    "a?10<0 b?10<0 c?10<0 d?10<0 e?10<0 e?20<0 d?20<0 c?20<0 e?40<0 d?40<0 e99<10",
  ],
  [
    "who alone found something has no further heat",
    [contest([0, 1], "a", "b", "c")],
    { c: 1 },
    "maximise",
    "a?10<0 b?10<0 c?10<0 c99<3 a99<4",
  ],
  [
    "while nobody finds anything all have another, twice as long, to the end",
    [contest([0, 1], "a", "b")],
    {},
    "maximise",
    "a?10<0 b?10<0 a?20<0 b?20<0 a?40<0 b?40<0 a?80<0 b?80<0 a99<8 b99<9",
  ],
  [
    "heats alone are not repeated",
    [{ ...contest([], "a", "b"), workLimit: 1 }, ...legs("y")],
    {},
    "maximise",
    "a?10<0 b?10<0 y10<2",
  ],
  [
    "the second goes on first though it found nothing",
    [contest([1, 0], "a", "b", "c")],
    { c: 1 },
    "maximise",
    "a?10<0 b?10<0 c?10<0 a99<3 c99<4",
  ],
  [
    "heats start from what was there before the contest",
    [...legs("x"), contest([0], "a", "b"), ...legs("y")],
    { b: 1 },
    "maximise",
    "x10<0 a?10<1 b?10<1 b99<3 y10<4",
  ],
  [
    "heats alone",
    [contest([], "a", "b"), ...legs("y")],
    { b: 1 },
    "maximise",
    "a?10<0 b?10<0 y10<2",
  ],
];

describe("turns of a lane", () => {
  test.each(rows)("%s", (_remark, lane, found, sense, told) => {
    expect(turns(lane, found, sense)).toBe(told);
  });

  const abandoned = "abandoned" as const;
  const expired = "expired" as const;
  test.each([
    ["who did not come back is out", { b: abandoned }, "c99<3 a99<4"],
    ["all but one did not", { a: abandoned, c: abandoned }, "b99<3"],
    ["nobody did", { a: abandoned, b: abandoned, c: abandoned }, ""],
    ["after a heat that time ended there is no other", { a: expired }, "b99<3 c99<4"],
    ["nor for who was ahead all the same", { b: expired }, "b99<3 c99<4"],
  ])("%s", (_remark, ends, told) => {
    const lane = [contest([0, 1], "a", "b", "c")];
    const all = turns(lane, { a: 1, b: 9, c: 3 }, "maximise", ends);
    expect(all).toBe(`a?10<0 b?10<0 c?10<0 ${told}`.trim());
  });

  test("a second heat may take twice the work and the time", () => {
    const contenders = ["a", "b", "c"].map((solver) => ({ solver, workLimit: 5, turnMsMax: 7 }));
    const lane: Lane = [{ contenders, places: [0], workLimit: 99 }];
    const past = contenders.map(({ solver }): PastTurn => {
      const improvements = [{ tick: 1, objective: 1, length: 1 }];
      return { solver, end: "finished", improvements };
    });
    expect(turnAfter(lane, "maximise", [])?.leg).toEqual(contenders[0]);
    const second = { solver: "a", workLimit: 10, turnMsMax: 14 };
    expect(turnAfter(lane, "maximise", past)?.leg).toEqual(second);
  });
});
