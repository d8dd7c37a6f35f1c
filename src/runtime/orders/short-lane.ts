/**
 * Lanes that are over sooner than a thread has heard of them. To send a problem away, to wake its
 * thread and to be woken by it costs a processor about as much as a proof for a shop's homepage
 * does, and each of the two hand-overs waits in a queue of the operating system. Such a lane runs
 * where it was asked for, on the same link and with the same record.
 */
import type { Problem } from "#problem";
import { solverNamed } from "#solvers";
import type { LaneTask } from "../lane.ts";
import type { LaneOrders } from "./lane-orders.ts";

/** Work of a whole lane: one to two milliseconds of an exact search. */
const WORK_MAX = 100_000;

/** Numbers a solver goes through before it first reports work: similarity and assignment. */
const CELLS_MAX = 16_384;

/** Whether a lane is so short that whoever asks may as well run it: live, exact, small. */
export function isShortLane({ problem, lane }: LaneTask, { kind }: LaneOrders): boolean {
  if (kind !== "live" || !isSmall(problem)) return false;
  let work = 0;
  for (const entry of lane) {
    if (!("solver" in entry) || solverNamed(entry.solver)?.guarantee !== "exact") return false;
    work += entry.workLimit;
  }
  return work <= WORK_MAX;
}

/** Of the one kind whose work is known to be worth the same time throughout. */
function isSmall(problem: Problem): boolean {
  if (problem.kind !== "ordered-selection") return false;
  const { itemCount, positionCount, similarity } = problem;
  return itemCount * Math.max(positionCount, similarity.dimension) <= CELLS_MAX;
}
