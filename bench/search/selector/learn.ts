/** From measurements to lessons: what each member loses to the best, by situation. */
import { isBetterObjective } from "#problem";
import type { LearntMember, Lesson, Lessons } from "../../../src/runtime/selector/selector.ts";
import { BUDGETS_MS, type Measurement } from "./measurements.ts";

/** Work in a millisecond of a member whose every run was too short to tell. */
const SPEED_UNKNOWN = 30_000;

/** The lessons of these measurements. */
export function learn(measurements: readonly Measurement[]): Lessons {
  const situations = Map.groupBy(measurements, ({ situation }) => situation.join(","));
  const speeds = new Map(
    [...Map.groupBy(measurements, ({ solver }) => solver)].map(([solver, own]) => {
      return [solver, speedOf(own) ?? SPEED_UNKNOWN] as const;
    }),
  );
  const lessons = [...situations.values()].map((one) => lessonOf(one, speeds));
  const wordsOf = ({ situation }: Lesson) => situation.join(",");
  lessons.sort((one, other) => (wordsOf(one) < wordsOf(other) ? -1 : 1));
  return { budgetsMs: BUDGETS_MS, lessons };
}

/** Work in a millisecond, on average over the runs that say it. */
function speedOf(measurements: readonly Measurement[]): number | undefined {
  const known = measurements.map(({ workPerMs }) => workPerMs).filter(Number.isFinite);
  return known.length === 0 ? undefined : Math.ceil(mean(known));
}

/** `speeds` are those on average, for where runs were too short to tell. */
function lessonOf(
  measurements: readonly Measurement[],
  speeds: ReadonlyMap<string, number>,
): Lesson {
  const problems = [...Map.groupBy(measurements, ({ problem }) => problem).values()];
  const losses = new Map(problems.flatMap(lossesOf));
  const members = [...Map.groupBy(measurements, ({ solver }) => solver)].map(
    ([solver, own]): LearntMember => ({
      solver,
      losses: BUDGETS_MS.map((_, at) =>
        rounded(mean(own.map((one) => losses.get(one)?.[at] ?? 1))),
      ),
      workPerMs: speedOf(own) ?? speeds.get(solver) ?? SPEED_UNKNOWN,
    }),
  );
  return { situation: measurements[0].situation, problemCount: problems.length, members };
}

/** What each of a problem's measurements loses to the best of them at the same budget. */
function lossesOf(
  ofProblem: readonly Measurement[],
): readonly (readonly [Measurement, readonly number[]])[] {
  const bests = BUDGETS_MS.map((_, at) => {
    const known = ofProblem.map(({ objectives }) => objectives[at]).filter(Number.isFinite);
    const { sense } = ofProblem[0];
    return known.reduce((a, b) => (isBetterObjective(sense, a, b) ? a : b), known[0] ?? Number.NaN);
  });
  return ofProblem.map((one) => [one, one.objectives.map((own, at) => lossTo(bests[at], own))]);
}

/** The lessons as they are kept: a line for each member. */
export function lessonsText({ budgetsMs, lessons }: Lessons): string {
  const list = (values: readonly (string | number)[]) =>
    `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  const told = lessons.map(({ situation, problemCount, members }) => {
    const lines = members.map(
      ({ solver, losses, workPerMs }) =>
        `        { "solver": "${solver}", "losses": ${list(losses)}, "workPerMs": ${workPerMs} }`,
    );
    return [
      `    {\n      "situation": ${list(situation)},`,
      `      "problemCount": ${problemCount},`,
      `      "members": [\n${lines.join(",\n")}\n      ]\n    }`,
    ].join("\n");
  });
  return `{\n  "budgetsMs": ${list(budgetsMs)},\n  "lessons": [\n${told.join(",\n")}\n  ]\n}\n`;
}

/** |own - best| as a share of |best|, 1 at most, and 1 without an answer. */
export function lossTo(best: number, own: number): number {
  if (!Number.isFinite(own)) return 1;
  return Math.min(1, Math.abs(own - best) / Math.max(Math.abs(best), 1e-9));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(loss: number): number {
  return Math.round(loss * 1e6) / 1e6;
}
