/**
 * The program of a solver thread in which one solver, never comes back from its
 * third tick. It finds what it finds before that.
 */
import { parentPort } from "node:worker_threads";
import type { Solver } from "#problem";
import { prepareSolvers, solverNamed } from "#solvers";
import { runLane } from "../../src/runtime/lane.ts";
import type { LaneMessage } from "../../src/runtime/lane-thread.ts";
import { linkOf } from "../../src/runtime/orders/lane-orders.ts";

const HANGS = "path-relinking";
const TICK = 3;

function troubled(name: string): Solver | undefined {
  const solver = solverNamed(name);
  if (solver === undefined || name !== HANGS) return solver;
  return {
    ...solver,
    solve: (problem, options) => {
      let ticks = 0;
      const tick = (work: number) => {
        ticks += 1;
        if (ticks === TICK) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        return options.budget.tick(work);
      };
      return solver.solve(problem, { ...options, budget: { tick } });
    },
  };
}

parentPort?.on("message", ({ taskNumber, task, orders }: LaneMessage) => {
  runLane(task, linkOf(task, orders), troubled, (attempt, isLast) => {
    parentPort?.postMessage({ kind: "attempt", taskNumber, attempt, isLast });
  });
});
await prepareSolvers(false);
parentPort?.postMessage({ kind: "up" });
