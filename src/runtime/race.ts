/**
 * A race: the lanes of a plan on the threads of a pool, over a shared board, within a search time.
 * It ends when every lane has ended; a settled lane, the end of the search time or the caller's
 * departure stops the others at their next tick, and a lane that does not stop is ended with its
 * thread. One that stands still long before is given up, and another thread goes on with its turns.
 */
import type { Clock, DecisionBudget } from "#foundation";
import { type Problem, sampleLengthMax } from "#problem";
import { isBetter, isSettled as isSettledBy, type LaneTask, unstartedAttempt } from "./lane.ts";
import type { LaneOrders } from "./orders/lane-orders.ts";
import type { Plan } from "./plan.ts";
import type { LaneOutcome, LaneRun, SolverPool } from "./pool.ts";
import { openRaceBoard, type RaceBoard, raceBoardMemory } from "./race-board.ts";
import type { Attempt, Incumbent } from "./report.ts";
import { turnAfter } from "./selector/turn.ts";
import { watchStandstill } from "./standstill/standstill.ts";

/**
 * How long the first lane runs alone, at most, and as a share of the search time. Where it settles
 * the race in that time - most of a shop's rankings are proved within a millisecond - the others
 * would only have used up the processor that the next decision waits for.
 */
const HEAD_START_MS = 4;
const HEAD_START_SHARE = 0.25;

/** How long a lane may take to notice that its caller has left. */
const LEAVE_MS = 1000;
/** How often who watches is told. */
const WATCH_MS = 250;

/** A race to be run. */
export interface RaceEntry {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly seed: number;
  readonly start: Incumbent | undefined;
  /** When lanes are told to stop, and when those that did not are abandoned. */
  readonly budget: Pick<DecisionBudget, "searchUntilMs" | "abandonAtMs">;
  readonly signal: AbortSignal | undefined;
  /** Told now and then of the best sample so far; for people who watch. */
  readonly onBetter?: ((best: Incumbent) => void) | undefined;
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
  const runs: LaneRun[] = [];
  let isSettled = false;
  const searchMs = entry.budget.searchUntilMs - startedAtMs;
  const follow = async (task: LaneTask): Promise<LaneOutcome> => {
    const past = task.past ?? [];
    const run = pool.run(task, orders);
    runs.push(run);
    let isStill = false;
    const watching = watchStandstill(board, task.laneIndex, { clock, searchMs }, () => {
      isStill = true;
      run.abandon();
    });
    const { end, attempts } = await run.outcome;
    watching();
    const ended: LaneOutcome = { end, attempts: [...past, ...attempts] };
    if (settles(ended, entry)) {
      isSettled = true;
      board.stop();
    }
    if (!isStill || end !== "abandoned" || board.isStopped()) return ended;
    const endedMs = clock.monotonicMs() - startedAtMs;
    const known = allDue(task, ended, { board, endedMs, why: "" });
    const isOver = turnAfter(task.lane, entry.problem.sense, known) === undefined;
    return isOver ? { end: "done", attempts: known } : follow({ ...task, past: known });
  };
  const endAll = () => {
    board.stop();
    for (const run of runs) run.abandon();
  };
  const cancels = [
    clock.after(searchMs, board.stop),
    clock.after(entry.budget.abandonAtMs - startedAtMs, endAll),
    entry.onBetter === undefined ? () => {} : watch(board, entry, entry.onBetter, clock),
  ];
  const leave = () => {
    board.stop();
    cancels.push(clock.after(LEAVE_MS, endAll));
  };
  if (entry.signal?.aborted === true) leave();
  entry.signal?.addEventListener("abort", leave, { once: true });
  try {
    const lead = tasks.slice(0, 1).map(follow);
    await aheadOfOthers(lead, Math.min(HEAD_START_MS, searchMs * HEAD_START_SHARE), clock);
    const others = board.isStopped() ? [] : tasks.slice(1).map(follow);
    const outcomes = await Promise.all([...lead, ...others]);
    const endedMs = clock.monotonicMs() - startedAtMs;
    const unbegun: LaneOutcome = { end: "cancelled", attempts: [] };
    const why = isSettled ? "another lane had settled it" : "no thread was free in time";
    return tasks.flatMap((task, lane) => {
      return allDue(task, outcomes[lane] ?? unbegun, { board, endedMs, why });
    });
  } finally {
    for (const cancel of cancels) cancel();
    entry.signal?.removeEventListener("abort", leave);
  }
}

/** Tells of the best sample on the board whenever it has become better; answers how to end it. */
function watch(
  board: RaceBoard,
  { plan, problem: { sense } }: RaceEntry,
  tell: (best: Incumbent) => void,
  clock: Clock,
): () => void {
  let best: Incumbent | undefined;
  let cancel = () => {};
  const look = () => {
    let told = best;
    for (let lane = 0; lane < plan.lanes.length; lane += 1) {
      const shown = board.read(lane);
      if (shown !== undefined && isBetter(sense, shown, told)) told = shown;
    }
    if (told !== undefined && told !== best) tell(told);
    best = told;
    cancel = clock.after(WATCH_MS, look);
  };
  cancel = clock.after(WATCH_MS, look);
  return () => cancel();
}

/** Whether a lane's attempts leave nothing to look for. */
function settles({ attempts }: LaneOutcome, { problem, plan, start }: RaceEntry): boolean {
  return attempts.some((attempt) =>
    isSettledBy(problem.sense, attempt, attempt.best ?? start, plan.gapMax),
  );
}

/** Resolves when the leading lane has ended, or has been alone for `forMs`. */
async function aheadOfOthers(
  lead: readonly Promise<LaneOutcome>[],
  forMs: number,
  clock: Clock,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const cancel = clock.after(forMs, over.resolve);
  await Promise.race([...lead, over.promise]);
  cancel();
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
  end: { readonly board: RaceBoard; readonly endedMs: number; readonly why: string },
): Attempt[] {
  const attempts = [...outcome.attempts];
  const next = turnAfter(task.lane, task.problem.sense, attempts);
  if (outcome.end === "done" || next === undefined) return attempts;
  const startedMs = attempts.at(-1)?.endedMs ?? 0;
  const unstarted = unstartedAttempt(task, next.leg, attempts.length);
  const blank = { ...unstarted, startedMs, endedMs: end.endedMs };
  if (outcome.end === "cancelled") return [...attempts, { ...blank, fault: end.why }];
  const best = end.board.read(task.laneIndex);
  const status = best === undefined ? "unknown" : "feasible";
  return [...attempts, { ...blank, end: "abandoned", best, status, fault: "did not stop in time" }];
}
