/**
 * What is to be expected of each solver on a problem, from how they did on problems like it. The
 * numbers are data (lessons.json), made by `npx node bench/search/learn-selector.ts`.
 */
import { assert } from "#foundation";
import lessonsOfProject from "./lessons.json" with { type: "json" };
import type { Situation } from "./situation.ts";

/** How the members of the portfolio did in one situation. */
export interface Lesson {
  readonly situation: readonly string[];
  /** On how many problems it rests. */
  readonly problemCount: number;
  readonly members: readonly LearntMember[];
}

/** How one of them did. */
export interface LearntMember {
  readonly solver: string;
  /**
   * Mean shortfall to the best answer of all members at each of the budgets, relative; 1 where it
   * had none.
   */
  readonly losses: readonly number[];
  /** Work that it does in a millisecond, on average. */
  readonly workPerMs: number;
}

/** Everything that was learnt. */
export interface Lessons {
  /** CPU milliseconds, ascending. */
  readonly budgetsMs: readonly number[];
  readonly lessons: readonly Lesson[];
}

/** What is expected of one solver. */
export interface Expectation {
  /** Shortfall with the budget there is, and with each of those learnt from. */
  readonly loss: number;
  readonly losses: readonly number[];
  readonly workPerMs: number;
}

/** What is expected in one situation. */
export interface Expectations {
  /** How many words of the situation were met before, from 0 to all of them. */
  readonly wordsKnown: number;
  /** The largest budget that was learnt from. */
  readonly budgetMsMax: number;
  readonly of: (solver: string) => Expectation | undefined;
}

/**
 * What is expected with `budgetMs` for the search: the mean over all lessons that share the most
 * leading words with the situation.
 */
export function expectationsIn(
  situation: Situation,
  budgetMs: number,
  { budgetsMs, lessons }: Lessons = lessonsOfProject,
): Expectations {
  assert(budgetsMs.length > 0, "lessons for at least one budget");
  const known = lessons.map((lesson) => wordsShared(lesson.situation, situation));
  const wordsKnown = Math.max(0, ...known);
  const near = lessons.filter((_, index) => known[index] === wordsKnown);
  const column = nearest(budgetsMs, budgetMs);
  const budgetMsMax = Math.max(...budgetsMs);
  return { wordsKnown, budgetMsMax, of: (solver) => meanOf(near, solver, column) };
}

function wordsShared(one: readonly string[], other: readonly string[]): number {
  const apart = other.findIndex((word, at) => one[at] !== word);
  return apart < 0 ? other.length : apart;
}

/** The budget that is nearest as a ratio. */
function nearest(budgetsMs: readonly number[], budgetMs: number): number {
  const apart = (ms: number) => Math.max(ms / budgetMs, budgetMs / ms);
  return budgetsMs.reduce((best, ms, at) => (apart(ms) < apart(budgetsMs[best]) ? at : best), 0);
}

function meanOf(near: readonly Lesson[], solver: string, column: number): Expectation | undefined {
  const losses: number[] = [];
  let problems = 0;
  let workPerMs = 0;
  for (const { problemCount, members } of near) {
    const member = members.find((one) => one.solver === solver);
    if (member === undefined) continue;
    problems += problemCount;
    for (const [at, loss] of member.losses.entries()) {
      losses[at] = (losses[at] ?? 0) + problemCount * loss;
    }
    workPerMs += problemCount * member.workPerMs;
  }
  if (problems === 0) return undefined;
  const means = losses.map((loss) => loss / problems);
  return { loss: means[column], losses: means, workPerMs: workPerMs / problems };
}
