/**
 * A race: the lanes of a plan on the threads of a pool, over a shared board, within a search time.
 * It ends when every lane has ended; a settled lane, the end of the search time or the caller's
 * departure stops the others at their next tick, and a lane that does not stop is ended with its
 * thread.
 */
import type { Clock, DecisionBudget } from "#foundation";
import { type Problem, sampleLengthMax } from "#problem";
import { isSettled, type LaneTask, unstartedAttempt } from "./lane.ts";
import type { LaneOrders } from "./lane-thread.ts";
import type { Plan } from "./plan.ts";
import type { LaneOutcome, SolverPool } from "./pool.ts";
import { openRaceBoard, type RaceBoard, raceBoardMemory } from "./race-board.ts";
import type { Attempt, Incumbent } from "./report.ts";

/** A race to be run. */
export interface RaceEntry {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly seed: number;
  readonly start: Incumbent | undefined;
  /** When lanes are told to stop, and when those that did not are abandoned. */
  readonly budget: Pick<DecisionBudget, "searchUntilMs" | "abandonAtMs">;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs a race; resolves shortly after `abandonAtMs` at the latest, with an attempt for every leg
 * that was due.
 */
export async function race(entry: RaceEntry, pool: SolverPool, clock: Clock): Promise<Attempt[]> {
  const { plan, problem } = entry;
  const memory = raceBoardMemory(plan.lanes.length, sampleLengthMax(problem));
  const board = openRaceBoard(memory);
  const startedAtMs = clock.monotonicMs();
  const orders: LaneOrders = {
    kind: "live",
    board: memory,
    exchange: plan.exchange && plan.lanes.length > 1,
    startedAtMs,
    searchUntilMs: entry.budget.searchUntilMs,
  };
  const tasks = laneTasks(entry);
  const runs = tasks.map((task) => pool.run(task, orders));
  const cancelStop = clock.after(entry.budget.searchUntilMs - startedAtMs, board.stop);
  const endAll = () => {
    board.stop();
    for (const run of runs) run.abandon();
  };
  const cancelKill = clock.after(entry.budget.abandonAtMs - startedAtMs, endAll);
  if (entry.signal?.aborted === true) board.stop();
  entry.signal?.addEventListener("abort", board.stop, { once: true });
  try {
    const outcomes = await Promise.all(
      runs.map(async ({ outcome }) => {
        const ended = await outcome;
        const settled = ended.attempts.some((attempt) =>
          isSettled(problem.sense, attempt, attempt.best ?? entry.start, plan.gapMax),
        );
        if (settled) board.stop();
        return ended;
      }),
    );
    const endedMs = clock.monotonicMs() - startedAtMs;
    return outcomes.flatMap((outcome, lane) => allDue(tasks[lane], outcome, board, endedMs));
  } finally {
    cancelStop();
    cancelKill();
    entry.signal?.removeEventListener("abort", board.stop);
  }
}

/** The lanes of a plan as tasks. */
export function laneTasks({
  problem,
  plan,
  seed,
  start,
}: Pick<RaceEntry, "problem" | "plan" | "seed" | "start">): LaneTask[] {
  return plan.lanes.map((lane, laneIndex) => {
    return { problem, lane, laneIndex, seed, start, gapMax: plan.gapMax };
  });
}

/** The attempts of a lane, completed by the one that was abandoned or never began. */
function allDue(
  task: LaneTask,
  outcome: LaneOutcome,
  board: RaceBoard,
  endedMs: number,
): Attempt[] {
  const attempts = [...outcome.attempts];
  const legIndex = attempts.length;
  if (outcome.end === "done" || legIndex === task.lane.length) return attempts;
  const startedMs = attempts.at(-1)?.endedMs ?? 0;
  const blank = { ...unstartedAttempt(task, legIndex), startedMs, endedMs };
  if (outcome.end === "cancelled")
    return [...attempts, { ...blank, fault: "no thread was free in time" }];
  const best = board.read(task.laneIndex);
  const status = best === undefined ? "unknown" : "feasible";
  return [...attempts, { ...blank, end: "abandoned", best, status, fault: "did not stop in time" }];
}
