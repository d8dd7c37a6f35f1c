/**
 * Whole solves as `tandem solve --solver auto --threads 1` runs them - presolve, detector, plan,
 * race, verification - but in this thread and by a clock that counts its CPU time, so that others
 * on the machine take nothing from the budget.
 */
import type { Clock } from "#foundation";
import type { QuadraticProblem } from "#problem";
import { type BareReport, type BareRequest, type SolverPool, solveBare } from "#runtime";
import { solverCatalogue, solverNamed } from "#solvers";
import { runLane } from "../../src/runtime/lane.ts";
import { liveLink } from "../../src/runtime/live-link.ts";
import { openRaceBoard } from "../../src/runtime/race-board.ts";

/** CPU time of this process, milliseconds. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const clock: Clock = {
  utcMs: cpuMs,
  monotonicMs: cpuMs,
  // Lanes run to their end before anybody could be called; they look at the clock themselves.
  after: (ms, call) => {
    if (ms <= 0) setImmediate(call);
    return () => {};
  },
};

const pool: SolverPool = {
  threadCount: 1,
  waiting: () => 0,
  replaced: () => 0,
  ready: async () => {},
  close: async () => {},
  run: (task, orders) => {
    if (orders.kind !== "live") throw new Error("a race, not a replay");
    const { startedAtMs, searchUntilMs } = orders;
    const { sense } = task.problem;
    const lanes = { laneIndex: task.laneIndex, laneCount: 1, exchange: false };
    const board = openRaceBoard(orders.board);
    const link = liveLink({ sense, board, ...lanes, startedAtMs, searchUntilMs, clock });
    const outcome = Promise.resolve({
      end: "done",
      attempts: runLane(task, link, solverNamed),
    } as const);
    return { outcome, abandon: () => {} };
  },
};

/** Solves `problem` by whatever the portfolio chooses, within this much CPU time of one thread. */
export function solveInCpuTime(
  problem: QuadraticProblem,
  options: {
    readonly cpuSeconds: number;
    readonly seed: number;
    readonly lessons?: Extract<BareRequest["choice"], { readonly kind: "auto" }>["lessons"];
  },
): Promise<BareReport> {
  const { cpuSeconds, seed, lessons } = options;
  const searchUntilMs = cpuMs() + 1000 * cpuSeconds;
  const budget = { searchUntilMs, abandonAtMs: searchUntilMs + 1000 };
  const choice = { kind: "auto", solvers: solverCatalogue, lessons } as const;
  const limits = { threads: 1, workLimit: Number.MAX_SAFE_INTEGER, budget };
  return solveBare({ problem, choice, seed, ...limits }, { pool, clock });
}
